"""Template filters for Thai conventions."""

import datetime

from django import template
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import get_language

from cms.thai.dates import format_date

register = template.Library()


@register.filter
def office_date(value: str | datetime.date | None, pattern: str = "j F Y") -> str:
    """An ISO string, date or datetime in the reader's language; Buddhist era in Thai."""
    if not value:
        return ""
    parsed: datetime.date | None
    if not isinstance(value, str):
        parsed = value
    else:
        parsed = parse_datetime(value) if "T" in value else parse_date(value)
    if parsed is None:
        return ""
    return format_date(parsed, get_language() or "th", pattern)
