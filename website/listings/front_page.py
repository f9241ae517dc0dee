"""What stands on the front page: the newest news, and the banners whose time it is."""

from typing import Any
from urllib.parse import urlsplit

from django.http import QueryDict

from website.client import query
from website.languages import locale_of


def front_page(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """Urgent news, one item that leads with its picture, the others; and the banners."""
    data = query("home", {"locale": locale_of(language)})
    return {**_latest_news(data["news"]["nodes"]), "banners": _banners(data["banners"]["nodes"])}


def _latest_news(items: list[dict[str, Any]]) -> dict[str, Any]:
    urgent = [item for item in items if item["isUrgent"]]
    others = [item for item in items if not item["isUrgent"]]
    lead = next((item for item in others if item["leadImage"]), None)
    return {
        "urgent_news": urgent,
        "lead_news": lead,
        "other_news": [item for item in others if item is not lead],
    }


def _banners(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Banners with their address. One whose page is not public any more leads nowhere: left out."""
    found = []
    for item in items:
        target = item["linkPage"]["path"] if item["linkPage"] else item["linkUrl"]
        if target and item["image"]:
            found.append({**item, "target": target, "host": urlsplit(target).hostname or ""})
    return found
