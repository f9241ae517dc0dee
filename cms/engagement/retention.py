"""Deletes cases whose period is over, with their files; numbers and the log stay."""

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cms.engagement.case_events import CaseEvent, log
from cms.engagement.case_files import CaseFile
from cms.engagement.cases import Case
from cms.engagement.file_field import STAGED_MAX_AGE
from cms.engagement.statistics import keep_count
from cms.mail.outbox import forget_about


def expired_cases() -> QuerySet[Case]:
    """The cases that the office promised to keep no longer than until yesterday."""
    return Case.objects.filter(delete_after__lt=timezone.localdate()).order_by("pk")


def delete_expired() -> Iterator[Case]:
    """Deletes them one by one, yielding each when it is gone.

    Open ones too: the period is a promise to the sender. The queue shows what is near its end.
    """
    for case in expired_cases().iterator(chunk_size=200):
        _delete(case)
        yield case


def delete_stale_uploads() -> int:
    """Deletes files that waited for a form that never came. Returns how many."""
    limit = timezone.now() - datetime.timedelta(seconds=STAGED_MAX_AGE)
    with transaction.atomic():
        return CaseFile.remove(CaseFile.objects.filter(case=None, stored_at__lt=limit))


def delete_all() -> None:
    """Deletes everything whose time is over, for the night."""
    for _case in delete_expired():
        pass
    delete_stale_uploads()


@transaction.atomic
def _delete(case: Case) -> None:
    keep_count(case, timezone.localdate(case.received_at).replace(day=1))
    log(case, CaseEvent.Kind.DELETED)
    CaseFile.remove(case.files.all())
    forget_about(case.reference)
    case.delete()
