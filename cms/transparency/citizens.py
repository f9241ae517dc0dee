"""What citizens sent and how quickly the office answered: counts from the log of cases alone.

The log names no citizen, is only ever appended to and outlives the cases. So a number as of a day
is the same whenever it is asked for, also after cases were deleted.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from django.utils import timezone

from cms.engagement.case_events import CaseEvent
from cms.engagement.cases import answer_within_days
from cms.engagement.channels import Channel
from cms.engagement.statistics import months_of
from cms.thai.dates import fiscal_year

# Corruption complaints are few: a month could tell who wrote (domain facts, section 7).
CHANNELS = (Channel.COMPLAINT, Channel.QUESTION, Channel.OPINION, Channel.FORM)
_CLOSES = (CaseEvent.Kind.ANSWERED, CaseEvent.Kind.MODERATED)
_COUNTED = (CaseEvent.Kind.RECEIVED, CaseEvent.Kind.STATE, *_CLOSES)


class CaseMonth(NamedTuple):
    """What came in in one month, and how much of it was closed; `month` is its first day."""

    month: datetime.date
    received: int
    closed: int

    @property
    def open(self) -> int:
        """What still waits."""
        return self.received - self.closed


@dataclass(frozen=True)
class ChannelYear:
    """One channel in a fiscal year: twelve months, zeros too."""

    channel: Channel
    fiscal_year: int
    months: list[CaseMonth]

    @property
    def received(self) -> int:
        """In the whole year."""
        return sum(month.received for month in self.months)

    @property
    def closed(self) -> int:
        """Of these."""
        return sum(month.closed for month in self.months)

    @property
    def open(self) -> int:
        """Of these."""
        return self.received - self.closed


@dataclass(frozen=True)
class ResponseTimes:
    """Questions received in a fiscal year, and the days until their first answer."""

    fiscal_year: int
    promised_days: int
    received: int
    days: list[int] = field(default_factory=list)  # of those answered

    @property
    def answered(self) -> int:
        """How many were."""
        return len(self.days)

    @property
    def waiting(self) -> int:
        """How many were not."""
        return self.received - self.answered

    @property
    def median_days(self) -> float | None:
        """Half of the answers came within so many days; None before the first answer."""
        return float(median(self.days)) if self.days else None

    @property
    def within_promise(self) -> int:
        """How many answers came within the time that the office promises."""
        return sum(days <= self.promised_days for days in self.days)

    @property
    def within_percent(self) -> int | None:
        """Of the answers, in whole per cent, rounded down; None before the first answer."""
        return self.within_promise * 100 // self.answered if self.days else None


class CorruptionYear(NamedTuple):
    """Corruption complaints of one fiscal year: how many came in until a day.

    A number that grows day by day would tell when somebody wrote. So a year is told when it is
    over, and the running one as of the end of its first half; before that both are None.
    """

    fiscal_year: int
    received: int | None
    counted_until: datetime.date | None


@dataclass
class Received:
    """One case as the log tells it."""

    channel: str
    received_on: datetime.date
    first_answer_on: datetime.date | None = None
    is_closed: bool = False


def cases_of(year: int, until: datetime.date) -> list[Received]:
    """What came in in a fiscal year but corruption complaints, as the log had it at a day's end.

    One query.
    """
    events = CaseEvent.objects.filter(channel__in=CHANNELS, at__lt=_end_of(until))
    received = events.filter(kind=CaseEvent.Kind.RECEIVED, at__gte=_begin_of(months_of(year)[0]))
    rows = events.filter(kind__in=_COUNTED, reference__in=received.values("reference"))
    found: dict[str, Received] = {}
    for reference, channel, kind, at in rows.order_by("pk").values_list(
        "reference", "channel", "kind", "at"
    ):
        day = timezone.localdate(at)
        if kind == CaseEvent.Kind.RECEIVED:
            found[reference] = Received(channel, day)
        elif case := found.get(reference):
            case.is_closed = kind in _CLOSES
            if case.is_closed:
                case.first_answer_on = case.first_answer_on or day
    return [case for case in found.values() if fiscal_year(case.received_on) == year]


def channels_of(cases: list[Received], year: int) -> list[ChannelYear]:
    """Every channel but corruption, in a fiscal year."""
    counts: dict[tuple[str, datetime.date], list[int]] = defaultdict(lambda: [0, 0])
    for case in cases:
        count = counts[case.channel, case.received_on.replace(day=1)]
        count[0] += 1
        count[1] += case.is_closed
    return [
        ChannelYear(
            channel,
            year,
            [CaseMonth(month, *counts[channel.value, month]) for month in months_of(year)],
        )
        for channel in CHANNELS
    ]


def response_times(cases: list[Received], year: int) -> ResponseTimes:
    """Of the questions of a fiscal year. One query, for the time promised."""
    questions = [case for case in cases if case.channel == Channel.QUESTION]
    days = [
        (case.first_answer_on - case.received_on).days for case in questions if case.first_answer_on
    ]
    return ResponseTimes(year, answer_within_days(), len(questions), days)


def corruption_years(years: list[int], until: datetime.date) -> list[CorruptionYear]:
    """Each of some fiscal years as of the end of a day; see `CorruptionYear`. One query."""
    events = CaseEvent.objects.filter(
        channel=Channel.CORRUPTION,
        kind=CaseEvent.Kind.RECEIVED,
        at__gte=_begin_of(months_of(min(years))[0]),
        at__lt=_end_of(until),
    )
    days = [timezone.localdate(at) for at in events.values_list("at", flat=True)]
    found = []
    for year in years:
        limit = _told_until(year, until)
        own = [day for day in days if limit and fiscal_year(day) == year and day <= limit]
        found.append(CorruptionYear(year, len(own) if limit else None, limit))
    return found


def _told_until(year: int, until: datetime.date) -> datetime.date | None:
    months = months_of(year)
    half = months[6] - datetime.timedelta(days=1)  # 31 March
    whole = months[-1].replace(day=30)  # 30 September
    return next((limit for limit in (whole, half) if limit <= until), None)


def _begin_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def _end_of(day: datetime.date) -> datetime.datetime:
    return _begin_of(day + datetime.timedelta(days=1))
