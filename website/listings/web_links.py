"""Links to other sites, by kind (announcement 1.1 (6))."""

from typing import Any
from urllib.parse import urlsplit

from django.http import QueryDict

from website.client import query
from website.languages import locale_of
from website.walking import every_node


def web_links(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """Every link in its group, in the office's order, for `listings/web_links.html`."""
    locale = {"locale": locale_of(language)}
    links = [
        {**link, "host": _host(link["url"])} for link in every_node("web_links", "records", locale)
    ]
    kinds = query("web_link_kinds", locale)["kindCounts"]
    groups = [
        {**kind, "links": [link for link in links if link["linkKind"] == kind["kind"]]}
        for kind in kinds
    ]
    return {"groups": [group for group in groups if group["links"]]}


def _host(url: str) -> str:
    """The site's name as readers know it."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
