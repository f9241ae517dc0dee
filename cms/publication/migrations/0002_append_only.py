"""Publications can be appended, never changed or deleted; their end may be set or come earlier."""

from django.db import migrations

from cms.signoff.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("publication", "0001_initial")]
    operations = [
        append_only("publication_publication", may_shorten=("effective_until", "withdrawn_at"))
    ]
