"""Languages in order of preference, and what was served."""

import pytest

from tests.api.ask import ask
from tests.office import Office

PAGE = """query ($path: String!, $locale: Locale! = EN, $fallback: [Locale!]) {
  page(path: $path, locale: $locale, fallback: $fallback) {
    __typename
    ... on Page {
      title requestedLocale servedLocale isFallback hreflang { hreflang href }
    }
    ... on Redirect { path statusCode isPermanent }
  } }"""


@pytest.fixture
def item(open_office: Office):
    return open_office.show(open_office.draft(title="น้ำท่วม", slug="flood"))


def translated(office: Office, item, **fields):
    english = item.copy_for_translation(office.english)
    for name, value in {"title": "Flood", **fields}.items():
        setattr(english, name, value)
    english.save_revision(user=office.translator.user)
    return office.show(english)


def page(path: str, **variables):
    return ask(PAGE, path=path, **variables)["page"]


def test_without_a_fallback_there_is_nothing(item):
    assert page("/news/flood/") is None


def test_fallback_says_that_it_is_one(item):
    found = page("/news/flood/", fallback=["TH"])

    assert (found["requestedLocale"], found["servedLocale"], found["isFallback"]) == (
        "EN",
        "TH",
        True,
    )


def test_translation_goes_before_the_fallback(open_office, item):
    translated(open_office, item)

    found = page("/news/flood/", fallback=["TH"])
    assert (found["title"], found["isFallback"]) == ("Flood", False)


def test_translation_at_another_address_is_redirected_to(open_office, item):
    translated(open_office, item, slug="high-water")

    found = page("/news/flood/", fallback=["TH"])
    assert found == {
        "__typename": "Redirect",
        "path": "/en/news/high-water/",
        "statusCode": 302,
        "isPermanent": False,
    }


@pytest.mark.parametrize(
    "path", ["/th/news/flood/", "th/news/flood", "/th/news/flo%6Fd/?a=1#top", "//th/news/flood//"]
)
def test_whole_path_is_understood_as_copied(item, path):
    assert page(path)["title"] == "น้ำท่วม"


def test_list_has_each_record_once_in_the_first_language_it_has(open_office, item):
    translated(open_office, item)
    open_office.show(open_office.draft(title="ไฟป่า"))
    query = """{ pages(locale: EN, fallback: [TH], filter: {type: ["NewsPage"]}, order: NEWEST) {
      totalCount nodes { title requestedLocale isFallback } } }"""

    found = ask(query)["pages"]
    assert found["totalCount"] == 2
    assert {(node["title"], node["isFallback"]) for node in found["nodes"]} == {
        ("Flood", False),
        ("ไฟป่า", True),
    }
    assert {node["requestedLocale"] for node in found["nodes"]} == {"EN"}


def test_move_is_permanent(open_office, item):
    open_office.show(open_office.edit(item, slug="high-water"))

    found = page("/th/news/flood/")
    assert (found["path"], found["statusCode"]) == ("/th/news/high-water/", 301)


def test_hreflang_names_every_language_and_a_default(open_office, item):
    translated(open_office, item)

    assert page("/en/news/flood/")["hreflang"] == [
        {"hreflang": "en", "href": "/en/news/flood/"},
        {"hreflang": "th", "href": "/th/news/flood/"},
        {"hreflang": "x-default", "href": "/th/news/flood/"},
    ]
