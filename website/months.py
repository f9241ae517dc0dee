"""A month of the calendar: its weeks, from Sunday, and the months around it."""

import calendar
import datetime
import re
from dataclasses import dataclass

from django.utils import timezone

_SUNDAY = 6  # the first day of the week on Thai calendars
_WRITTEN = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
# The calendar ends here in both directions, or robots would turn its pages for ever.
YEARS_BACK = 10
YEARS_AHEAD = 3


@dataclass(frozen=True)
class Month:
    """A month of a year of the common era."""

    year: int
    number: int

    @classmethod
    def current(cls) -> "Month":
        """The month of today in the office's time zone."""
        today = timezone.localdate()
        return cls(today.year, today.month)

    @classmethod
    def named(cls, text: str) -> "Month | None":
        """The month that a query string names, e.g. `2026-11`; None where it is none of ours."""
        found = _WRITTEN.fullmatch(text)
        if not found or not 1 <= int(found[2]) <= 12:
            return None
        month = cls(int(found[1]), int(found[2]))
        return month if month.is_within_calendar else None

    @property
    def is_within_calendar(self) -> bool:
        """Whether readers can turn to it."""
        this_year = timezone.localdate().year
        return this_year - YEARS_BACK <= self.year <= this_year + YEARS_AHEAD

    @property
    def first_day(self) -> datetime.date:
        """The first of the month."""
        return datetime.date(self.year, self.number, 1)

    @property
    def weeks(self) -> list[list[datetime.date]]:
        """Whole weeks, with the days of the months around at both ends."""
        return calendar.Calendar(_SUNDAY).monthdatescalendar(self.year, self.number)

    def moved(self, months: int) -> "Month":
        """The month so many later, or earlier where negative."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"
