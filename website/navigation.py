"""Finding one's way in the menus: sections with a task of their own, and the other language."""

from typing import Any

from website.client import query
from website.languages import locale_of, other_language

# The site gives these sections more than their own text, wherever the office puts them.
NEWS_SECTION = "news"
SITE_MAP_SECTION = "sitemap"


def is_section(page: dict[str, Any], slug: str) -> bool:
    """Whether a page is the section that ends in a slug."""
    return page["__typename"] == "SectionPage" and page["path"].endswith(f"/{slug}/")


def section_path(navigation: list[dict[str, Any]], slug: str) -> str:
    """The address of the first section in the menus that ends in a slug, or the empty text."""
    for item in navigation:
        if item["path"].endswith(f"/{slug}/"):
            return item["path"]
        # Leaf items of the menu query carry no children.
        if found := section_path(item.get("children", []), slug):
            return found
    return ""


def navigation_of(language: str) -> list[dict[str, Any]]:
    """The menus for a page that no operation with a layout answers, such as an error."""
    return query("layout", {"locale": locale_of(language)})["navigation"]


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
