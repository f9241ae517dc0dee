"""When signers are reminded, and of which step they were."""

import django.core.validators
from django.db import migrations, models

from cms.signoff.roles import GROUP_NAMES


def let_administrators_decide(apps, schema_editor):
    """Groups that exist already are not given new permissions after `migrate`."""
    group = apps.get_model("auth", "Group").objects.filter(name=GROUP_NAMES["administrator"])
    if not group.exists():
        return
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="moderation", model="remindersettings"
    )
    permission, _created = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename="change_remindersettings",
        defaults={"name": "Can change reminders of signatures"},
    )
    group.get().permissions.add(permission)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name='ReminderSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reminder_hours', models.PositiveIntegerField(default=8, validators=[django.core.validators.MinValueValidator(1)], verbose_name='reminder after (working hours)')),
                ('escalation_hours', models.PositiveIntegerField(default=16, validators=[django.core.validators.MinValueValidator(1)], verbose_name="the division's head is told after (working hours)")),
                ('urgent_reminder_hours', models.PositiveIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1)], verbose_name='reminder of an urgent item after (hours)')),
                ('urgent_escalation_hours', models.PositiveIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1)], verbose_name='the head is told of an urgent item after (hours)')),
            ],
            options={
                'verbose_name': 'reminders of signatures',
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task_state_id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('reminder', 'to the signers'), ('escalation', "to the division's head")], max_length=20)),
                ('sent_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'reminder',
                'verbose_name_plural': 'reminders',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('task_state_id', 'kind'), name='one_reminder_per_kind')],
            },
        ),
        migrations.RunPython(let_administrators_decide, migrations.RunPython.noop),
    ]
