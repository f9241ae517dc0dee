"""The topic of a question from the public, by which readers filter; the triggers guard it too."""

from django.db import migrations, models

from cms.signoff.append_only import append_only, lift_append_only

TABLE = "publication_publication"
MAY_SHORTEN = ("effective_until", "withdrawn_at")


class Migration(migrations.Migration):
    dependencies = [("publication", "0003_facets")]

    operations = [
        lift_append_only(TABLE, MAY_SHORTEN),
        migrations.AddField(
            model_name="publication",
            name="topic",
            field=models.CharField("topic", max_length=120, blank=True, default=""),
        ),
        append_only(TABLE, MAY_SHORTEN),
    ]
