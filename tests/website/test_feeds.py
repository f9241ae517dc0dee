"""The news as RSS and Atom, read by a feed reader's parser."""

import datetime
import json
from xml.etree import ElementTree

import feedparser
import pytest
from django.utils import timezone

from tests.office import Office, document
from tests.publication.withdrawing import REASON, withdraw
from tests.website.reading import block, in_english, published, thai

FORMATS = ["rss", "atom"]
TOMBSTONES = "{http://purl.org/atompub/tombstones/1.0}"


def feed(client, feed_format: str, language: str = "th"):
    response = client.get(f"/{language}/feeds/news.{feed_format}")
    assert response.status_code == 200
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo, parsed.bozo_exception
    return parsed


def xml(client) -> ElementTree.Element:
    """The Atom feed, whose tombstones no feed reader's parser knows."""
    return ElementTree.fromstring(client.get("/th/feeds/news.atom").content)  # noqa: S314


@pytest.mark.parametrize("feed_format", FORMATS)
def test_lists_exactly_the_published_news(open_office: Office, client, feed_format: str):
    for day in (1, 2):
        published(open_office, title=f"ข่าว {day}", posted_on=datetime.date(2026, 1, day))
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
    division = open_office.show(open_office.department(title="กองช่าง"))
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


def with_files(office: Office, *names: str, **fields):
    files = [block("document", document(name.encode(), name).pk) for name in names]
    return published(office, attachments=json.dumps(files), **fields)


def test_rss_encloses_the_first_file(open_office: Office, client, settings):
    with_files(open_office, "enclosed.pdf", "second.txt")

    (enclosure,) = feed(client, "rss").entries[0].enclosures
    assert enclosure.href.startswith(f"{settings.BASE_URL}/files/")
    assert enclosure.href.endswith("/enclosed.pdf")
    assert enclosure.type == "application/pdf"
    assert int(enclosure.length) == len("enclosed.pdf")
    file = client.get(enclosure.href.removeprefix(settings.BASE_URL))
    assert b"".join(file.streaming_content) == b"enclosed.pdf"


def test_atom_encloses_every_file_once(open_office: Office, client):
    file = document(b"first.pdf", "first.pdf")
    listed = block("document_list", {"title": "", "documents": [file.pk]})
    attachments = json.dumps([block("document", file.pk)])
    published(open_office, listed, attachments=attachments)
    with_files(open_office, "second.txt", "third.pdf")

    entries = feed(client, "atom").entries
    assert sorted(len(entry.enclosures) for entry in entries) == [1, 2]


@pytest.mark.parametrize("feed_format", FORMATS)
def test_one_kind_has_a_feed_of_its_own(open_office: Office, client, settings, feed_format: str):
    published(open_office, title="จัดซื้อ", kind="procurement")
    published(open_office, title="ทั่วไป")

    path = f"/th/feeds/news.{feed_format}?kind=PROCUREMENT"
    parsed = feedparser.parse(client.get(path).content)
    assert [entry.title for entry in parsed.entries] == ["จัดซื้อ"]
    assert thai("Procurement notice") in parsed.feed.title
    own = [link.href for link in parsed.feed.links if link.rel == "self"]
    assert own == [f"{settings.BASE_URL}{path}"]


def test_kind_that_does_not_exist_is_ignored(open_office: Office, client):
    published(open_office)

    response = client.get("/th/feeds/news.rss?kind=NONSENSE")
    assert len(feedparser.parse(response.content).entries) == 1


def test_list_of_one_kind_names_its_feed(open_office: Office, client):
    html = client.get("/th/news/?kind=PROCUREMENT").content.decode()

    assert 'href="/th/feeds/news.rss?kind=PROCUREMENT"' in html


def test_atom_has_a_tombstone_for_what_was_withdrawn(open_office: Office, client):
    page = published(open_office, title="ถอนแล้ว")
    note = withdraw(open_office, page)

    root = xml(client)

    (tombstone,) = root.findall(f"{TOMBSTONES}deleted-entry")
    assert tombstone.get("ref").endswith(f"/id/{note.address.short_id}/th/")
    assert datetime.datetime.fromisoformat(tombstone.get("when")) == note.effective_from
    assert tombstone.find(f"{TOMBSTONES}comment").text == REASON
    assert feed(client, "atom").entries == []


def test_tombstone_names_the_entry_by_its_id(open_office: Office, client):
    page = published(open_office, title="ถอนแล้ว")
    (entry,) = feed(client, "atom").entries
    withdraw(open_office, page)

    root = xml(client)

    assert root.find(f"{TOMBSTONES}deleted-entry").get("ref") == entry.id


def test_rss_has_an_item_for_what_was_withdrawn(open_office: Office, client):
    withdraw(open_office, published(open_office, title="ถอนแล้ว"))

    (entry,) = feed(client, "rss").entries
    assert entry.title == thai("Withdrawn: %(title)s") % {"title": "ถอนแล้ว"}
    assert entry.description == REASON


@pytest.mark.parametrize("feed_format", FORMATS)
def test_what_is_public_again_is_not_told_as_withdrawn(
    open_office: Office, client, feed_format: str
):
    page = published(open_office, title="เดิม")
    withdraw(open_office, page)
    open_office.show(open_office.edit(page, title="อีกครั้ง"))

    assert [entry.title for entry in feed(client, feed_format).entries] == ["อีกครั้ง"]


@pytest.mark.parametrize("feed_format", FORMATS)
def test_withdrawals_are_told_for_thirty_days(
    open_office: Office, client, feed_format: str, monkeypatch: pytest.MonkeyPatch
):
    withdraw(open_office, published(open_office, title="ถอนแล้ว"))
    later = timezone.now() + datetime.timedelta(days=31)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert "ถอนแล้ว" not in client.get(f"/th/feeds/news.{feed_format}").content.decode()
    assert REASON not in client.get(f"/th/feeds/news.{feed_format}").content.decode()


def test_feed_of_one_kind_tells_only_its_withdrawals(open_office: Office, client):
    withdraw(open_office, published(open_office, title="ถอนแล้ว", kind="activity"))

    assert REASON in client.get("/th/feeds/news.rss?kind=ACTIVITY").content.decode()
    assert REASON not in client.get("/th/feeds/news.rss?kind=GENERAL").content.decode()


@pytest.mark.parametrize("feed_format", FORMATS)
def test_correction_is_told_with_its_note(open_office: Office, client, feed_format: str):
    page = published(open_office, title="เดิม", summary="ย่อ")
    open_office.show(open_office.edit(page, title="แก้แล้ว", correction_note="แก้วันที่"))

    (entry,) = feed(client, feed_format).entries
    assert entry.description.startswith("ย่อ")
    assert entry.description.endswith("แก้วันที่")
