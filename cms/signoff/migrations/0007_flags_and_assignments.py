"""Flags of urgent items with their decisions, and assignments of steps."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from cms.signoff.append_only import append_only
from cms.signoff.roles import GROUP_NAMES

GRANTED = {
    "overseer": [("flag", "view")],
    "executive": [("flag", "view")],
    "administrator": [("flag", "view"), ("assignment", "add")],
}


def grant(apps, schema_editor):
    """Groups that exist already are not given new permissions after `migrate`."""
    for key, wanted in GRANTED.items():
        group = apps.get_model("auth", "Group").objects.filter(name=GROUP_NAMES[key]).first()
        if group is None:
            continue
        for model, action in wanted:
            content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
                app_label="signoff", model=model
            )
            permission, _created = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=content_type,
                codename=f"{action}_{model}",
                defaults={"name": f"Can {action} {model}"},
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ('signoff', '0006_releases'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='reason')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='assigned at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='assigned by')),
                ('task_state', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='assignment', to='wagtailcore.taskstate')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='assigned to')),
            ],
            options={
                'verbose_name': 'assignment',
                'verbose_name_plural': 'assignments',
                'default_permissions': ('add',),
            },
        ),
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.UUIDField(db_index=True, verbose_name='subject')),
                ('locale', models.CharField(max_length=10, verbose_name='language')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('workflow_state_id', models.BigIntegerField(db_index=True)),
                ('is_urgent', models.BooleanField(verbose_name='urgent or important event')),
                ('is_sensitive', models.BooleanField(verbose_name='affects the image of the tambon')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('signature', models.PositiveBigIntegerField(null=True, verbose_name='signature')),
                ('flagged_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='flagged at')),
                ('flagged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='flagged by')),
            ],
            options={
                'verbose_name': 'flag of an urgent item',
                'verbose_name_plural': 'flags of urgent items',
                'ordering': ('-flagged_at', '-pk'),
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='FlagDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.CharField(choices=[('approve', 'signed'), ('reject', 'returned for correction'), ('taken-back', 'taken back by the author')], max_length=20, verbose_name='decision')),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='decided at')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('flag', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='outcome', to='signoff.flag')),
            ],
            options={
                'verbose_name': 'decision on a flag',
                'verbose_name_plural': 'decisions on flags',
                'default_permissions': (),
            },
        ),
        append_only("signoff_flag"),
        append_only("signoff_flagdecision", unique_together=("flag_id",)),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
