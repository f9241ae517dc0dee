"""The end of old events. The database itself refuses to delete any of the last 90 days."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from cms.audit.models import AuditEvent


def delete_old_events() -> None:
    """Deletes what is older than AUDIT_DAYS; for a job of the night."""
    before = timezone.now() - timedelta(days=settings.AUDIT_DAYS)
    AuditEvent.objects.filter(at__lt=before).delete()
