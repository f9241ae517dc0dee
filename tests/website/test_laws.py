"""Laws as readers see them: one page with its facts, the list by rank with filters (1.1 (2))."""

import datetime

import pytest
from django.utils import timezone, translation

from pages.models import LawPage, Listing
from tests.office import Office
from tests.website.many import multiply, publication_of
from tests.website.reading import in_english, read, thai, words
from website import gazette

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
GAZETTE = {
    "gazetteVolume": "136",
    "gazettePart": "69 ก",
    "gazettePage": "52",
    "gazetteOn": "2019-05-27",
}


@pytest.fixture
def section(open_office: Office):
    """A public section that lists laws."""
    found = open_office.section(open_office.home, title="กฎหมาย", slug="laws", listing=Listing.LAWS)
    return open_office.show(found)


def law(office: Office, section, **fields) -> LawPage:
    fields = {"kind": "act", "source": "ราชกิจจานุเบกษา", "title": "กฎหมายตัวอย่าง", **fields}
    return office.show(office.page(section, LawPage, **fields))


def titles(path: str = "/th/laws/") -> list[str]:
    return [words(title.a) for title in read(path).select(".entries h4")]


def facts(path: str) -> dict[str, str]:
    rows = read(path).select(".law-facts > div")
    return {words(row.dt): words(row.dd) for row in rows}


def test_page_names_kind_source_and_where_it_was_taken_from(open_office: Office, section):
    law(open_office, section, slug="a", source="กรมตัวอย่าง", source_url="https://law.example/a")

    page = read("/th/laws/a/")
    assert words(page.select_one(".labels .kind")) == thai("Act")
    assert "กรมตัวอย่าง" in facts("/th/laws/a/")[thai("Source")]
    assert page.select_one(".law-facts a.external")["href"] == "https://law.example/a"


def test_page_names_the_gazette_in_full(open_office: Office, section):
    law(
        open_office,
        section,
        slug="a",
        gazette_volume="136",
        gazette_part="69 ก",
        gazette_page="52",
        gazette_on=datetime.date(2019, 5, 27),
    )

    found = facts("/th/laws/a/")[thai("Government Gazette")]
    assert "136" in found
    assert "69 ก" in found
    assert "27 พฤษภาคม 2562" in found


def test_gazette_reference_in_english():
    with translation.override("en"):
        found = gazette.reference(GAZETTE)

    assert found == "volume 136, part 69 ก, page 52, on 27 May 2019"


@pytest.mark.parametrize("typed", ["พิเศษ 100 ง", "special 100 ง", "Special 100 ง"])
def test_special_part_is_named_as_such(typed: str):
    with translation.override("en"):
        found = gazette.reference({**GAZETTE, "gazettePart": typed})

    assert "special part 100 ง" in found


def test_only_what_is_known_of_the_gazette_is_said():
    only_day = {
        "gazetteVolume": "",
        "gazettePart": "",
        "gazettePage": "",
        "gazetteOn": "2025-09-16",
    }

    with translation.override("en"):
        assert gazette.reference(only_day) == "on 16 September 2025"
        assert gazette.reference({**only_day, "gazetteOn": None}) == ""


@pytest.mark.parametrize(
    ("effective", "repealed", "label"),
    [
        (None, None, "In force"),
        (TODAY, None, "In force"),
        (TODAY + DAY, None, "Not yet in force"),
        (TODAY - 9 * DAY, TODAY + DAY, "In force"),
        (TODAY - 9 * DAY, TODAY, "Repealed"),
    ],
)
def test_force_follows_from_the_dates(open_office: Office, section, effective, repealed, label):
    law(open_office, section, slug="a", effective_on=effective, repealed_on=repealed)

    assert words(read("/th/laws/a/").select_one(".force")) == thai(label)


def test_force_is_told_in_the_readers_language(open_office: Office, section):
    in_english(open_office, section, "Laws")
    page = law(open_office, section, slug="a", effective_on=TODAY + DAY)
    in_english(open_office, page, "A law")

    assert words(read("/en/laws/a/").select_one(".force")) == "Not yet in force"


