"""The news as RSS and Atom, read by a feed reader's parser."""

import datetime

import feedparser
import pytest

from tests.office import Office
from tests.publication.withdrawing import withdraw
from tests.website.reading import in_english, published, thai

FORMATS = ["rss", "atom"]


def feed(client, feed_format: str, language: str = "th"):
    response = client.get(f"/{language}/feeds/news.{feed_format}")
    assert response.status_code == 200
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo, parsed.bozo_exception
    return parsed


@pytest.mark.parametrize("feed_format", FORMATS)
def test_lists_exactly_the_published_news(open_office: Office, client, feed_format: str):
    for day in (1, 2):
        published(open_office, title=f"ข่าว {day}", posted_on=datetime.date(2026, 1, day))
    withdraw(open_office, published(open_office, title="ถอนแล้ว"))
    open_office.draft(title="ร่าง")

    entries = feed(client, feed_format).entries
    assert [entry.title for entry in entries] == ["ข่าว 2", "ข่าว 1"]


@pytest.mark.parametrize("feed_format", FORMATS)
def test_says_its_language(open_office: Office, client, feed_format: str):
    assert feed(client, feed_format, "th").feed.language == "th"
    assert feed(client, feed_format, "en").feed.language == "en"


@pytest.mark.parametrize(
    ("feed_format", "content_type"),
    [
        ("rss", "application/rss+xml; charset=utf-8"),
        ("atom", "application/atom+xml; charset=utf-8"),
    ],
)
def test_has_its_content_type(open_office: Office, client, feed_format: str, content_type: str):
    assert client.get(f"/th/feeds/news.{feed_format}")["Content-Type"] == content_type


@pytest.mark.parametrize("feed_format", FORMATS)
def test_languages_do_not_mix(open_office: Office, client, feed_format: str):
    page = published(open_office, title="ข่าว")
    in_english(open_office, page, "News item")
    published(open_office, title="ไทยเท่านั้น")

    assert [entry.title for entry in feed(client, feed_format, "en").entries] == ["News item"]


@pytest.mark.parametrize("feed_format", FORMATS)
def test_id_is_the_permanent_address(open_office: Office, client, settings, feed_format: str):
    published(open_office)

    entry = feed(client, feed_format).entries[0]
    assert entry.id.startswith(f"{settings.BASE_URL}/id/")
    assert client.get(entry.id.removeprefix(settings.BASE_URL)).status_code == 302


@pytest.mark.parametrize("feed_format", FORMATS)
def test_link_is_absolute(open_office: Office, client, settings, feed_format: str):
    published(open_office, slug="linked")

    assert feed(client, feed_format).entries[0].link == f"{settings.BASE_URL}/th/news/linked/"


@pytest.mark.parametrize("feed_format", FORMATS)
def test_kind_is_a_category_in_the_language(open_office: Office, client, feed_format: str):
    page = published(open_office, kind="procurement")
    in_english(open_office, page, "Tender")

    assert feed(client, feed_format).entries[0].tags[0].term == thai("Procurement notice")
    assert feed(client, feed_format, "en").entries[0].tags[0].term == "Procurement notice"


@pytest.mark.parametrize("feed_format", FORMATS)
def test_date_is_midnight_in_bangkok(open_office: Office, client, feed_format: str):
    published(open_office, posted_on=datetime.date(2026, 11, 20))

    moment = feed(client, feed_format).entries[0].published_parsed
    assert moment[:5] == (2026, 11, 19, 17, 0)


@pytest.mark.parametrize("feed_format", FORMATS)
def test_author_is_the_division(open_office: Office, client, feed_format: str):
    division = open_office.publish(open_office.department(title="กองช่าง"))
    published(open_office, department=division)

    assert feed(client, feed_format).entries[0].author == "กองช่าง"


@pytest.mark.parametrize("feed_format", FORMATS)
def test_control_characters_break_no_feed(open_office: Office, client, feed_format: str):
    published(open_office, title="หนึ่ง\x0bสอง & <สาม>")

    assert feed(client, feed_format).entries[0].title in (
        "หนึ่งสอง & <สาม>",
        "หนึ่งสอง &amp; &lt;สาม&gt;",
    )


def test_atom_tells_when_an_entry_last_changed(open_office: Office, client):
    published(open_office, posted_on=datetime.date(2026, 1, 1))

    entry = feed(client, "atom").entries[0]
    assert entry.updated_parsed > entry.published_parsed


def test_pages_name_both_feeds(open_office: Office, client):
    html = client.get("/th/").content.decode()

    for path in ("/th/feeds/news.rss", "/th/feeds/news.atom"):
        assert f'href="{path}"' in html


def test_unknown_format_is_not_found(open_office: Office, client):
    assert client.get("/th/feeds/news.json", follow=True).status_code == 404
