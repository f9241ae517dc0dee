"""The search of the site: a form without scripts, what it finds, and ways to narrow it."""

import pytest
from django.test import Client

from tests.api.appended import append
from tests.office import Office
from tests.website.reading import read


@pytest.fixture
def stocked(open_office: Office) -> Office:
    """Twelve pages about a road, of two types and two years."""
    for number in range(11):
        append(open_office, title=f"ซ่อมถนนสาย {number}", summary="งานของกองช่าง")
    append(open_office, "PlanPage", title="แผนถนน", fiscal_year=2569)
    append(open_office, title="Road works", locale="en")
    return open_office


def results(address: str) -> list[str]:
    return [title.get_text().strip() for title in read(address).select(".results h2")]


def test_every_page_has_the_form(open_office: Office):
    form = read("/th/").select_one("header form[role=search]")

    assert (form["action"], form["method"]) == ("/th/search/", "get")
    assert form.select_one("input")["name"] == "q"


def test_empty_search_is_a_form(open_office: Office):
    page = read("/en/search/")

    assert page.select_one("main form.search-form")
    assert not page.select(".count")


def test_what_was_found_is_marked_and_leads_to_its_page(stocked: Office):
    page = read("/th/search/?q=แผน+ถนน")
    (link,) = page.select(".results h2 a")

    assert link["href"].startswith("/th/news/")
    assert [mark.get_text() for mark in link.select("mark")] == ["แผนถนน"]
    assert page.select_one("main input[name=q]")["value"] == "แผน ถนน"


def test_list_goes_on_until_its_end(stocked: Office):
    first = read("/th/search/?q=ถนน")
    following = first.select_one(".paging a[rel=next]")["href"]

    assert len(first.select(".results li")) == 10
    assert len(results(f"/th/search/{following}")) == 2


def test_a_choice_narrows_and_is_taken_back(stocked: Office):
    page = read("/th/search/?q=ถนน")
    plans = next(a for a in page.select(".facets a") if "type=PlanPage" in a["href"])
    narrowed = read(f"/th/search/{plans['href']}")

    assert plans.select_one(".facet-count").get_text() == "1"
    assert [t.get_text().strip() for t in narrowed.select(".results h2")] == ["แผนถนน"]
    chosen = narrowed.select_one(".facets a[aria-current]")
    assert len(results(f"/th/search/{chosen['href']}")) == 10


def test_each_language_finds_its_own_and_keeps_the_words(stocked: Office):
    page = read("/en/search/?q=road")

    assert [t.get_text().strip() for t in page.select(".results h2")] == ["Road works"]
    assert page.select_one(".language-switch")["href"] == "/th/search/?q=road"


def test_nothing_found_says_so_and_offers_another_word(stocked: Office):
    assert read("/th/search/?q=จรวดอวกาศ").select_one(".nothing")
    offered = read("/en/search/?q=raod+works").select_one(".nothing a")
    assert offered is None or "road" in offered["href"]


def test_search_engines_do_not_list_it(stocked: Office, client: Client):
    answer = client.get("/th/search/?q=ถนน")

    assert answer["X-Robots-Tag"] == "noindex"
    assert b'content="noindex"' in answer.content


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=%00", 200),
        ("q=" + "x" * 5000, 200),
        ("q=<script>alert(1)</script>", 200),
        ("q=ถนน&year=๒๕๖๙", 200),
        ("q=ถนน&type=Nothing", 200),
        ("q=ถนน&department=1", 400),
        ("q=ถนน&after=nonsense", 400),
    ],
)
def test_odd_searches_are_answered(stocked: Office, client: Client, query, status):
    answer = client.get(f"/th/search/?{query}")

    assert answer.status_code == status
    assert "<script>alert" not in answer.content.decode()
