"""`news`, `pages`, `navigation`, `departments`: what is listed, filtered and paged."""

import datetime

import pytest

from tests.api.ask import ask, ask_for_result
from tests.office import Office

NEWS = """query ($first: Int! = 20, $after: String, $filter: NewsFilter) {
  news(locale: TH, first: $first, after: $after, filter: $filter) {
    totalCount nodes { title } edges { cursor } pageInfo { hasNextPage endCursor }
  }
}"""


@pytest.fixture
def newsroom(open_office: Office) -> Office:
    """Four public items of different days and kinds, and one draft."""
    department = open_office.show(open_office.department(title="กองช่าง"))
    kinds = ["general", "announcement", "procurement", "announcement"]
    for day, kind in enumerate(kinds, start=1):
        open_office.show(
            open_office.draft(
                title=f"ข่าว {day}",
                kind=kind,
                posted_on=datetime.date(2026, 1, day),
                department=department if day == 1 else None,
            )
        )
    open_office.draft(title="ร่าง")
    return open_office


def titles(**variables) -> list[str]:
    return [node["title"] for node in ask(NEWS, **variables)["news"]["nodes"]]


def test_latest_news_comes_first(newsroom):
    assert titles() == ["ข่าว 4", "ข่าว 3", "ข่าว 2", "ข่าว 1"]


def test_kinds_are_filtered(newsroom):
    assert titles(filter={"kind": ["ANNOUNCEMENT", "PROCUREMENT"]}) == ["ข่าว 4", "ข่าว 3", "ข่าว 2"]


def test_days_are_filtered(newsroom):
    between = {"postedFrom": "2026-01-02", "postedUntil": "2026-01-03"}
    assert titles(filter=between) == ["ข่าว 3", "ข่าว 2"]


def test_division_is_filtered_by_its_id(newsroom):
    division = ask("{ departments { id title } }")["departments"][0]

    assert division["title"] == "กองช่าง"
    assert titles(filter={"department": division["id"]}) == ["ข่าว 1"]


def test_cursors_walk_through_the_whole_list(newsroom):
    seen, after = [], None
    for _page in range(4):
        found = ask(NEWS, first=1, after=after)["news"]
        seen += [node["title"] for node in found["nodes"]]
        after = found["pageInfo"]["endCursor"]

    assert seen == ["ข่าว 4", "ข่าว 3", "ข่าว 2", "ข่าว 1"]
    assert not found["pageInfo"]["hasNextPage"]


def test_total_counts_the_public_ones_only(newsroom):
    assert ask(NEWS, first=1)["news"]["totalCount"] == 4


@pytest.mark.parametrize("variables", [{"first": 101}, {"first": -1}, {"after": "nonsense"}])
def test_wrong_paging_is_refused(newsroom, variables):
    result = ask_for_result(NEWS, **variables)

    assert result.errors[0].original_error.__class__.__name__ == "Refused"


def test_buddhist_year_is_refused(newsroom):
    result = ask_for_result(NEWS, filter={"postedFrom": "2569-01-01"})

    assert "ISO 8601" in str(result.errors[0])


def test_pages_below_a_path_are_found(newsroom):
    query = '{ pages(filter: {under: "/th/news/"}) { totalCount nodes { title } } }'

    assert ask(query)["pages"]["totalCount"] == 4


def test_direct_children_are_found(newsroom):
    query = '{ pages(filter: {childOf: "/"}, order: MENU) { nodes { title } } }'

    assert [node["title"] for node in ask(query)["pages"]["nodes"]] == ["ข่าว"]


def test_navigation_nests_the_sections_in_menus(open_office):
    below = open_office.show(open_office.section(open_office.news, title="จัดซื้อ", slug="buy"))

    menu = ask("{ navigation { title path children { path } } }")["navigation"]
    assert menu == [
        {"title": "ข่าว", "path": "/th/news/", "children": [{"path": f"/th/news/{below.slug}/"}]}
    ]


def test_unsigned_division_is_not_listed(open_office):
    open_office.department(title="ยังไม่ลงนาม")

    assert ask("{ departments { title } }")["departments"] == []
