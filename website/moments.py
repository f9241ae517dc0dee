"""The moment that a reader asks about: `?as_of=2026-04-30T00:00:00Z`."""

import datetime

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

PARAMETER = "as_of"
_FIRST_BUDDHIST_ERA_YEAR = 2400  # a year this late was meant in the Buddhist era


class InvalidMoment(ValueError):
    """The text is no moment, or one that has not come yet."""


def moment_in(parameters: QueryDict) -> datetime.datetime | None:
    """The moment in a query string; None where none is asked for. Raises `InvalidMoment`."""
    text = parameters.get(PARAMETER, "")
    return moment_of(text) if text else None


def moment_of(text: str) -> datetime.datetime:
    """A moment in ISO 8601 with its zone, or a day: its end, or now while it lasts.

    Raises `InvalidMoment`.
    """
    try:
        # An unquoted "+" of a zone arrives as a space.
        moment = _end_of_day(text) or parse_datetime(text.replace(" ", "+"))
        if moment is None or timezone.is_naive(moment):
            raise InvalidMoment(text)
        moment = moment.astimezone(datetime.UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidMoment(text) from error
    if moment.year >= _FIRST_BUDDHIST_ERA_YEAR or moment > timezone.now():
        raise InvalidMoment(text)
    return moment


def _end_of_day(text: str) -> datetime.datetime | None:
    """The end of a day in the office's time zone; None where the text is no day."""
    day = parse_date(text)
    if day is None:
        return None
    if day > timezone.localdate():
        raise InvalidMoment(text)
    midnight = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time.min)
    return min(timezone.make_aware(midnight), timezone.now())
