"""Dates as Thai offices write them: Buddhist era (CE + 543), fiscal years from 1 October."""

import datetime

from django.utils import dateformat, timezone, translation

BUDDHIST_ERA_OFFSET = 543


class _BuddhistEraFormat(dateformat.DateFormat):
    """Django's letters with the year shifted as text: 29 February never meets a wrong year."""

    def Y(self) -> str:  # type: ignore[override]
        return f"{self.data.year + BUDDHIST_ERA_OFFSET:04d}"  # type: ignore[union-attr]

    def y(self) -> str:
        return f"{(self.data.year + BUDDHIST_ERA_OFFSET) % 100:02d}"  # type: ignore[union-attr]


def format_date(value: datetime.date, language_code: str, pattern: str = "j F Y") -> str:
    """A date in the words of a language: Buddhist era in Thai, common era in English.

    `value` is a date or an aware datetime (shown in the office's time zone); `pattern` uses
    Django's format letters. Returns e.g. `"20 มิถุนายน 2562"` or `"20 June 2019"`.
    """
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    formatter = _BuddhistEraFormat if language_code == "th" else dateformat.DateFormat
    with translation.override(language_code):
        return formatter(value).format(pattern)


def fiscal_year(value: datetime.date) -> int:
    """The Thai fiscal year (Buddhist era) that a day belongs to: 1 October 2018 is in 2562."""
    return value.year + BUDDHIST_ERA_OFFSET + (value.month >= 10)
