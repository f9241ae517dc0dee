"""Keeps procurement notices public for as long as the law wants (pages/procurement_periods.py).

Asked at every signature, at publication and at both signatures of a withdrawal. The period runs
for the Thai notice, from the day on which readers first had this stage of it: a correction does
not begin it anew. It is over at the end of its last working day, and bids may close only after it.
"""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.publication.models import Publication
from cms.publication.versions import ORIGINAL
from cms.schedule.working_time import add_working_days
from cms.thai.dates import format_date
from pages.procurement_periods import period_of, procurement_of

CANCELLATION = "cancellation"


def period_problem(
    data: dict[str, Any], start: datetime.datetime, end: datetime.datetime | None
) -> str:
    """Why a snapshot that would stand from `start` to `end` breaks a minimum period; or "".

    Either its own, or that of the notice in whose place it would stand.
    """
    if data["locale"] != ORIGINAL:
        return ""
    return _cut_short(data, start) or _too_short(data, start, end)


def withdrawal_problem(publication: Publication) -> str:
    """Why a publication may not be withdrawn yet; "" where no minimum period runs."""
    last_day = protected_until(publication)
    if last_day is None:
        return ""
    return _(
        "The law wants this notice to be public until %(day)s. Publish its cancellation in its "
        "place, or name the ground on which it must go before."
    ) % {"day": _words(last_day)}


def protected_until(publication: Publication) -> datetime.date | None:
    """The last day of the minimum period that runs for what stands in public; None without one."""
    if publication.locale != ORIGINAL or publication.kind != Publication.Kind.PUBLICATION:
        return None
    last_day = _last_day(publication.data, publication.effective_from)
    return last_day if last_day and last_day >= timezone.localdate() else None


def _too_short(
    data: dict[str, Any], start: datetime.datetime, end: datetime.datetime | None
) -> str:
    last_day = _last_day(data, start)
    if last_day is None:
        return ""
    if end and end < _midnight_after(last_day):
        return _(
            "The law wants this notice to be public until the end of %(day)s: let its time window "
            "end later, or remove the end."
        ) % {"day": _words(last_day)}
    procurement = procurement_of(data) or {}
    closes_at = procurement.get("closes_at")
    closes = parse_datetime(closes_at) if closes_at else None
    if procurement["stage"] == "invitation" and closes and closes < _midnight_after(last_day):
        return _(
            "The law wants this notice to be public until the end of %(day)s before bids close: "
            "set “bids close” to a later day."
        ) % {"day": _words(last_day)}
    return ""


def _cut_short(data: dict[str, Any], start: datetime.datetime) -> str:
    """Why a notice may not be replaced yet by something that is not it, nor its cancellation."""
    standing = Publication.objects.in_force(max(start, timezone.now())).filter(
        subject=data["subject"], locale=data["locale"]
    )
    before = standing.first()
    notice = procurement_of(before.data) if before else None
    if before is None or notice is None:
        return ""
    following = procurement_of(data) or {}
    if following.get("stage") in (notice["stage"], CANCELLATION):
        return ""
    last_day = _last_day(before.data, before.effective_from)
    if last_day is None or start >= _midnight_after(last_day):
        return ""
    return _(
        "The law wants the notice that is public now to stay so until %(day)s. Until then only "
        "its correction or its cancellation can take its place; write the next notice as an item "
        "of its own."
    ) % {"day": _words(last_day)}


def _last_day(data: dict[str, Any], start: datetime.datetime) -> datetime.date | None:
    """The last day of the minimum period of a notice; None where no rule is for it."""
    procurement = procurement_of(data)
    if procurement is None or _is_from_before(data):
        return None
    period = period_of(procurement)
    if period is None or not period.working_days:
        return None
    first = _first_public(data, procurement["stage"], start)
    return add_working_days(timezone.localdate(first), period.working_days)


def _is_from_before(data: dict[str, Any]) -> bool:
    """Whether a notice is of the time before this record began: posted on an earlier web site."""
    first = Publication.objects.order_by("sequence").values_list("published_at", flat=True).first()
    posted_on = data["fields"].get("posted_on")
    return bool(
        first and posted_on and datetime.date.fromisoformat(posted_on) < timezone.localdate(first)
    )


def _first_public(data: dict[str, Any], stage: str, start: datetime.datetime) -> datetime.datetime:
    """Since when readers have had this stage of the notice without a break, up to `start`."""
    rows = Publication.objects.filter(
        subject=data["subject"],
        locale=data["locale"],
        kind=Publication.Kind.PUBLICATION,
        withdrawn_at__isnull=True,
        effective_from__lt=start,
    ).order_by("-sequence")
    for row in rows:
        if row.effective_until == row.effective_from:
            continue  # it never was public
        notice = procurement_of(row.data)
        is_joined = row.effective_until is None or row.effective_until >= start
        if not is_joined or notice is None or notice["stage"] != stage:
            break
        start = row.effective_from
    return start


def _midnight_after(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(
        datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min)
    )


def _words(day: datetime.date) -> str:
    return format_date(day, get_language() or ORIGINAL)
