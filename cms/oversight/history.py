"""Coverage day by day: written down each night, read again for any past date."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from wagtail import hooks

from cms.oversight.coverage import Coverage, Standing, State, coverage
from cms.oversight.models import CoverageRecord
from cms.oversight.obligations import Duty, obligations

MAX_DAYS_MADE_UP = 31  # of days on which the office's machine was off
_BATCH = 500


class Day(NamedTuple):
    """The numbers of one recorded day, for the curve."""

    date: datetime.date
    owed: int
    public: int
    fulfilled: int


def record_coverage() -> None:
    """Writes down today, and the days since the last record; each day once.

    A day is one transaction: a job that is killed leaves whole days, and goes on from there.
    """
    today = timezone.localdate()
    last = CoverageRecord.objects.aggregate(last=Max("date"))["last"]
    first = (
        max(last + datetime.timedelta(1), today - datetime.timedelta(MAX_DAYS_MADE_UP))
        if (last)
        else today
    )
    for number in range((today - first).days + 1):
        record_day(first + datetime.timedelta(number))


def record_day(date: datetime.date) -> bool:
    """Writes down one day as it is now, or as it was at its end; False where it stands already.

    Apps that show recorded days listen through the hook `coverage_recorded`, in the transaction.
    """
    with transaction.atomic():
        if CoverageRecord.objects.filter(date=date).exists():
            return False
        counted = coverage(_end_of(date))
        CoverageRecord.objects.bulk_create(
            (_record(date, counted.at, one) for one in counted.standings), batch_size=_BATCH
        )
        for hook in hooks.get_hooks("coverage_recorded"):
            hook(date)
    return True


def coverage_on(date: datetime.date) -> Coverage:
    """Coverage as of a day: as recorded; else counted anew, for its end or for now."""
    rows = {(row.item, row.fiscal_year): row for row in CoverageRecord.objects.filter(date=date)}
    if not rows or date >= timezone.localdate():
        return coverage(_end_of(date))
    taken_at = next(iter(rows.values())).taken_at
    tree = obligations(taken_at)
    standings = []
    for (item, year), row in rows.items():
        if obligation := tree.by_subject.get(item):
            standings.append(_standing(Duty(obligation, year), row))
    places = {item.subject: place for place, item in enumerate(tree.all)}
    standings.sort(key=lambda one: (places[one.obligation.subject], one.duty.fiscal_year or 0))
    return Coverage(taken_at, tree, standings, is_recorded=True)


def curve(condition: Q | None = None) -> list[Day]:
    """The recorded days, the oldest first: of everything, or of what meets a condition."""
    rows = CoverageRecord.objects.filter(condition or Q()).order_by().values("date")
    counted = rows.annotate(
        owed=Count("pk"),
        public=Count("pk", filter=Q(is_public=True)),
        fulfilled=Count("pk", filter=Q(is_fulfilled=True)),
    ).order_by("date")
    return [Day(row["date"], row["owed"], row["public"], row["fulfilled"]) for row in counted]


def recorded_days() -> Iterator[datetime.date]:
    """The days that are written down, the newest first."""
    dates = CoverageRecord.objects.order_by("-date").values_list("date", flat=True)
    yield from dates.distinct()


def _end_of(date: datetime.date) -> datetime.datetime | None:
    """The last moment of a past day; None, for now, where the day is not over."""
    if date >= timezone.localdate():
        return None
    midnight = datetime.datetime.combine(date + datetime.timedelta(1), datetime.time())
    return timezone.make_aware(midnight) - datetime.timedelta(microseconds=1)


def _record(date: datetime.date, taken_at: datetime.datetime, one: Standing) -> CoverageRecord:
    return CoverageRecord(
        date=date,
        taken_at=taken_at,
        item=one.obligation.subject,
        fiscal_year=one.duty.fiscal_year,
        chapter=one.obligation.chapter.subject,
        division=one.obligation.division,
        state=one.state.value,
        published_th=one.published["th"],
        published_en=one.published["en"],
        is_public=one.is_public,
        is_fulfilled=one.is_fulfilled,
        outdated=one.outdated,
        broken_links=one.broken_links,
        due_on=one.due_on,
    )


def _standing(duty: Duty, row: CoverageRecord) -> Standing:
    found = Standing(duty, outdated=row.outdated, broken_links=row.broken_links, due_on=row.due_on)
    found.published.update(th=row.published_th, en=row.published_en)
    found.state = State(row.state)
    return found
