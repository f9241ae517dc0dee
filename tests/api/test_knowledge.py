"""Laws by rank and force, kinds and parts of the Act with their counts, checks of links."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.oversight.link_checks import collect
from cms.oversight.models import LinkCheck
from pages.models import LawPage, OfficialInformationPage, WebLink
from tests.api.ask import ask, ask_for_result
from tests.office import Office

LAWS = """query ($first: Int! = 20, $after: String, $filter: PageFilter) {
  pages(locale: TH, order: KIND, first: $first, after: $after, filter: $filter) {
    nodes { title ... on LawPage { force forceLabel } } pageInfo { hasNextPage endCursor }
  }
}"""
ONLY_LAWS = {"type": ["LawPage"]}


def law(office: Office, title: str, kind: str = "act", **fields) -> LawPage:
    page = office.page(office.news, LawPage, title=title, kind=kind, source="ก", **fields)
    return office.show(page)


def titles(**variables) -> list[str]:
    variables.setdefault("filter", ONLY_LAWS)
    return [node["title"] for node in ask(LAWS, **variables)["pages"]["nodes"]]


@pytest.fixture
def laws(open_office: Office) -> Office:
    """Four laws of three ranks, with different times of force."""
    law(open_office, "คู่มือ", "manual")
    law(open_office, "ข ยกเลิก", effective_on="2000-01-01", repealed_on="2020-01-01")
    law(open_office, "ก ใช้อยู่", effective_on="2000-01-01")
    law(open_office, "ข้อบัญญัติ", "local-ordinance", effective_on="2399-01-01")
    return open_office


def test_laws_are_listed_by_rank_then_by_title(laws):
    assert titles() == ["ก ใช้อยู่", "ข ยกเลิก", "ข้อบัญญัติ", "คู่มือ"]


def test_cursors_walk_through_the_ranks(laws):
    seen, after = [], None
    for _page in range(4):
        found = ask(LAWS, first=1, after=after, filter=ONLY_LAWS)["pages"]
        seen += [node["title"] for node in found["nodes"]]
        after = found["pageInfo"]["endCursor"]

    assert seen == titles()
    assert not found["pageInfo"]["hasNextPage"]


def test_cursor_of_another_order_is_refused(laws):
    newest = ask("{ pages(first: 1) { pageInfo { endCursor } } }")["pages"]["pageInfo"]["endCursor"]

    assert ask_for_result(LAWS, after=newest).errors


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("1999-12-31", ["คู่มือ"]),
        ("2000-01-01", ["ก ใช้อยู่", "ข ยกเลิก", "คู่มือ"]),
        ("2019-12-31", ["ก ใช้อยู่", "ข ยกเลิก", "คู่มือ"]),
        ("2020-01-01", ["ก ใช้อยู่", "คู่มือ"]),
        ("2399-01-01", ["ก ใช้อยู่", "ข้อบัญญัติ", "คู่มือ"]),
    ],
)
def test_laws_in_force_on_a_day(laws, day, expected):
    assert titles(filter={**ONLY_LAWS, "inForceOn": day}) == expected


def test_force_is_told_by_enum_and_in_words(laws):
    nodes = ask(LAWS, filter=ONLY_LAWS)["pages"]["nodes"]

    assert [node["force"] for node in nodes] == ["IN_FORCE", "REPEALED", "NOT_YET", "IN_FORCE"]
    assert all(node["forceLabel"] for node in nodes)


def test_every_kind_is_counted_in_order(laws):
    found = ask('{ kindCounts(type: "LawPage", locale: EN) { kind label count } }')["kindCounts"]
    in_thai = ask('{ kindCounts(type: "LawPage") { kind count } }')["kindCounts"]

    assert (found[0]["kind"], found[0]["label"], found[0]["count"]) == ("ACT", "Act", 0)
    assert [item["count"] for item in in_thai] == [2, 0, 0, 0, 0, 1, 0, 0, 1, 0]


def test_counts_of_kinds_obey_conditions(laws):
    query = '{ kindCounts(type: "LawPage", filter: {inForceOn: "2026-01-01"}) { kind count } }'

    counts = {item["kind"]: item["count"] for item in ask(query)["kindCounts"]}
    assert (counts["ACT"], counts["LOCAL_ORDINANCE"], counts["MANUAL"]) == (1, 0, 1)


def test_type_without_kinds_has_none(open_office):
    assert ask('{ kindCounts(type: "HomePage") { kind } }')["kindCounts"] == []
    assert ask('{ kindCounts(type: "Nothing") { kind } }')["kindCounts"] == []


def test_parts_of_the_act_are_counted_in_both_languages(open_office: Office):
    law(open_office, "ก", official_information=["s7-4", "s9-8"])

    query = "{ th: officialInformation { section count } en: officialInformation(locale: EN) "
    found = ask(query + "{ section label count } }")
    counts = {item["section"]: item["count"] for item in found["th"]}
    assert len(counts) == 13
    assert (counts["S7_4"], counts["S9_8"], counts["S9_3"]) == (1, 1, 0)
    assert found["en"][3]["label"].startswith("Section 7 (4)")
    assert found["en"][3]["count"] == 0


def test_pages_with_and_without_a_fiscal_year(open_office: Office):
    draft = open_office.page(
        open_office.news,
        OfficialInformationPage,
        title="งบ",
        fiscal_year=2570,
        official_information=["s9-3"],
    )
    open_office.show(draft)
    query = "{ pages(filter: {hasFiscalYear: %s}) { nodes { title fiscalYear { be } typeLabel } } }"

    (budget,) = ask(query % "true")["pages"]["nodes"]
    assert (budget["title"], budget["fiscalYear"]["be"]) == ("งบ", 2570)
    assert budget["typeLabel"]
    assert "งบ" not in [node["title"] for node in ask(query % "false")["pages"]["nodes"]]


LINKS = (
    '{ records(type: ["WebLink"]) { nodes { ... on WebLink { url provider embedUrl check '
    "{ state checkedAt failingSince } } } } }"
)


def link(office: Office, url: str) -> WebLink:
    return office.show(office.record(WebLink, title="ก", kind="external", url=url))


def test_link_without_a_check_has_none(open_office: Office):
    link(open_office, "https://one.example/")
    collect()

    assert ask(LINKS)["records"]["nodes"][0]["check"] is None


def test_link_tells_its_check_whatever_its_spelling(open_office: Office):
    link(open_office, "https://One.example/#part")
    collect()
    LinkCheck.objects.get().note("broken", 404, "missing", timezone.now())

    check = ask(LINKS)["records"]["nodes"][0]["check"]
    assert check["state"] == "BROKEN"
    assert check["checkedAt"] == check["failingSince"]


def test_link_to_a_video_tells_its_player(open_office: Office):
    link(open_office, "https://vimeo.com/76979871")

    (found,) = ask(LINKS)["records"]["nodes"]
    assert found["provider"] == "Vimeo"
    assert found["embedUrl"].startswith("https://player.vimeo.com/")


def test_checks_are_one_query(open_office: Office):
    for number in range(3):
        link(open_office, f"https://{number}.example/")
    with CaptureQueriesContext(connection) as captured:
        ask(LINKS)

    assert len([q for q in captured if "oversight_linkcheck" in q["sql"]]) == 1
