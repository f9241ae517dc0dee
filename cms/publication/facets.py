"""The filter columns of a publication: what lists go by, read from its snapshot."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cms.thai import collation

# By the names of the fields in which the types say when what they are about begins and ends.
_BEGINNINGS = ("starts_at", "accepts_from", "begins_on", "effective_on")
_ENDS = ("ends_at", "accepts_until", "finishes_on", "repealed_on")


def facets(data: dict[str, Any]) -> dict[str, Any]:
    """The filter columns of a publication, all read from its snapshot."""
    fields = data["fields"]
    sections = fields.get("official_information") or []
    return {
        "type": data["type"],
        "subject": data["subject"],
        "locale": data["locale"],
        "title": data["title"],
        "title_key": collation.sort_key(data["title"]),
        "parent": data["parent"],
        "category": _first_of(fields, "kind", "group", "channel") or "",
        "posted_on": _day(fields.get("posted_on")),
        "fiscal_year": fields.get("fiscal_year"),
        "official_information": f"|{'|'.join(sections)}|" if sections else "",
        "topic": fields.get("topic") or "",
        "begins_on": _day(_first_of(fields, *_BEGINNINGS)),
        "finishes_on": _day(_first_of(fields, *_ENDS)),
        "old_path": fields.get("old_path") or "",
        "department": fields.get("department"),
        "disclosure_item": fields.get("disclosure_item"),
        "is_urgent": bool(fields.get("is_urgent")),
        "in_menu": data["inMenu"],
        "sort_order": fields.get("menu_order") or fields.get("sort_order") or 0,
    }


def _first_of(fields: dict[str, Any], *names: str) -> Any:
    return next((fields[name] for name in names if fields.get(name)), None)


def _day(text: str | None) -> datetime.date | None:
    """The day of an ISO date, or of a moment in the office's time zone."""
    if not text:
        return None
    moment = parse_datetime(text)
    return (
        timezone.localdate(moment) if moment and "T" in text else datetime.date.fromisoformat(text)
    )
