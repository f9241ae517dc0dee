"""Columns by which readers filter the new kinds of content; the triggers guard them too."""

from django.db import migrations, models

from cms.signoff.append_only import append_only, lift_append_only

TABLE = "publication_publication"
MAY_SHORTEN = ("effective_until", "withdrawn_at")


def add(name, field):
    return migrations.AddField(model_name="publication", name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [("publication", "0002_append_only")]

    operations = [
        lift_append_only(TABLE, MAY_SHORTEN),
        add("fiscal_year", models.PositiveIntegerField("fiscal year (B.E.)", null=True)),
        add("official_information", models.CharField(max_length=200, blank=True, default="")),
        add("begins_on", models.DateField("begins on", null=True)),
        add("finishes_on", models.DateField("finishes on", null=True)),
        add("old_path", models.CharField("old address", max_length=500, blank=True, default="")),
        migrations.AddIndex(
            "publication",
            models.Index(fields=["old_path", "locale"], name="publication_old_path_idx"),
        ),
        append_only(TABLE, MAY_SHORTEN),
    ]
