"""Pages as they stood at a moment of the past."""

import datetime

import pytest
from django.utils import timezone

from tests.office import Office
from tests.website.reading import published, read, thai, words
from website.moments import InvalidMoment, moment_of

BAD = [
    "yesterday",
    "2026-04-31",
    "2026-13-01T00:00:00Z",
    "2026-04-30T00:00:00",  # no zone
    "2569-04-30",
    "2569-04-30T00:00:00Z",
    "2999-01-01",
    "0001-01-01T00:00:00+14:00",
    "%00",
]


@pytest.fixture
def rewritten(open_office: Office) -> datetime.datetime:
    """A moment between the two versions of an item."""
    page = published(open_office, title="ฉบับแรก", slug="twice")
    between = timezone.now()
    open_office.show(open_office.edit(page, title="ฉบับหลัง"))
    return between


def test_page_as_it_stood(rewritten: datetime.datetime):
    moment = rewritten.isoformat().replace("+00:00", "Z")
    page = read(f"/th/news/twice/?as_of={moment}")

    assert words(page.h1) == "ฉบับแรก"
    assert page.select_one(".banner a")["href"] == "/th/news/twice/"
    assert page.select_one("meta[name=robots]")["content"] == "noindex"


def test_page_as_it_stands(rewritten: datetime.datetime):
    page = read("/th/news/twice/")

    assert words(page.h1) == "ฉบับหลัง"
    assert not page.select_one(".banner")


def test_page_that_was_not_public_then(open_office: Office):
    published(open_office, slug="young")

    page = read("/th/news/young/?as_of=2026-01-01", 404)
    assert words(page.h1) == thai("This page was not public then")
    assert page.select_one(".message a")["href"] == "/th/news/young/"


@pytest.mark.parametrize("text", BAD)
def test_bad_moment_is_refused_in_words(open_office: Office, text: str):
    page = read(f"/th/?as_of={text}", 400)

    assert page.html["lang"] == "th"
    assert words(page.h1) == thai("This is not a moment of the past")


def test_bad_moment_is_refused_in_english(open_office: Office):
    assert "moment of the past" in words(read("/en/?as_of=x", 400).h1)


def test_zone_with_an_unquoted_plus_is_understood():
    assert moment_of("2026-04-30T07:00:00 07:00") == moment_of("2026-04-30T00:00:00Z")


def test_day_is_its_end_in_bangkok():
    assert moment_of("2026-04-30") == moment_of("2026-04-30T17:00:00Z")


def test_today_is_now():
    today = timezone.localdate().isoformat()

    assert timezone.now() - moment_of(today) < datetime.timedelta(minutes=1)


def test_tomorrow_is_refused():
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    with pytest.raises(InvalidMoment):
        moment_of(tomorrow.isoformat())
