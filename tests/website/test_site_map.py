"""The map of the whole site: every page of the language, nested by path (1.1 (7))."""

import pytest

from pages.models import Listing
from tests.office import Office
from tests.website.many import multiply, publication_of
from tests.website.reading import published, read, words
from website.listings.site_map import nested


@pytest.fixture
def section(open_office: Office):
    """A public section that shows the map."""
    found = open_office.section(
        open_office.home, title="ผังเว็บไซต์", slug="map", listing=Listing.SITE_MAP
    )
    return open_office.show(found)


def links(path: str = "/th/map/") -> list[str]:
    return [link["href"] for link in read(path).select(".site-map a")]


def test_every_kind_of_page_is_on_the_map(open_office: Office, section):
    published(open_office, slug="item")

    assert sorted(links()) == ["/th/", "/th/map/", "/th/news/", "/th/news/item/"]


def test_pages_stand_below_their_section(open_office: Office, section):
    published(open_office, slug="item")

    page = read("/th/map/")
    item = page.select_one('.site-map a[href="/th/news/item/"]')
    assert item.find_parent("details").find_previous_sibling("a")["href"] == "/th/news/"


def test_sections_can_be_folded_without_scripts(open_office: Office, section):
    published(open_office, slug="item")

    (fold,) = read("/th/map/").select(".site-map details")
    assert fold.has_attr("open")
    assert "1" in words(fold.summary)


def test_drafts_and_the_other_language_are_not_on_the_map(open_office: Office, section):
    open_office.draft(slug="secret")

    assert not [link for link in links() if "secret" in link or link.startswith("/en/")]


def test_more_than_a_hundred_pages_are_all_there(open_office: Office, section):
    first = publication_of(published(open_office, slug="item"))
    multiply(first, 230, lambda data, number: None)

    page = read("/th/map/")
    assert len(page.select(".site-map a")) == 234
    assert "234" in words(page.select_one(".site-map .count"))


def test_page_that_one_is_on_is_marked(open_office: Office, section):
    marked = read("/th/map/").select(".site-map [aria-current=page]")

    assert [link["href"] for link in marked] == ["/th/map/"]


def test_page_whose_section_is_not_public_stands_below_the_nearest_one():
    paths = ["/th/a/b/c/", "/th/", "/th/a/"]
    (root,) = nested({"path": path, "title": path} for path in paths)

    assert root["path"] == "/th/"
    assert root["children"][0]["children"][0]["path"] == "/th/a/b/c/"
    assert (root["below"], root["children"][0]["below"]) == (2, 1)


def test_order_of_the_office_is_kept():
    pages = [{"path": path, "title": ""} for path in ("/th/b/", "/th/", "/th/a/")]
    (root,) = nested(pages)

    assert [node["path"] for node in root["children"]] == ["/th/b/", "/th/a/"]
