"""Dates as clerks type them: 24/11/2569 in the Buddhist era, or 2026-11-24 as ISO 8601 has it."""

import datetime
import re

from django.utils.translation import gettext as _

from cms.thai.dates import BUDDHIST_ERA_OFFSET, FIRST_BUDDHIST_YEAR
from cms.thai.digits import to_arabic_digits

_FIRST_YEAR = 1700  # of the common era: a year before it is a slip of the finger
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d+)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TIME = re.compile(r"(?:T|\s*,?\s+)(\d{1,2})[:.](\d{2})(?::(\d{2})(?:\.\d+)?)?(?:\s*น\.?)?\Z")


def read_date(text: str) -> datetime.date:
    """The day that `text` means: day/month/year, where a year from 2400 is a Buddhist-era year.

    Thai digits count as digits; `/`, `.`, `-` and a space may part the numbers. A date that begins
    with its year is ISO 8601 and of the common era. Raises `ValueError` with a message for the
    person who typed it: a year of two digits is refused, as nobody can say which era it is in.
    """
    text = to_arabic_digits(text.strip())
    if found := _ISO.fullmatch(text):
        year, month, day = (int(number) for number in found.groups())
        if year >= FIRST_BUDDHIST_YEAR:
            raise ValueError(buddhist_year_message(year))
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(number) for number in found.groups())
        if len(found[3]) != 4:
            raise ValueError(_("Write the year with four digits, e.g. 2569."))
        if year >= FIRST_BUDDHIST_YEAR:
            year -= BUDDHIST_ERA_OFFSET
    else:
        raise ValueError(_("Write day/month/year, e.g. 24/11/2569."))
    if not _FIRST_YEAR <= year < FIRST_BUDDHIST_YEAR:
        raise ValueError(_("Check the year. Write day/month/year, e.g. 24/11/2569."))
    try:
        return datetime.date(year, month, day)
    except ValueError as error:
        raise ValueError(_("There is no such day. Check the day and the month.")) from error


def read_datetime(text: str) -> datetime.datetime:
    """The moment that `text` means, without a time zone: a date as above, then e.g. 9:30.

    A date alone is its midnight. Raises `ValueError` as `read_date` does.
    """
    text = to_arabic_digits(text.strip())
    found = _TIME.search(text)
    day = read_date(text[: found.start()] if found else text)
    if not found:
        return datetime.datetime.combine(day, datetime.time())
    hour, minute, second = (int(number or 0) for number in found.groups())
    try:
        return datetime.datetime.combine(day, datetime.time(hour, minute, second))
    except ValueError as error:
        raise ValueError(_("There is no such time. Write hours and minutes, e.g. 9:30.")) from error


def write_date(value: datetime.date, language_code: str) -> str:
    """What an input shows: 24/11/2569 in Thai, 2026-11-24 otherwise; both can be read again.

    A datetime, already in the office's time zone, has its hours and minutes after it.
    """
    if language_code == "th":
        text = f"{value.day:02d}/{value.month:02d}/{value.year + BUDDHIST_ERA_OFFSET}"
    else:
        text = f"{value.year:04d}-{value.month:02d}-{value.day:02d}"
    if not isinstance(value, datetime.datetime):
        return text
    return f"{text} {value:%H:%M:%S}" if value.second else f"{text} {value:%H:%M}"


def buddhist_year_message(year: int) -> str:
    """What is said of a Buddhist-era year where a year of the common era is meant."""
    return _("The year %(typed)d is in the Buddhist era. Type %(meant)d.") % {
        "typed": year,
        "meant": year - BUDDHIST_ERA_OFFSET,
    }
