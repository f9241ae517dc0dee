"""The calendar of events: a month, and what is coming."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from cms.thai.dates import format_date
from website.events import days_of, events_between, events_from, is_over
from website.months import Month

PAGE_SIZE = 10


def events_list(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """A month and the coming events, for `listings/events.html`.

    Understands `?month=2026-11&after=<cursor>`; a month that does not exist is this month.
    Raises `QueryRefused` for a cursor that is not the API's.
    """
    asked = Month.named(parameters.get("month", ""))
    month = asked or Month.current()
    after = parameters.get("after") or None
    today = timezone.localdate()
    coming = events_from(language, today, PAGE_SIZE, after)
    info = coming["pageInfo"]
    own = _query(month=str(asked)) if asked else ""
    feed = f"{settings.BASE_URL}{reverse('events_feed', args=[language])}"
    return {
        "month": _month(language, month, today),
        "coming": [event for event in coming["nodes"] if not is_over(event)],
        "is_first": after is None,
        "first_query": own,
        "next_query": _query(month=str(asked) if asked else "", after=info["endCursor"])
        if info["hasNextPage"]
        else "",
        "feed_url": feed,
        "subscribe_url": f"webcal://{feed.partition('://')[2]}",
    }


def _month(language: str, month: Month, today: datetime.date) -> dict[str, Any]:
    weeks = month.weeks
    found = list(events_between(language, weeks[0][0], weeks[-1][-1]))
    days = [[_day(day, month, today, found) for day in week] for week in weeks]
    return {
        "title": format_date(month.first_day, language, "F Y"),
        "weekdays": [
            {"short": format_date(day, language, "D"), "name": format_date(day, language, "l")}
            for day in weeks[0]
        ],
        "weeks": days,
        "busy_days": _busy_days([day for week in days for day in week if not day["is_outside"]]),
        "previous": _way(language, month.moved(-1)),
        "next": _way(language, month.moved(1)),
        "is_current": month == Month.current(),
    }


def _day(
    day: datetime.date, month: Month, today: datetime.date, events: list[dict[str, Any]]
) -> dict[str, Any]:
    """A day with its events: those that go on from the days before stand first."""
    there = []
    for event in events:
        first, last = days_of(event)
        if first <= day <= last:
            there.append(
                {**event, "is_continued": day > first, "goes_on": day < last, "last_day": last}
            )
    return {
        "date": day,
        "iso": day.isoformat(),
        "is_outside": day.month != month.number,
        "is_today": day == today,
        "events": sorted(there, key=lambda event: (not event["is_continued"], event["startsAt"])),
    }


def _busy_days(days: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The days of a month on which events begin, each event once: on its first day in the month."""
    busy: list[dict[str, Any]] = []
    seen: set[str] = set()
    for day in days:
        events = [event for event in day["events"] if event["id"] not in seen]
        seen.update(event["id"] for event in events)
        if events:
            busy.append({**day, "events": events})
    return busy


def _way(language: str, month: Month) -> dict[str, str] | None:
    """The link to another month; None beyond the ends of the calendar."""
    if not month.is_within_calendar:
        return None
    title = format_date(month.first_day, language, "F Y")
    return {"title": title, "query": _query(month=str(month))}


def _query(**parameters: str) -> str:
    return f"?{urlencode({name: value for name, value in parameters.items() if value})}"
