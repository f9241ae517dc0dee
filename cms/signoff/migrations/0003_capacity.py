"""In which capacity, by which checklist and in which release a person signed; guarded too."""

from django.db import migrations, models

from cms.signoff.append_only import append_only, lift_append_only

TABLE = "signoff_signature"


def add(name, field):
    return migrations.AddField(model_name="signature", name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [("signoff", "0002_append_only")]
    operations = [
        lift_append_only(TABLE),
        add("capacity", models.CharField("capacity", max_length=500, blank=True, default="")),
        add("checklist_version", models.PositiveIntegerField("checklist version", default=0)),
        add("release", models.CharField("release", max_length=36, blank=True, default="")),
        migrations.AlterField(
            model_name="signature",
            name="decision",
            field=models.CharField(
                "decision",
                max_length=20,
                choices=[
                    ("approve", "signed"),
                    ("reject", "returned for correction"),
                    ("withdraw", "withdrawal signed"),
                    ("flag", "flagged as urgent or sensitive"),
                    ("review", "reviewed after publication"),
                ],
            ),
        ),
        append_only(TABLE),
    ]
