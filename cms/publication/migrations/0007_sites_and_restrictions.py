"""Addresses name their site and may be for some readers only; files tell more of themselves."""

from typing import Any

from django.db import migrations, models


def name_the_site(apps: Any, schema_editor: Any) -> None:
    """Every page so far stands on the one site that there was."""
    address, former = (apps.get_model("publication", name) for name in ("Address", "FormerPath"))
    publication = apps.get_model("publication", "Publication")
    front_pages = publication.objects.filter(type="HomePage")
    root = front_pages.values_list("subject", flat=True).first()
    if root is None:
        return
    pages = publication.objects.filter(models.Q(parent__isnull=False) | models.Q(subject=root))
    is_page = models.Q(pk__in=pages.values("address")) | models.Q(path__isnull=False)
    address.objects.filter(is_page).update(root=root)
    former.objects.update(root=root)


class Migration(migrations.Migration):
    dependencies = [("publication", "0006_content_version")]
    operations = [
        migrations.RemoveConstraint(model_name="address", name="one_address_per_path"),
        migrations.RemoveConstraint(model_name="formerpath", name="one_redirect_per_path"),
        migrations.AddField(
            model_name="address",
            name="restricted_by",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="address", name="root", field=models.UUIDField(null=True)
        ),
        migrations.AddField(
            model_name="formerpath", name="root", field=models.UUIDField(null=True)
        ),
        migrations.RunPython(name_the_site, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.UniqueConstraint(
                fields=("path", "locale", "root"), name="one_address_per_path"
            ),
        ),
        migrations.CreateModel(
            name="PlaceChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("moved", "Moved"),
                            ("restricted", "Restricted"),
                            ("opened", "Opened"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("old_path", models.CharField(blank=True, default="", max_length=700)),
                (
                    "address",
                    models.ForeignKey(
                        on_delete=models.deletion.CASCADE,
                        related_name="changes",
                        to="publication.address",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="pinnedfile",
            name="placeholder",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="pinnedfile",
            name="page_count",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="formerpath",
            constraint=models.UniqueConstraint(
                fields=("path", "locale", "root"), name="one_redirect_per_path"
            ),
        ),
    ]
