"""`sitemap.xml` and `robots.txt` for search engines."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from website.client import query
from website.headers import public
from website.languages import LANGUAGES, locale_of


@public
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page in both languages, each with its translation."""
    entries = [entry for language in LANGUAGES for entry in _entries(language)]
    xml = render_to_string("website/sitemap.xml", {"entries": entries, "base": settings.BASE_URL})
    return HttpResponse(xml, content_type="application/xml; charset=utf-8")


@public
def robots(request: HttpRequest) -> HttpResponse:
    """Everything but the admin, and where the sitemap is."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "",
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _entries(language: str) -> Iterator[dict[str, Any]]:
    for page in _pages(language):
        paths = {item["locale"].lower(): item["path"] for item in page["translations"]}
        paths[language] = page["path"]
        alternates = [(code, paths[code]) for code in LANGUAGES if paths.get(code)]
        yield {
            "path": page["path"],
            "changed": page["publishedAt"],
            "alternates": alternates if len(alternates) > 1 else [],
        }


def _pages(language: str) -> Iterator[dict[str, Any]]:
    """Every page of a language, a hundred at a time."""
    after = None
    while True:
        pages = query("sitemap", {"locale": locale_of(language), "after": after})["pages"]
        yield from pages["nodes"]
        if not pages["pageInfo"]["hasNextPage"]:
            return
        after = pages["pageInfo"]["endCursor"]
