"""Checklists in versions: appended by the administrator, never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cms.signoff.append_only import append_only
from cms.signoff.roles import GROUP_NAMES

TABLE = "signoff_checklist"


def let_administrators_write(apps, schema_editor):
    """Groups that exist already are not given new permissions after `migrate`."""
    group = apps.get_model("auth", "Group").objects.filter(name=GROUP_NAMES["administrator"])
    if not group.exists():
        return
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="signoff", model="checklist"
    )
    for action in ("add", "view"):
        permission, _created = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type,
            codename=f"{action}_checklist",
            defaults={"name": f"Can {action} checklist"},
        )
        group.get().permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("signoff", "0003_capacity"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Checklist",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=20, verbose_name="role")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("statements", models.JSONField(verbose_name="statements")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
                ("created_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="made by")),
            ],
            options={
                "verbose_name": "checklist",
                "verbose_name_plural": "checklists",
                "ordering": ("role", "-version"),
                "default_permissions": ("add", "view"),
                "constraints": [models.UniqueConstraint(fields=("role", "version"), name="one_checklist_per_version")],
            },
        ),
        append_only(TABLE, unique_together=("role", "version")),
        migrations.RunPython(let_administrators_write, migrations.RunPython.noop),
    ]
