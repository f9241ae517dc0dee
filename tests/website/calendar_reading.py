"""Events for tests, and the calendar as another program reads it."""

import datetime
from typing import Any

from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from pages.models import EventPage, Listing
from tests.office import Office


def at(day: str, time: str = "09:00") -> datetime.datetime:
    """A moment in the office's time zone: `at("2026-11-24", "09:00")`."""
    return timezone.make_aware(datetime.datetime.fromisoformat(f"{day}T{time}"))


def calendar_section(office: Office) -> Any:
    """A public section that lists events, at /th/events/."""
    section = office.section(office.home, title="ปฏิทิน", slug="events", listing=Listing.EVENTS)
    return office.show(section)


def event(office: Office, begins: datetime.datetime, ends: Any = None, **fields: Any) -> Any:
    """A published event; of one hour where no end is given."""
    ends = ends or begins + datetime.timedelta(hours=1)
    fields = {"title": "กิจกรรม", "place": "หอประชุม", **fields}
    return office.show(
        office.page(office.home, EventPage, starts_at=begins, ends_at=ends, **fields)
    )


def components(path: str) -> list[Any]:
    """The events of an iCalendar file at an address, as the icalendar library reads them."""
    response = Client().get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    assert calendar.errors == []
    found = calendar.walk("VEVENT")
    assert [component.errors for component in found if component.errors] == []
    return found
