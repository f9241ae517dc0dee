"""What search engines are told."""

from xml.etree import ElementTree

from tests.office import Office
from tests.website.reading import published

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def entries(client) -> dict[str, ElementTree.Element]:
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)  # noqa: S314 (our own)
    return {entry.findtext("s:loc", "", NAMES): entry for entry in root.findall("s:url", NAMES)}


def test_both_languages_are_listed(open_office: Office, client, settings):
    paths = ["/th/", "/th/news/", "/en/", "/en/news/"]

    assert set(entries(client)) == {settings.BASE_URL + path for path in paths}


def test_each_page_names_its_translation(open_office: Office, client, settings):
    entry = entries(client)[f"{settings.BASE_URL}/en/news/"]

    found = {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", NAMES)}
    assert found == {
        "th": f"{settings.BASE_URL}/th/news/",
        "en": f"{settings.BASE_URL}/en/news/",
    }


def test_page_without_translation_has_no_alternates(open_office: Office, client, settings):
    published(open_office, slug="thai-only")

    entry = entries(client)[f"{settings.BASE_URL}/th/news/thai-only/"]
    assert entry.findall("x:link", NAMES) == []


def test_draft_is_not_listed(open_office: Office, client):
    page = open_office.draft()

    assert not [address for address in entries(client) if page.slug in address]


def test_every_page_of_a_long_list_is_there(open_office: Office, client, monkeypatch):
    from website import sitemap

    asked = []

    def two_slices(name, variables):
        asked.append(variables["after"])
        path = f"/{variables['locale'].lower()}/{len(asked)}/"
        node = {"path": path, "publishedAt": "2026-01-01T00:00:00Z", "translations": []}
        more = variables["after"] is None
        info = {"hasNextPage": more, "endCursor": "next"}
        return {"pages": {"nodes": [node], "pageInfo": info}}

    monkeypatch.setattr(sitemap, "query", two_slices)

    assert len(entries(client)) == 4
    assert asked == [None, "next", None, "next"]


def test_robots_are_shown_the_sitemap(client, db, settings):
    response = client.get("/robots.txt")

    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in response.content.decode()
    assert "Disallow: /admin/" in response.content.decode()
