"""The calendar of events: a month, what is coming, one event."""

import datetime
import json

import pytest
from django.utils import timezone

from tests.office import Office
from tests.website.calendar_reading import at, calendar_section, event
from tests.website.reading import in_english, read, thai, words
from website.listings import events


@pytest.fixture
def calendar(open_office: Office) -> Office:
    """An office with a section that lists events."""
    calendar_section(open_office)
    return open_office


def days_with(path: str) -> dict[str, list[str]]:
    """By day: the titles of a month's table, the days around the month too."""
    table = read(path).select_one(".month-table")
    return {
        cell.time["datetime"]: [words(link.select("span")[-1]) for link in cell.select("a")]
        for cell in table.select("td")
        if cell.select("a")
    }


def coming(path: str = "/th/events/") -> list[str]:
    return [words(title) for title in read(path).select(".coming-events h3")]


def soon(**delta: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(**delta)


def test_event_stands_on_its_day(calendar: Office):
    event(calendar, at("2026-11-24"), title="ประชุม")

    assert days_with("/th/events/?month=2026-11") == {"2026-11-24": ["ประชุม"]}


def test_event_of_several_days_stands_on_each(calendar: Office):
    event(calendar, at("2026-11-24"), at("2026-11-26"), title="อบรม")

    found = days_with("/th/events/?month=2026-11")
    assert list(found) == ["2026-11-24", "2026-11-25", "2026-11-26"]


def test_event_that_spans_months_stands_in_each(calendar: Office):
    event(calendar, at("2026-10-20"), at("2027-01-10"), title="รับสมัคร")

    assert len(days_with("/th/events/?month=2026-10")) >= 12
    assert len(days_with("/th/events/?month=2026-12")) >= 31
    assert days_with("/th/events/?month=2027-02") == {}


def test_event_that_ends_at_midnight_does_not_reach_the_next_day(calendar: Office):
    event(calendar, at("2026-11-24", "20:00"), at("2026-11-25", "00:00"))

    assert list(days_with("/th/events/?month=2026-11")) == ["2026-11-24"]


def test_several_events_a_day_stand_by_their_time(calendar: Office):
    event(calendar, at("2026-11-24", "13:00"), title="บ่าย")
    event(calendar, at("2026-11-24", "08:00"), title="เช้า")
    event(calendar, at("2026-11-22"), at("2026-11-25"), title="ต่อเนื่อง")

    found = days_with("/th/events/?month=2026-11")
    assert found["2026-11-24"] == ["ต่อเนื่อง", "เช้า", "บ่าย"]


def test_time_is_the_offices_own(calendar: Office):
    event(calendar, datetime.datetime(2026, 11, 24, 17, 30, tzinfo=datetime.UTC))

    page = read("/th/events/?month=2026-11")
    assert list(days_with("/th/events/?month=2026-11")) == ["2026-11-25"]
    assert words(page.select_one(".month-table .month-event time")) == "00:30"


def test_weeks_begin_on_sunday(calendar: Office):
    table = read("/th/events/?month=2026-11").select_one(".month-table")

    assert table.select_one("th abbr")["title"] == "อาทิตย์"
    assert table.td.time["datetime"] == "2026-11-01"


def test_month_is_named_in_the_buddhist_era_in_thai(calendar: Office):
    assert words(read("/th/events/?month=2026-11").select_one("#month")) == "พฤศจิกายน 2569"


def test_month_is_named_in_the_common_era_in_english(calendar: Office):
    in_english(calendar, _section(calendar), "Calendar")

    assert words(read("/en/events/?month=2026-11").select_one("#month")) == "November 2026"


def _section(office: Office):
    return type(office.news).objects.get(slug="events", locale=office.thai)


def test_today_is_marked(calendar: Office):
    today = read("/th/events/").select_one(".month-table [aria-current=date]")

    assert today.time["datetime"] == timezone.localdate().isoformat()
    assert thai("Today") in words(today)


def test_previous_and_next_month_turn_the_year(calendar: Office):
    page = read("/th/events/?month=2026-12")

    assert page.select_one("a[rel=next]")["href"] == "/th/events/?month=2027-01#month"
    assert page.select_one("a[rel=prev]")["href"] == "/th/events/?month=2026-11#month"


def test_calendar_ends_in_both_directions(calendar: Office):
    last = timezone.localdate().year + 3

    assert not read(f"/th/events/?month={last}-12").select_one(".month-head a[rel=next]")


@pytest.mark.parametrize(
    "month", ["", "nonsense", "2026-13", "2026-00", "2569-11", "๒๐๒๖-๑๑", "0001-01", "9999-12"]
)
def test_month_that_does_not_exist_is_this_month(calendar: Office, month: str):
    page = read(f"/th/events/?month={month}")

    assert page.select_one(".month-table [aria-current=date]")


def test_narrow_screens_get_a_list_that_names_each_event_once(calendar: Office):
    event(calendar, at("2026-10-20"), at("2026-11-26"), title="รับสมัคร")
    event(calendar, at("2026-11-24"), at("2026-11-25"), title="อบรม")
    event(calendar, at("2026-12-01"), title="เดือนหน้า")

    days = read("/th/events/?month=2026-11").select(".month-list > li")
    assert [day.time["datetime"] for day in days] == ["2026-11-01", "2026-11-24"]
    assert "26 พฤศจิกายน 2569" in words(days[0])


def test_month_without_events_says_so(calendar: Office):
    assert thai("There are no events in this month.") in words(read("/th/events/?month=2026-11"))


def test_coming_events_stand_by_their_beginning(calendar: Office):
    event(calendar, soon(days=9), title="สอง")
    event(calendar, soon(days=2), title="หนึ่ง")
    event(calendar, soon(days=-1), soon(days=1), title="กำลังจัด")
    event(calendar, soon(days=-9), title="ผ่านไปแล้ว")

    assert coming() == ["กำลังจัด", "หนึ่ง", "สอง"]


def test_coming_events_go_on_by_page(calendar: Office, monkeypatch):
    monkeypatch.setattr(events, "PAGE_SIZE", 1)
    event(calendar, soon(days=2), title="หนึ่ง")
    event(calendar, soon(days=3), title="สอง")

    following = read("/th/events/?month=2026-11").select_one(".paging a[rel=next]")["href"]
    assert "month=2026-11" in following
    assert coming(following) == ["สอง"]


def test_bad_cursor_is_refused_in_words(calendar: Office):
    assert words(read("/th/events/?after=x", 400).h1) == thai("This list does not go on here")


def test_draft_is_not_in_the_calendar(calendar: Office):
    draft = event(calendar, soon(days=2), title="ลงนามแล้ว")
    calendar.edit(draft, title="แก้ไขแล้ว")

    assert coming() == ["ลงนามแล้ว"]


def test_event_says_when_and_where(open_office: Office):
    event(
        open_office,
        at("2026-11-24", "09:00"),
        at("2026-11-24", "12:00"),
        slug="meeting",
        place_url="https://maps.example.org/?q=1",
    )

    facts = words(read("/th/meeting/").select_one(".brief-facts"))
    assert "24 พฤศจิกายน 2569" in facts
    assert "09:00–12:00" in facts
    assert "หอประชุม" in facts


def test_event_of_whole_days_shows_no_hours(open_office: Office):
    event(open_office, at("2026-11-24"), at("2026-11-25"), is_all_day=True, slug="fair")

    when = words(read("/th/fair/").select_one(".brief-facts dd"))
    assert when == "24 พฤศจิกายน 2569 – 25 พฤศจิกายน 2569"


def test_event_is_told_to_search_engines(open_office: Office, settings):
    event(open_office, at("2026-11-24", "09:00"), slug="meeting", title="</script><b>ประชุม</b>")

    page = read("/th/meeting/")
    found = json.loads(page.select_one("script[type='application/ld+json']").string)
    assert found["@type"] == "Event"
    assert found["name"] == "</script><b>ประชุม</b>"
    assert found["startDate"] == "2026-11-24T09:00:00+07:00"
    assert found["location"]["name"] == "หอประชุม"
    assert found["url"] == f"{settings.BASE_URL}/th/meeting/"


def test_event_offers_its_file(open_office: Office, client):
    event(open_office, at("2026-11-24"), slug="meeting")

    link = read("/th/meeting/").select_one(".brief-actions a")["href"]
    assert client.get(link)["Content-Type"].startswith("text/calendar")
