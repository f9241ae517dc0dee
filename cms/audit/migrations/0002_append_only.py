"""Events can be appended, never changed; deleted only when they are older than 90 days."""

from django.db import migrations

from cms.signoff.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [append_only("audit_auditevent", kept=("at", 90))]
