"""Releases, their items, and the append-only record of what was signed together."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from cms.signoff.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('signoff', '0005_alert_roles'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(help_text='What belongs together, e.g. Budget 2569', max_length=200, verbose_name='title')),
                ('note', models.TextField(blank=True, help_text='For the signers; never public', verbose_name='note')),
                ('state', models.CharField(choices=[('preparing', 'being prepared'), ('signing', 'being signed'), ('returned', 'returned for correction'), ('published', 'published'), ('cancelled', 'cancelled')], default='preparing', max_length=20, verbose_name='state')),
                ('round', models.PositiveIntegerField(default=0, editable=False)),
                ('needs_executive', models.BooleanField(default=False, editable=False)),
                ('notice', models.TextField(blank=True, default='', editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
            ],
            options={
                'verbose_name': 'release',
                'verbose_name_plural': 'releases',
                'ordering': ('-created_at', '-pk'),
                'default_permissions': ('add', 'view'),
            },
        ),
        migrations.CreateModel(
            name='ReleaseAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveBigIntegerField(editable=False, unique=True, verbose_name='sequence number')),
                ('previous_hash', models.CharField(editable=False, max_length=64)),
                ('own_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('release', models.CharField(db_index=True, max_length=36)),
                ('round', models.PositiveIntegerField()),
                ('role', models.CharField(max_length=20, verbose_name='role')),
                ('decision', models.CharField(max_length=20, verbose_name='decision')),
                ('manifest', models.TextField()),
                ('manifest_hash', models.CharField(max_length=64)),
                ('signatures', models.TextField()),
                ('signed_at', models.DateTimeField(verbose_name='signed at')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='signer')),
            ],
            options={
                'verbose_name': 'act on a release',
                'verbose_name_plural': 'acts on releases',
                'ordering': ('sequence',),
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ReleaseItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.CharField(max_length=255)),
                ('is_open', models.BooleanField(default=True)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='signoff.release')),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.workflowstate')),
            ],
            options={
                'ordering': ('pk',),
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('content_type', 'object_id'), name='one_open_release_per_item')],
            },
        ),
        append_only("signoff_releaseact"),
    ]
