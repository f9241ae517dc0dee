"""The log of cases can be appended, never changed or deleted."""

from django.db import migrations

from cms.signoff.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("engagement", "0001_initial")]
    operations = [append_only("engagement_caseevent")]
