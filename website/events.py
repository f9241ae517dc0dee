"""Events of the API: asking for a span of days, and the days that one takes."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from website.client import query
from website.languages import locale_of
from website.walking import every_node

PAGE_SIZE = 100  # as much as the API gives at once
_MOMENT = datetime.timedelta(microseconds=1)


def events_between(
    language: str, first: datetime.date, last: datetime.date | None = None
) -> Iterator[dict[str, Any]]:
    """Every event that touches the days from `first` to `last` (None: for ever), in order."""
    return every_node("events", "pages", _span(language, first, last, PAGE_SIZE))


def withdrawn_since(language: str, first: datetime.date) -> Iterator[dict[str, Any]]:
    """Every event that was withdrawn on a day or later and not published again."""
    midnight = timezone.make_aware(datetime.datetime.combine(first, datetime.time.min))
    variables = {"locale": locale_of(language), "since": midnight.isoformat(), "first": PAGE_SIZE}
    return every_node("withdrawn_events", "withdrawals", variables)


def events_from(
    language: str, first: datetime.date, size: int, after: str | None
) -> dict[str, Any]:
    """A part of the events from a day on: up to `size` `nodes` after a cursor, and `pageInfo`.

    Raises `QueryRefused` for a cursor that is not the API's.
    """
    variables = {**_span(language, first, None, size), "after": after}
    return query("events", variables)["pages"]


def _span(
    language: str, first: datetime.date, last: datetime.date | None, size: int
) -> dict[str, Any]:
    """The variables of the operation."""
    return {
        "locale": locale_of(language),
        "from": first.isoformat(),
        "until": last.isoformat() if last else None,
        "first": size,
    }


def moment_of(text: str) -> datetime.datetime:
    """A moment of the API, in ISO 8601 with its zone."""
    moment = parse_datetime(text)
    if moment is None:
        raise ValueError(text)
    return moment


def days_of(event: dict[str, Any]) -> tuple[datetime.date, datetime.date]:
    """The first and the last day in the office's time zone; what ends at midnight ends before."""
    begins, ends = moment_of(event["startsAt"]), moment_of(event["endsAt"])
    if ends > begins and not event["isAllDay"]:
        ends -= _MOMENT
    return timezone.localdate(begins), timezone.localdate(ends)


def is_over(event: dict[str, Any]) -> bool:
    """Whether an event has ended: one of whole days does at the end of its last day."""
    if event["isAllDay"]:
        return days_of(event)[1] < timezone.localdate()
    return moment_of(event["endsAt"]) < timezone.now()
