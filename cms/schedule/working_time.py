"""Working time: hours and days that count only while the office is open."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from django.utils import timezone

from cms.schedule.models import OfficeHours, holiday_dates

_HOUR = datetime.timedelta(hours=1)
_DAY = datetime.timedelta(days=1)
# No office is closed for so long: then its settings are wrong.
_LONGEST_CLOSURE_DAYS = 3660


class NeverOpen(ValueError):
    """The office's settings leave no working time."""


@dataclass(frozen=True)
class WorkingCalendar:
    """The office's working time, read once; for lists, where each row asks."""

    weekdays: frozenset[int]
    spans: tuple[tuple[datetime.time, datetime.time], ...]
    holidays: frozenset[datetime.date]

    @classmethod
    def of_office(cls) -> Self:
        """As the administrator set it."""
        hours = OfficeHours.load()
        return cls(hours.weekdays, tuple(hours.spans), holiday_dates())

    def is_working_day(self, date: datetime.date) -> bool:
        """Whether the office opens on this day."""
        return date.weekday() in self.weekdays and date not in self.holidays

    def add_working_days(self, date: datetime.date, days: int) -> datetime.date:
        """The `days`-th working day after `date`, which itself does not count.

        With 0 days: `date`, or the next working day. Raises `ValueError` for less.
        """
        if days < 0:
            raise ValueError("Working days are counted forwards.")
        if days == 0:
            return next(self._working_days(date))
        following = self._working_days(date + _DAY)
        return [next(following) for _day in range(days)][-1]

    def add_working_hours(self, moment: datetime.datetime, hours: float) -> datetime.datetime:
        """The moment at which `hours` of working time have passed since `moment`.

        With 0 hours: `moment`, or the next opening. Raises `ValueError` for less.
        """
        if hours < 0:
            raise ValueError("Working hours are counted forwards.")
        left = hours * _HOUR
        for start, end in self._spans_from(moment):
            if left <= end - start:
                return start + left
            left -= end - start
        raise NeverOpen

    def working_hours_between(self, start: datetime.datetime, end: datetime.datetime) -> float:
        """The hours of working time from `start` to `end`; 0 where `end` is not later."""
        total = datetime.timedelta(0)
        if end <= start:
            return 0.0
        try:
            for opening, closing in self._spans_from(start):
                if opening >= end:
                    break
                total += min(closing, end) - opening
        except NeverOpen:
            return 0.0
        return total / _HOUR

    def _spans_from(
        self, moment: datetime.datetime
    ) -> Iterator[tuple[datetime.datetime, datetime.datetime]]:
        """The stretches of working time from a moment on, the first one cut where it is inside."""
        local = timezone.localtime(moment)
        for day in self._working_days(local.date()):
            for opening, closing in self.spans:
                start, end = (
                    datetime.datetime.combine(day, time, local.tzinfo)
                    for time in (opening, closing)
                )
                if end > local:
                    yield max(start, local), end

    def _working_days(self, date: datetime.date) -> Iterator[datetime.date]:
        closed = 0
        while closed < _LONGEST_CLOSURE_DAYS:
            if self.is_working_day(date):
                closed = 0
                yield date
            else:
                closed += 1
            date += _DAY
        raise NeverOpen("The office's settings leave no working day.")


def is_working_day(date: datetime.date) -> bool:
    """Whether the office opens on this day."""
    return WorkingCalendar.of_office().is_working_day(date)


def add_working_days(date: datetime.date, days: int) -> datetime.date:
    """See `WorkingCalendar.add_working_days`."""
    return WorkingCalendar.of_office().add_working_days(date, days)


def add_working_hours(moment: datetime.datetime, hours: float) -> datetime.datetime:
    """See `WorkingCalendar.add_working_hours`."""
    return WorkingCalendar.of_office().add_working_hours(moment, hours)


def working_hours_between(start: datetime.datetime, end: datetime.datetime) -> float:
    """See `WorkingCalendar.working_hours_between`."""
    return WorkingCalendar.of_office().working_hours_between(start, end)
