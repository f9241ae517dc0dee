"""Events as iCalendar, read by another program."""

import datetime

import pytest
from django.utils import timezone

from tests.office import Office
from tests.publication.withdrawing import REASON, withdraw
from tests.website.calendar_reading import at, components, event
from tests.website.reading import in_english
from website import events

FEED = "/th/feeds/events.ics"


def this_week(hour: str = "09:00") -> datetime.datetime:
    return at(timezone.localdate().isoformat(), hour)


def test_feed_holds_every_event(open_office: Office):
    event(open_office, this_week(), title="หนึ่ง")
    event(open_office, this_week("13:00"), title="สอง")

    assert [str(found["SUMMARY"]) for found in components(FEED)] == ["หนึ่ง", "สอง"]


def test_feed_without_events_is_a_calendar_still(open_office: Office):
    assert components(FEED) == []


def test_feed_holds_more_than_one_page_of_the_api(open_office: Office, monkeypatch):
    monkeypatch.setattr(events, "PAGE_SIZE", 1)
    for number in range(3):
        event(open_office, this_week(), title=str(number))

    assert len(components(FEED)) == 3


def test_times_are_in_utc(open_office: Office):
    event(open_office, this_week("09:00"), this_week("12:00"))

    (found,) = components(FEED)
    assert found.decoded("DTSTART") == this_week("02:00").replace(tzinfo=datetime.UTC)
    assert found.decoded("DTEND") - found.decoded("DTSTART") == datetime.timedelta(hours=3)
    assert found["DTSTART"].to_ical().endswith(b"020000Z")


def test_whole_days_are_dates_and_end_on_the_day_after(open_office: Office):
    day = timezone.localdate()
    event(open_office, this_week("00:00"), this_week("23:59"), is_all_day=True)

    (found,) = components(FEED)
    assert found.decoded("DTSTART") == day
    assert found.decoded("DTEND") == day + datetime.timedelta(days=1)
    assert found["DTSTART"].params["VALUE"] == "DATE"


def test_event_without_length_has_no_end(open_office: Office):
    event(open_office, this_week(), this_week())

    assert "DTEND" not in components(FEED)[0]


def test_texts_come_back_as_they_were_written(open_office: Office):
    title = "ประชุม; เรื่อง, \\n ถนน"
    event(open_office, this_week(), title=title, summary="บรรทัดหนึ่ง\nบรรทัดสอง", place="ห้อง 1, ชั้น 2")

    (found,) = components(FEED)
    assert str(found["SUMMARY"]) == title
    assert str(found["DESCRIPTION"]).startswith("บรรทัดหนึ่ง\nบรรทัดสอง")
    assert str(found["LOCATION"]) == "ห้อง 1, ชั้น 2"


def test_text_cannot_add_a_line(open_office: Office):
    event(open_office, this_week(), title="ประชุม\r\nATTACH:https://evil.example")

    assert "ATTACH" not in components(FEED)[0]


def test_lines_are_folded_between_letters(open_office: Office, client):
    event(open_office, this_week(), title="ประชุมประชาคมท้องถิ่นเพื่อจัดทำแผนพัฒนา " * 4)

    content = client.get(FEED).content
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in lines:
        line.decode()  # no letter is split


def test_name_of_an_event_stays_when_it_changes(open_office: Office):
    page = event(open_office, this_week(), title="เดิม")
    (before,) = components(FEED)
    open_office.show(open_office.edit(page, title="ใหม่"))
    (after,) = components(FEED)

    assert before["UID"] == after["UID"]
    assert str(after["SUMMARY"]) == "ใหม่"
    assert after.decoded("DTSTAMP") >= before.decoded("DTSTAMP")


def test_same_events_make_the_same_file(open_office: Office, client):
    event(open_office, this_week())
    first = client.get(FEED)

    assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_languages_do_not_mix(open_office: Office):
    page = event(open_office, this_week(), title="ประชุม")
    in_english(open_office, page, "Meeting")

    (thai,), (english,) = components(FEED), components("/en/feeds/events.ics")
    assert (str(thai["SUMMARY"]), str(english["SUMMARY"])) == ("ประชุม", "Meeting")
    assert thai["UID"] != english["UID"]


def test_withdrawn_event_is_cancelled(open_office: Office):
    page = event(open_office, this_week(), title="ยกเลิกแล้ว")
    (before,) = components(FEED)
    withdraw(open_office, page)

    (found,) = components(FEED)
    assert (found["UID"], found["STATUS"]) == (before["UID"], "CANCELLED")
    assert found.decoded("DTSTART") == timezone.localdate()
    assert str(found["SUMMARY"]).endswith("ยกเลิกแล้ว")
    assert str(found["DESCRIPTION"]) == REASON


def test_event_that_is_public_again_is_not_cancelled(open_office: Office):
    page = event(open_office, this_week())
    withdraw(open_office, page)
    open_office.show(open_office.edit(page, title="จัดใหม่"))

    (found,) = components(FEED)
    assert "STATUS" not in found


def test_old_events_leave_the_feed_after_a_year(open_office: Office):
    event(open_office, timezone.now() - datetime.timedelta(days=400))
    event(open_office, timezone.now() - datetime.timedelta(days=300), title="ปีนี้")

    assert [str(found["SUMMARY"]) for found in components(FEED)] == ["ปีนี้"]


def test_link_leads_to_the_event(open_office: Office, settings):
    event(open_office, this_week(), slug="meeting")

    assert components(FEED)[0]["URL"] == f"{settings.BASE_URL}/th/meeting/"


def test_one_event_is_a_file_of_its_own(open_office: Office, client):
    page = event(open_office, this_week(), title="ประชุม", slug="meeting")
    event(open_office, this_week(), title="อื่น")

    permanent = client.get("/graphql/page/?path=/meeting/&locale=TH").json()["data"]["page"]
    found = components(f"/th/feeds/events/{permanent['permanentId']}.ics")
    assert [str(one["SUMMARY"]) for one in found] == [page.title]


@pytest.mark.parametrize("permanent_id", ["", "unknown"])
def test_file_of_no_event_is_not_found(open_office: Office, client, permanent_id: str):
    assert client.get(f"/th/feeds/events/{permanent_id}.ics").status_code == 404


def test_page_that_is_no_event_has_no_file(open_office: Office, client):
    found = client.get("/graphql/page/?path=/news/&locale=TH").json()["data"]["page"]
    permanent_id = found["permanentPath"].split("/")[2]

    assert client.get(f"/th/feeds/events/{permanent_id}.ics").status_code == 404


def test_pages_name_the_feed(open_office: Office, client):
    assert f'href="{FEED}"' in client.get("/th/").content.decode()
