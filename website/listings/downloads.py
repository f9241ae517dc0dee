"""Every file that public pages offer, by type and year."""

import re
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms.thai.dates import BUDDHIST_ERA_OFFSET
from website.client import query
from website.languages import locale_of

PAGE_SIZE = 20
# By the enum DownloadType of the API.
TYPES = {
    "PDF": _("PDF"),
    "DOCUMENT": _("Word processor (DOC, DOCX, ODT)"),
    "TABLE": _("Tables (CSV, XLS, XLSX, ODS)"),
    "TEXT": _("Plain text (TXT)"),
    "IMAGE": _("Images (TIFF, JPEG, PNG)"),
    "OTHER": _("Other files"),
}
_YEAR = re.compile(r"2[45]\d\d", re.ASCII)  # of the Buddhist era


def downloads_list(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """Files with the pages that they stand on, the latest day first, for `listings/downloads.html`.

    Understands `?type=PDF&year=2569&after=<cursor>`; the year is of the Buddhist era in both
    languages. Values that do not exist are ignored. Raises `QueryRefused` for a cursor that is
    not the API's.
    """
    kind = next((kind for kind in TYPES if kind == parameters.get("type")), "")
    year = parameters.get("year", "")
    year = year if _YEAR.fullmatch(year) else ""
    after = parameters.get("after") or None
    data = query(
        "downloads",
        {
            "locale": locale_of(language),
            "first": PAGE_SIZE,
            "after": after,
            "type": kind or None,
            "year": int(year) if year else None,
        },
    )
    files = data["downloads"]
    info = files["pageInfo"]
    return {
        "items": files["nodes"],
        "count": files["totalCount"],
        "type_filters": _type_filters(kind, year),
        "year_filters": _year_filters(language, data["downloadYears"], kind, year),
        "is_filtered": bool(kind or year),
        "is_first": after is None,
        "first_query": _query(kind, year),
        "next_query": _query(kind, year, info["endCursor"]) if info["hasNextPage"] else "",
    }


def _type_filters(chosen: str, year: str) -> list[dict[str, Any]]:
    """A link for each type, within the chosen year."""
    every = {"label": _("All types"), "query": _query("", year), "is_on": not chosen}
    return [every] + [
        {"label": label, "query": _query(kind, year), "is_on": kind == chosen}
        for kind, label in TYPES.items()
    ]


def _year_filters(language: str, years: list[int], kind: str, chosen: str) -> list[dict[str, Any]]:
    """A link for each year that has files, within the chosen type; none where there is one year."""
    if len(years) < 2 and not chosen:
        return []
    offset = 0 if language == "th" else BUDDHIST_ERA_OFFSET
    every = {"label": _("All years"), "query": _query(kind, ""), "is_on": not chosen}
    return [every] + [
        {"label": year - offset, "query": _query(kind, str(year)), "is_on": str(year) == chosen}
        for year in years
    ]


def _query(kind: str, year: str, after: str = "") -> str:
    pairs = [("type", kind), ("year", year), ("after", after)]
    found = [(name, value) for name, value in pairs if value]
    return f"?{urlencode(found)}" if found else ""
