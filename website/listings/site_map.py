"""The map of every public page of a language, nested as the addresses are (1.1 (7))."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict

from website.languages import locale_of
from website.walking import every_node


def site_map(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """The front page with all that stands below it, for `listings/site_map.html`."""
    pages = list(every_node("site_map", "pages", {"locale": locale_of(language)}))
    return {"tree": nested(pages), "count": len(pages)}


def nested(pages: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pages as trees: each with its `children` in the given order, and `below`, their number.

    A page whose section is not public stands below the nearest one that is.
    """
    nodes: dict[str, dict[str, Any]] = {
        page["path"]: {**page, "children": [], "below": 0} for page in pages
    }
    roots: list[dict[str, Any]] = []
    for path, node in nodes.items():
        above = [nodes[upper] for upper in _paths_above(path) if upper in nodes]
        (above[0]["children"] if above else roots).append(node)
        for upper in above:
            upper["below"] += 1
    return roots


def _paths_above(path: str) -> list[str]:
    """`"/th/a/b/"` gives `["/th/a/", "/th/"]`."""
    parts = path.strip("/").split("/")
    return [f"/{'/'.join(parts[:count])}/" for count in range(len(parts) - 1, 0, -1)]
