"""Events as iCalendar (RFC 5545), for telephones and other calendars."""

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from website.events import days_of, moment_of

_PRODUCT = "-//Prakat//Calendar of events//EN"
_LINE_OCTETS = 75  # section 3.1, without the line break
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
# How often a subscriber looks again; RFC 7986 names the first, older programs read the second.
_REFRESH = [
    ("REFRESH-INTERVAL;VALUE=DURATION", "PT6H"),
    ("X-PUBLISHED-TTL", "PT6H"),
]


def calendar(
    name: str, events: Iterable[dict[str, Any]], withdrawn: Iterable[dict[str, Any]] = ()
) -> bytes:
    """A calendar object with one component for each event of the API, withdrawn ones cancelled."""
    lines = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", _PRODUCT),
        ("CALSCALE", "GREGORIAN"),
        ("NAME", _text(name)),
        ("X-WR-CALNAME", _text(name)),
        ("X-WR-TIMEZONE", settings.TIME_ZONE),
        *_REFRESH,
    ]
    for event in events:
        lines += _component(event)
    for note in withdrawn:
        lines += _cancelled(note) if note["beginsOn"] else []
    lines.append(("END", "VCALENDAR"))
    return b"".join(_folded(f"{key}:{value}") for key, value in lines)


def _component(event: dict[str, Any]) -> list[tuple[str, str]]:
    """One event. Its stamp is that of its publication, so that the same event reads the same."""
    changed = _utc(moment_of(event["publishedAt"]))
    address = f"{settings.BASE_URL}{event['path']}"
    organiser = event["organiser"] or (event["department"] or {}).get("title", "")
    texts = {
        "SUMMARY": event["title"],
        "DESCRIPTION": "\n\n".join(part for part in (event["summary"], address) if part),
        "LOCATION": event["place"],
        "CONTACT": organiser,
    }
    return [
        ("BEGIN", "VEVENT"),
        ("UID", event["id"].replace(":", "-")),  # a random UUID and the language (RFC 7986, 5.3)
        ("DTSTAMP", changed),
        ("LAST-MODIFIED", changed),
        *_times(event),
        *[(key, _text(value)) for key, value in texts.items() if value],
        ("URL", address),
        ("END", "VEVENT"),
    ]


def _cancelled(note: dict[str, Any]) -> list[tuple[str, str]]:
    """A withdrawn event: programs that know its UID strike it out instead of keeping it.

    Of what it said only the title and the days are left; a component must have a beginning.
    """
    changed = _utc(moment_of(note["withdrawnAt"]))
    first = datetime.date.fromisoformat(note["beginsOn"])
    last = datetime.date.fromisoformat(note["finishesOn"] or note["beginsOn"])
    return [
        ("BEGIN", "VEVENT"),
        ("UID", note["id"].replace(":", "-")),
        ("DTSTAMP", changed),
        ("LAST-MODIFIED", changed),
        ("SEQUENCE", "1"),
        ("STATUS", "CANCELLED"),
        ("DTSTART;VALUE=DATE", f"{first:%Y%m%d}"),
        ("DTEND;VALUE=DATE", f"{last + datetime.timedelta(days=1):%Y%m%d}"),
        ("SUMMARY", _text(_("Cancelled: %(title)s") % {"title": note["title"]})),
        ("DESCRIPTION", _text(note["reason"])),
        ("URL", f"{settings.BASE_URL}{note['permanentPath']}"),
        ("END", "VEVENT"),
    ]


def _times(event: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Days for an event of whole days, the end being the day after; else moments in UTC."""
    if event["isAllDay"]:
        first, last = days_of(event)
        yield "DTSTART;VALUE=DATE", f"{first:%Y%m%d}"
        yield "DTEND;VALUE=DATE", f"{last + datetime.timedelta(days=1):%Y%m%d}"
        return
    begins, ends = moment_of(event["startsAt"]), moment_of(event["endsAt"])
    yield "DTSTART", _utc(begins)
    if ends > begins:  # section 3.8.2.2: the end is later, or it is left out
        yield "DTEND", _utc(ends)


def _utc(moment: datetime.datetime) -> str:
    return f"{timezone.localtime(moment, datetime.UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """A value of type TEXT (section 3.3.11)."""
    plain = _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(_ESCAPED.get(character, character) for character in plain)


def _folded(line: str) -> bytes:
    """A content line, folded between characters, never inside one, with its line break."""
    folded, length = bytearray(), 0
    for character in line:
        octets = character.encode()
        if length + len(octets) > _LINE_OCTETS:
            folded += b"\r\n "
            length = 1
        folded += octets
        length += len(octets)
    return bytes(folded) + b"\r\n"
