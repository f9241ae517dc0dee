"""The index of official information: thirteen parts, each a page of its own (1.2 (1))."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content_api.operations import run
from pages.models import Listing, OfficialInformationPage
from tests.office import Office, document
from tests.website.many import multiply, publication_of
from tests.website.reading import block, in_english, published, read, thai, words

PLANS = "Section 9 (3): plans, projects and budget of the current year"
DECISIONS = "Section 9 (1): decisions with direct effect on private persons"


@pytest.fixture
def section(open_office: Office):
    """A public section that is the index, in both languages."""
    found = open_office.section(
        open_office.home,
        title="ข้อมูลข่าวสารของราชการ",
        slug="oia",
        listing=Listing.OFFICIAL_INFORMATION,
        summary="บทนำของดัชนี",
    )
    found = open_office.show(found)
    in_english(open_office, found, "Official information")
    return found


def item(office: Office, section, *parts: str, **fields) -> OfficialInformationPage:
    fields = {"title": "รายการ", "official_information": list(parts or ["s9-3"]), **fields}
    return office.show(office.page(section, OfficialInformationPage, **fields))


def counts() -> dict[str, str]:
    rows = read("/th/oia/").select(".part-list li")
    return {words(row.a): words(row.select_one(".part-count")) for row in rows}


def titles(query: str = "?section=s9-3") -> list[str]:
    return [words(title) for title in read(f"/th/oia/{query}").select(".entries h4")]


def test_overview_shows_all_thirteen_parts_with_zero_too(open_office: Office, section):
    item(open_office, section, "s9-3", "s7-1")
    item(open_office, section, "s9-3")

    found = counts()
    assert len(found) == 13
    assert found[thai(PLANS)].startswith("2")
    assert found[thai(DECISIONS)].startswith("0")


def test_overview_explains_the_misprint(open_office: Office, section):
    assert "9" in words(read("/th/oia/").select_one(".list-note"))


def test_overview_costs_the_same_however_much_there_is(open_office: Office, section):
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert run("official_information", {"locale": "TH"}).errors is None
        return len(captured)

    few = cost()
    for _number in range(3):
        item(open_office, section)

    assert cost() == few == 1


def test_each_part_is_a_page_with_a_title_of_its_own(open_office: Office, section):
    page = read("/th/oia/?section=s9-3")

    assert words(page.h1) == thai(PLANS)
    assert words(page.title).startswith(thai(PLANS))
    assert page.select_one("link[rel=canonical]")["href"].endswith("/th/oia/?section=s9-3")
    assert "บทนำของดัชนี" not in words(page.main)


def test_part_leads_to_itself_in_the_other_language(open_office: Office, section):
    page = read("/th/oia/?section=s9-3")

    assert page.select_one(".language-switch")["href"] == "/en/oia/?section=s9-3"
    assert words(read("/en/oia/?section=s9-3").h1) == PLANS


def test_part_leads_back_to_the_overview(open_office: Office, section):
    links = [a["href"] for a in read("/th/oia/?section=s9-3").select(".breadcrumbs a")]

    assert links == ["/th/", "/th/oia/"]


def test_pages_of_every_type_that_name_the_part_are_listed(open_office: Office, section):
    item(open_office, section, title="รายการ")
    published(open_office, title="ข่าว", official_information=["s9-3", "s7-4"])
    published(open_office, title="ข่าวอื่น", official_information=["s7-4"])

    assert sorted(titles()) == ["ข่าว", "รายการ"]


def test_pages_are_grouped_by_fiscal_year_the_latest_first(open_office: Office, section):
    item(open_office, section, title="เก่า", fiscal_year=2568)
    item(open_office, section, title="ใหม่", fiscal_year=2570)
    item(open_office, section, title="ทุกปี")

    heads = [words(h) for h in read("/th/oia/?section=s9-3").select(".official-part .group-head")]
    assert "2570" in heads[0]
    assert "2568" in heads[1]
    assert heads[2] == thai("For all years")
    assert titles() == ["ใหม่", "เก่า", "ทุกปี"]


def test_entry_names_type_division_and_documents(open_office: Office, section):
    department = open_office.show(open_office.department(title="กองคลัง"))
    attachment = block("document", document(name="plan.pdf").pk)
    draft = open_office.page(
        section,
        OfficialInformationPage,
        title="รายการ",
        official_information=["s9-3"],
        department=department,
    )
    open_office.show(open_office.edit(draft, attachments=json.dumps([attachment])))

    entry = read("/th/oia/?section=s9-3").select_one(".entries > li")
    assert thai("official information").lower() in words(entry).lower()
    assert "กองคลัง" in words(entry)
    assert "PDF" in words(entry.select_one(".file"))


def test_many_pages_of_one_part_are_walked_through(open_office: Office, section):
    dated = publication_of(item(open_office, section, slug="dated", fiscal_year=2570))
    lasting = publication_of(item(open_office, section, slug="lasting"))
    multiply(dated, 59, lambda data, number: None)
    multiply(lasting, 59, lambda data, number: None)

    waiting, seen = ["/th/oia/?section=s9-3"], []
    while waiting:
        page = read(waiting.pop())
        seen += [title["href"] for title in page.select(".entries h4 a")]
        waiting += [link["href"] for link in page.select(".paging a[rel=next]")]
    assert (len(seen), len(set(seen))) == (120, 120)


@pytest.mark.parametrize("odd", ["?section=s8-1", "?section=", "?section=S9_3", "?section=%00"])
def test_part_that_does_not_exist_is_the_overview(open_office: Office, section, odd: str):
    assert words(read(f"/th/oia/{odd}").h1) == "ข้อมูลข่าวสารของราชการ"


def test_cursor_of_nowhere_is_refused_nicely(open_office: Office, section):
    assert read("/th/oia/?section=s9-3&after=nonsense", 400)
    assert read("/th/oia/?section=s9-3&lasting=nonsense", 400)


def test_page_leads_to_the_index_of_each_part(open_office: Office, section):
    section = open_office.edit(section, show_in_menus=True)
    open_office.show(section)
    item(open_office, section, "s7-1", "s9-3", slug="item")

    links = [link["href"] for link in read("/th/oia/item/").select(".act-parts a")]
    assert links == ["/th/oia/?section=s7-1", "/th/oia/?section=s9-3"]


def test_page_names_its_fiscal_year(open_office: Office, section):
    item(open_office, section, slug="item", fiscal_year=2570)

    assert "2570" in words(read("/th/oia/item/").select_one(".labels"))
