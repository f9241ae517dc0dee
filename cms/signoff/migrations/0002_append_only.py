"""Signatures can be appended, never changed or deleted."""

from django.db import migrations

from cms.signoff.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("signoff", "0001_initial")]
    operations = [append_only("signoff_signature")]
