"""The menus, nested."""

import pytest

from tests.api.ask import ask, ask_for_result
from tests.office import Office

MENU = """query ($depth: Int! = 10, $under: String, $locale: Locale! = TH, $fallback: [Locale!]) {
  navigation(depth: $depth, under: $under, locale: $locale, fallback: $fallback) {
    path isFallback hasChildren children { path children { path } }
  } }"""


@pytest.fixture
def menu(open_office: Office):
    inner = open_office.show(
        open_office.section(open_office.news, title="ใน", slug="inner", listing="news")
    )
    return open_office.show(open_office.section(inner, title="ลึก", slug="deep", listing="news"))


def navigation(**variables):
    return ask(MENU, **variables)["navigation"]


def test_sections_are_nested(menu):
    (news,) = navigation()

    assert news["children"] == [
        {"path": "/th/news/inner/", "children": [{"path": "/th/news/inner/deep/"}]}
    ]


def test_depth_cuts_and_says_that_there_is_more(menu):
    (news,) = navigation(depth=1)

    assert (news["children"], news["hasChildren"]) == ([], True)


def test_under_a_page(menu):
    assert [item["path"] for item in navigation(under="/th/news/")] == ["/th/news/inner/"]


def test_fallback_fills_the_gaps(menu):
    (news,) = navigation(locale="EN", fallback=["TH"])

    assert (news["path"], news["isFallback"]) == ("/en/news/", False)
    assert news["children"][0]["path"] == "/th/news/inner/"


@pytest.mark.parametrize("depth", [0, 11])
def test_depth_has_a_cap(open_office, depth):
    assert ask_for_result(MENU, depth=depth).errors


def test_menus_cost_one_query(menu, django_assert_num_queries):
    with django_assert_num_queries(1):
        navigation()
