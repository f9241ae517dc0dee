"""The knowledge base as readers see it: sources with date and time, kinds (1.1 (4))."""

import json

import pytest

from pages.models import KnowledgePage, Listing
from tests.office import Office
from tests.website.reading import block, in_english, read, thai, words

SOURCE = {
    "title": "รายงานประจำปี",
    "publisher": "กรมตัวอย่าง",
    "url": "https://source.example/",
    "dated_at": "2026-03-04T09:30:00+07:00",
}


@pytest.fixture
def section(open_office: Office):
    """A public section that lists knowledge."""
    found = open_office.section(
        open_office.home, title="คลังความรู้", slug="knowledge", listing=Listing.KNOWLEDGE
    )
    return open_office.show(found)


def knowledge(office: Office, section, *sources: dict, **fields) -> KnowledgePage:
    draft = office.page(section, KnowledgePage, **{"title": "บทความ", "kind": "article", **fields})
    blocks = [block("reference", {**SOURCE, **source}) for source in sources or ({},)]
    body = [block("rich_text", "<p>เนื้อหา</p>")]
    edited = office.edit(draft, references=json.dumps(blocks), body=json.dumps(body))
    return office.show(edited)


def titles(path: str = "/th/knowledge/") -> list[str]:
    return [words(title.a) for title in read(path).select(".entries h4")]


def test_source_is_named_with_publisher_date_and_time(open_office: Office, section):
    knowledge(open_office, section, slug="a")

    source = read("/th/knowledge/a/").select_one(".references li")
    assert source.a["href"] == "https://source.example/"
    assert "กรมตัวอย่าง" in words(source)
    assert "4 มีนาคม 2569" in words(source.time)
    assert "09:30" in words(source.time)


def test_source_without_address_is_no_link(open_office: Office, section):
    knowledge(open_office, section, {"url": ""}, slug="a")

    source = read("/th/knowledge/a/").select_one(".references li")
    assert source.a is None
    assert words(source.cite) == "รายงานประจำปี"


def test_source_is_dated_in_the_common_era_in_english(open_office: Office, section):
    in_english(open_office, section, "Knowledge")
    page = knowledge(open_office, section, slug="a")
    in_english(open_office, page, "An article")

    assert words(read("/en/knowledge/a/").select_one(".references time")) == "4 March 2026, 09:30"


def test_author_and_kind_stand_above_the_title(open_office: Office, section):
    knowledge(open_office, section, slug="a", author="กองช่าง", kind="work")

    labels = words(read("/th/knowledge/a/").select_one(".labels"))
    assert thai("Work of the agency") in labels
    assert "กองช่าง" in labels


def test_kinds_stand_in_the_order_of_the_announcement(open_office: Office, section):
    knowledge(open_office, section, title="สถิติ", kind="statistics")
    knowledge(open_office, section, title="ผลงาน", kind="work")
    knowledge(open_office, section, title="บทความ", kind="article")

    assert titles() == ["ผลงาน", "บทความ", "สถิติ"]


def test_one_kind(open_office: Office, section):
    knowledge(open_office, section, title="สถิติ", kind="statistics")
    knowledge(open_office, section, title="บทความ", kind="article")

    assert titles("/th/knowledge/?kind=STATISTICS") == ["สถิติ"]
    assert titles("/th/knowledge/?kind=ACT") == ["สถิติ", "บทความ"][::-1]


def test_list_names_the_source(open_office: Office, section):
    knowledge(open_office, section)

    assert "กรมตัวอย่าง" in words(read("/th/knowledge/").select_one(".entry-facts"))


def test_page_of_another_section_is_not_listed(open_office: Office, section):
    other = open_office.section(
        open_office.home, title="อื่น", slug="other", listing=Listing.KNOWLEDGE
    )
    knowledge(open_office, open_office.show(other), title="ที่อื่น")

    assert "ที่อื่น" not in titles()
