"""Template tags of chapter 1.4: what has begun or is over."""

import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_date

from website.events import days_of, moment_of

register = template.Library()


@register.filter
def is_one_day(event: dict[str, Any]) -> bool:
    """Whether an event begins and ends on the same day."""
    first, last = days_of(event)
    return first == last


@register.filter
def last_day(event: dict[str, Any]) -> datetime.date:
    """The last day of an event."""
    return days_of(event)[1]


@register.simple_tag(takes_context=True)
def is_past(context: Any, moment: str | None) -> bool:
    """Whether a moment has passed, for a reader of today; never said of a page as it stood."""
    return bool(moment) and not context.get("as_of") and moment_of(moment or "") < timezone.now()


@register.simple_tag(takes_context=True)
def hearing_state(context: Any, hearing: dict[str, Any]) -> str:
    """`"upcoming"`, `"open"` or `"closed"`: by today, or by the day that the reader asks about."""
    as_of = context.get("as_of")
    today = timezone.localdate(as_of) if as_of else timezone.localdate()
    first, last = (
        parse_date(hearing["acceptsFrom"] or ""),
        parse_date(hearing["acceptsUntil"] or ""),
    )
    if first and today < first:
        return "upcoming"
    return "closed" if last and today > last else "open"