def test_page_as_it_stood_tells_the_force_of_then(open_office: Office, section, monkeypatch):
    law(open_office, section, slug="a", effective_on=TODAY, repealed_on=TODAY + 10 * DAY)

    today = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: today + 20 * DAY)

    assert words(read("/th/laws/a/").select_one(".force")) == thai("Repealed")
    then = read(f"/th/laws/a/?as_of={(TODAY + DAY).isoformat()}")
    assert words(then.select_one(".force")) == thai("In force")


def test_repealed_law_leads_to_the_one_that_took_its_place(open_office: Office, section):
    new = law(open_office, section, title="กฎหมายใหม่", slug="new")
    law(open_office, section, slug="old", repealed_on=TODAY, repealed_by=new)

    link = read("/th/laws/old/").select_one(".law-facts a")
    assert (link["href"], words(link)) == ("/th/laws/new/", "กฎหมายใหม่")


def test_laws_stand_in_the_order_of_their_rank(open_office: Office, section):
    law(open_office, section, title="คู่มือ", kind="manual")
    law(open_office, section, title="ข้อบัญญัติ", kind="local-ordinance")
    law(open_office, section, title="พระราชบัญญัติ", kind="act")

    assert titles() == ["พระราชบัญญัติ", "ข้อบัญญัติ", "คู่มือ"]
    heads = [words(head) for head in read("/th/laws/").select(".law-list .group-head")]
    assert heads == [thai("Act"), thai("Local ordinance"), thai("Manual")]


def test_one_kind(open_office: Office, section):
    law(open_office, section, title="คู่มือ", kind="manual")
    law(open_office, section, title="พระราชบัญญัติ", kind="act")

    assert titles("/th/laws/?kind=MANUAL") == ["คู่มือ"]


def test_filters_offer_the_kinds_that_there_are_with_their_numbers(open_office: Office, section):
    law(open_office, section, kind="manual")

    filters = [words(link) for link in read("/th/laws/").select(".filters a")]
    assert filters == [thai("All kinds"), f"{thai('Manual')} 1", thai("In force only")]


def test_in_force_only(open_office: Office, section):
    law(open_office, section, title="ใช้อยู่")
    law(open_office, section, title="ยกเลิกแล้ว", repealed_on=TODAY)
    law(open_office, section, title="ยังไม่ใช้", effective_on=TODAY + DAY)

    assert titles("/th/laws/?in_force=1") == ["ใช้อยู่"]
    assert len(titles()) == 3


def test_filters_keep_each_other(open_office: Office, section):
    law(open_office, section, kind="manual")

    page = read("/th/laws/?kind=MANUAL&in_force=1")
    links = [link["href"] for link in page.select(".filters a")]
    assert links == [
        "/th/laws/?in_force=1",
        "/th/laws/?kind=MANUAL&in_force=1",
        "/th/laws/?kind=MANUAL",
    ]


@pytest.mark.parametrize("odd", ["?kind=NOTHING", "?kind=%00", "?kind=act&in_force=yes", "?x=1"])
def test_unknown_filters_are_ignored(open_office: Office, section, odd: str):
    law(open_office, section, title="กฎหมาย")

    assert titles(f"/th/laws/{odd}") == ["กฎหมาย"]


def test_cursor_of_nowhere_is_refused_nicely(open_office: Office, section):
    assert words(read("/th/laws/?after=nonsense", 400).h1) == thai("This list does not go on here")


def test_five_hundred_laws_are_walked_through_page_by_page(open_office: Office, section):
    first = publication_of(law(open_office, section, title="กฎหมาย", slug="a"))
    kinds = ["act", "regulation", "manual"]

    def vary(data, number):
        data["fields"]["kind"] = kinds[number % 3]

    multiply(first, 499, vary)

    seen, path, pages = [], "/th/laws/", 0
    while path:
        page = read(path)
        seen += [words(title.a) for title in page.select(".entries h4")]
        following = page.select_one(".paging a[rel=next]")
        path = following["href"] if following else ""
        pages += 1
    assert (len(seen), len(set(seen)), pages) == (500, 500, 10)


def test_section_without_laws_says_so(open_office: Office, section):
    assert thai("There are no laws here yet.") in words(read("/th/laws/").select_one(".nothing"))


def test_draft_shows_its_facts_in_the_preview(open_office: Office, section):
    draft = open_office.page(section, LawPage, kind="act", source="ก", title="ร่าง")

    response = draft.make_preview_request()
    assert thai("In force") in response.content.decode()
