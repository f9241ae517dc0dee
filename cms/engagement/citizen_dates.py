"""Dates as citizens type them: what clerks type, and names of months, and what calendars send."""

import datetime
import re
from functools import cache

from django.utils.dates import MONTHS, MONTHS_3, MONTHS_AP
from django.utils.translation import override

from cms.thai.dates import FIRST_BUDDHIST_YEAR
from cms.thai.digits import to_arabic_digits
from cms.thai.typed_dates import read_date

_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_IN_WORDS = re.compile(r"(\d{1,2})\s*([^\d\s/.\-][^\d\s]*)\s*(?:พ\.?\s?ศ\.?)?\s*(\d{4})")


def read_citizen_date(text: str) -> datetime.date:
    """The day that `text` means: as `read_date`, and `24 พ.ย. 2569`, and `2569-11-24`.

    The last is what a browser's calendar sends when somebody types the year of the Buddhist era
    into it. Raises `ValueError` with a message for the person who typed it.
    """
    typed = to_arabic_digits(text).strip()
    if (found := _YEAR_FIRST.fullmatch(typed)) and int(found[1]) >= FIRST_BUDDHIST_YEAR:
        return read_date(f"{found[3]}/{found[2]}/{found[1]}")
    if (found := _IN_WORDS.fullmatch(typed)) and (month := _months().get(_plain(found[2]))):
        return read_date(f"{found[1]}/{month}/{found[3]}")
    return read_date(typed)


@cache
def _months() -> dict[str, int]:
    names = {}
    for language_code in ("th", "en"):
        with override(language_code):
            for table in (MONTHS, MONTHS_3, MONTHS_AP):
                names.update({_plain(str(name)): number for number, name in table.items()})
    return names


def _plain(name: str) -> str:
    return name.casefold().replace(".", "")
