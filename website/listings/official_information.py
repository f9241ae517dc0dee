"""The index of official information: every part of sections 7 and 9, and one part by itself."""

from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from website.client import query
from website.languages import locale_of


def official_information(
    language: str, page: dict[str, Any], parameters: QueryDict
) -> dict[str, Any]:
    """The overview, or with `?section=s9-3` the pages of one part, for its template.

    A section that does not exist is ignored. Raises `QueryRefused` for a cursor that is not the
    API's.
    """
    locale = {"locale": locale_of(language)}
    parts = [
        {**part, "query": section_query(part["section"])}
        for part in query("official_information", locale)["officialInformation"]
    ]
    asked = parameters.get("section", "")
    part = next((part for part in parts if _key(part["section"]) == asked), None)
    sections = [
        {"number": number, "parts": list(group)}
        for number, group in groupby(parts, key=lambda item: item["section"][1])
    ]
    if part is None:
        return {"sections": sections}
    return {
        "sections": sections,
        "part": part,
        "title": part["label"],
        "own_query": part["query"],
        **_pages(locale, part, parameters),
    }


def section_query(section: str) -> str:
    """The query string of one part: `"S9_3"` gives `"?section=s9-3"`."""
    return f"?section={_key(section)}"


def _key(section: str) -> str:
    return section.lower().replace("_", "-")


def _pages(locale: dict[str, str], part: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """Pages about a fiscal year, the latest first, and those that hold for all years."""
    after, after_lasting = parameters.get("after") or None, parameters.get("lasting") or None
    data = query(
        "official_information_pages",
        {**locale, "section": part["section"], "after": after, "afterLasting": after_lasting},
    )
    # A cursor leads on in one of the two lists: the other one is not shown again.
    dated = [] if after_lasting else data["dated"]["nodes"]
    lasting = [] if after else data["lasting"]["nodes"]
    return {
        "years": [
            (year, list(group))
            for year, group in groupby(dated, lambda item: item["fiscalYear"]["be"])
        ],
        "lasting": lasting,
        "is_first": not (after or after_lasting),
        "next_query": "" if after_lasting else _next(part, data["dated"], "after"),
        "next_lasting_query": "" if after else _next(part, data["lasting"], "lasting"),
    }


def _next(part: dict[str, Any], found: dict[str, Any], name: str) -> str:
    info = found["pageInfo"]
    if not info["hasNextPage"]:
        return ""
    return f"{part['query']}&{urlencode({name: info['endCursor']})}"
