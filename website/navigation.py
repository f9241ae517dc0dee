"""Finding one's way in the menus, and to the other language."""

from typing import Any

from website.client import query
from website.languages import locale_of, other_language


def section_path(navigation: list[dict[str, Any]], listing: str) -> str:
    """The address of the first section in the menus with a listing, or the empty text."""
    for item in navigation:
        if item["listing"] == listing:
            return item["path"]
        # Leaf items of the menu query carry no children.
        if found := section_path(item.get("children", []), listing):
            return found
    return ""


def layout_of(language: str) -> dict[str, Any]:
    """Menus and alerts for a page that no operation with a layout answers, such as an error."""
    return query("layout", {"locale": locale_of(language)})


def with_current(navigation: list[dict[str, Any]], path: str) -> list[dict[str, Any]]:
    """The menus, each item marked `is_current` (this page) and `is_open` (it or one below)."""
    return [
        {
            **item,
            "children": with_current(item.get("children", []), path),
            "is_current": item["path"] == path,
            "is_open": path.startswith(item["path"]),
        }
        for item in navigation
    ]


def translation_path(page: dict[str, Any], language: str) -> str:
    """The address of a page's translation into the language of the switch, if it is public."""
    wanted = locale_of(other_language(language))
    paths = [item["path"] for item in page["translations"] if item["locale"] == wanted]
    return next(iter(paths), None) or ""
