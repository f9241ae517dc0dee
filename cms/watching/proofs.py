"""What the samples say of one address, for the certificate of publication and the record's page."""

import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max, Min, Sum
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cms.evidence.continuity import Span
from cms.publication.models import Address, Publication
from cms.thai.dates import format_date
from cms.watching.models import SampleDay


def facts_of(address: Address, span: Span) -> list[tuple[str, str]]:
    """Label and value for each thing that the samples of a period say, in the active language.

    Whole days count: a sample is kept by its day.
    """
    last = timezone.localdate(span.end - datetime.timedelta(microseconds=1))
    days = SampleDay.objects.filter(
        address=address, day__gte=timezone.localdate(span.start), day__lte=last
    )
    found: dict[str, Any] = days.aggregate(
        answered=Sum("answered"),
        failed=Sum("failed"),
        first=Min("first_answer_at"),
        last=Max("last_answer_at"),
    )
    answered, failed = found["answered"] or 0, found["failed"] or 0
    if not answered + failed:
        return [(_("Samples over the network"), _("none in this period"))]
    words = ngettext(
        "%(count)s sample, of which %(answered)s answered",
        "%(count)s samples, of which %(answered)s answered",
        answered + failed,
    )
    words %= {"count": answered + failed, "answered": answered}
    facts = [(_("Samples over the network"), words)]
    if answered:
        facts.append(
            (_("First and last answer"), f"{_clock(found['first'])} – {_clock(found['last'])}")
        )
    return facts


def facts_of_record(publication: Publication) -> list[tuple[str, str]]:
    """The same from the beginning of a record to its end, or now."""
    now = timezone.now()
    start, end = publication.effective_from, publication.effective_until or now
    if publication.kind != Publication.Kind.PUBLICATION or start >= min(end, now):
        return []
    return facts_of(publication.address, Span(start, min(end, now)))


def _clock(moment: datetime.datetime) -> str:
    return format_date(moment, get_language() or settings.LANGUAGE_CODE, "j M Y H:i")
