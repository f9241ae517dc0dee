"""The list of news and its filters."""

import datetime

import pytest

from tests.office import Office
from tests.website.reading import published, read, thai, urgent, words
from website.listings import news


def titles(path: str = "/th/news/") -> list[str]:
    return [words(title) for title in read(path).select(".news-list h3")]


@pytest.fixture
def three(open_office: Office) -> Office:
    """A procurement notice, an urgent announcement and general news, the newest first."""
    for day, fields in enumerate(
        [
            {"title": "ทั่วไป", "kind": "general"},
            urgent(title="ด่วน", kind="announcement"),
            {"title": "จัดซื้อ", "kind": "procurement"},
        ],
        start=1,
    ):
        published(open_office, posted_on=datetime.date(2026, 1, day), **fields)
    return open_office


def test_newest_stands_first(three: Office):
    assert titles() == ["จัดซื้อ", "ด่วน", "ทั่วไป"]


def test_draft_is_not_listed(three: Office):
    three.draft(title="ร่าง")

    assert "ร่าง" not in titles()


def test_one_kind(three: Office):
    assert titles("/th/news/?kind=PROCUREMENT") == ["จัดซื้อ"]


def test_two_kinds(three: Office):
    assert titles("/th/news/?kind=PROCUREMENT&kind=GENERAL") == ["จัดซื้อ", "ทั่วไป"]


def test_urgent_only(three: Office):
    assert titles("/th/news/?urgent=1") == ["ด่วน"]


def test_urgent_item_says_so_in_words(three: Office):
    item = read("/th/news/?urgent=1").select_one(".news-item")

    assert words(item.select_one(".urgent-label")) == thai("Urgent")


def test_filter_that_finds_nothing_leads_back(three: Office):
    found = read("/th/news/?kind=ACTIVITY").select_one(".nothing")

    assert found.a["href"] == "/th/news/"


def test_chosen_filter_is_marked(three: Office):
    chosen = read("/th/news/?kind=PROCUREMENT").select(".filters [aria-current]")

    assert [link["href"] for link in chosen] == ["/th/news/?kind=PROCUREMENT"]


def test_next_page_goes_on_with_the_same_filter(three: Office, monkeypatch):
    monkeypatch.setattr(news, "PAGE_SIZE", 1)

    first = read("/th/news/?kind=PROCUREMENT&kind=GENERAL")
    following = first.select_one("a[rel=next]")["href"]
    assert titles(following) == ["ทั่วไป"]
    assert not read(following).select_one("a[rel=next]")


@pytest.mark.parametrize("query", ["kind=NONSENSE", "urgent=maybe", "kind=", "nothing=1", "after="])
def test_bad_parameters_are_ignored(three: Office, query: str):
    assert len(titles(f"/th/news/?{query}")) == 3


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "ข่าว",
        "%00",
        "W10=",  # []
        "WzEsMl0=",  # [1, 2]
        "bnVsbA==",  # null
        "WyIyMDI2LTAxLTAxIiwgSW5maW5pdHld",  # a date and infinity
    ],
)
def test_bad_cursor_is_refused_in_words(three: Office, cursor: str):
    found = read(f"/th/news/?after={cursor}", 400)

    assert words(found.h1) == thai("This list does not go on here")
    assert found.select_one(".message a")["href"] == "/th/news/"


def test_other_sections_list_no_news(three: Office):
    three.publish(three.section(three.home, title="กฎหมาย", slug="laws"))

    assert not read("/th/laws/").select_one(".news-list")


def test_section_without_news_says_so(open_office: Office):
    assert words(read("/en/news/").select_one(".nothing")) == "There is no news yet."
