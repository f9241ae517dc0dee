"""Dates as Thai offices write them: Buddhist era (CE + 543), fiscal years from 1 October."""

import datetime
from typing import Any

from django.utils import dateformat, timezone, translation

BUDDHIST_ERA_OFFSET = 543
FIRST_BUDDHIST_YEAR = 2400  # no office works with dates of the year 2400 of the common era


class _BuddhistEraFormat(dateformat.DateFormat):
    """Django's letters with the year shifted as text: 29 February never meets a wrong year."""

    def Y(self) -> str:  # type: ignore[override]
        return f"{self.data.year + BUDDHIST_ERA_OFFSET:04d}"  # type: ignore[union-attr]

    def y(self) -> str:
        return f"{(self.data.year + BUDDHIST_ERA_OFFSET) % 100:02d}"  # type: ignore[union-attr]


def speak_buddhist_era() -> None:
    """Makes Django write the Buddhist era wherever it writes a date in Thai; called once.

    The admin's own lists and messages would say 2026 beside the 2569 of our pages and fields.
    Input, ISO 8601 and the common era in English are not touched.
    """
    common_era = {"Y": dateformat.DateFormat.Y, "y": dateformat.DateFormat.y}
    for letter, method in common_era.items():

        def in_language(
            self: dateformat.DateFormat, method: Any = method, letter: str = letter
        ) -> str:
            is_thai = translation.get_language() == "th"
            return getattr(_BuddhistEraFormat, letter)(self) if is_thai else method(self)

        setattr(dateformat.DateFormat, letter, in_language)


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
