"""How long it took, or takes, from a flag to the executive's decision (announcement 4.1)."""

import datetime
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cms.schedule.working_time import WorkingCalendar
from cms.signoff.flags import Flag


@dataclass(frozen=True)
class FlagTime:
    """A flag with its time: until the decision, or until now."""

    flag: Flag
    minutes: int
    working_hours: float

    @property
    def is_decided(self) -> bool:
        """Whether the time has stopped."""
        return self.flag.decided_at is not None


def timed(flags: Iterable[Flag], calendar: WorkingCalendar | None = None) -> list[FlagTime]:
    """Each flag with its time. A query set of flags needs `select_related("outcome")`."""
    calendar = calendar or WorkingCalendar.of_office()
    now = timezone.now()
    return [_timed(flag, calendar, now) for flag in flags]


def _timed(flag: Flag, calendar: WorkingCalendar, now: datetime.datetime) -> FlagTime:
    end = flag.decided_at or now
    minutes = int((end - flag.flagged_at).total_seconds() // 60)
    return FlagTime(flag, minutes, calendar.working_hours_between(flag.flagged_at, end))


def median_minutes(times: Iterable[FlagTime]) -> int | None:
    """The median of those that the executive decided; None where there is none yet."""
    minutes = [
        time.minutes
        for time in times
        if time.is_decided and time.flag.outcome.decision != "taken-back"
    ]
    return int(statistics.median(minutes)) if minutes else None


def flags_between(
    subject: Any, locale: str, after: datetime.datetime | None, until: datetime.datetime
) -> QuerySet[Flag]:
    """The flags of an item after one moment (None: from the beginning) and until another."""
    flags = Flag.objects.filter(subject=subject, locale=locale, flagged_at__lte=until)
    if after is not None:
        flags = flags.filter(flagged_at__gt=after)
    people = ("flagged_by", "outcome", "outcome__decided_by")
    return flags.select_related(*people).order_by("flagged_at", "pk")
