"""The public page of one record's versions: when each began and what it changed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from website.client import query
from website.headers import public
from website.languages import locale_of
from website.rendering import changes_response, gone_response, not_found_response

VERSIONS_PER_PAGE = 10
_PARAMETER = "skip"
_MAX_DIGITS = 5


@public
def changes(request: HttpRequest, language: str, permanent_id: str) -> HttpResponse:
    """Ten versions at a time, the newest first; 410 where the record was withdrawn."""
    skip = _number(request.GET.get(_PARAMETER, ""))
    variables = {
        "permanentId": permanent_id,
        "locale": locale_of(language),
        "first": VERSIONS_PER_PAGE,
        "skip": skip,
    }
    with translation.override(language):
        data = query("history", variables)
        if data["history"] is None:
            return _not_public(language, permanent_id, data)
        return changes_response(language, data, **_paging(data["history"], skip))


def _not_public(language: str, permanent_id: str, layout: dict[str, Any]) -> HttpResponse:
    variables = {"permanentId": permanent_id, "locale": locale_of(language)}
    found = query("permanent", variables)["page"]
    if found and found["__typename"] == "Gone":
        return gone_response(language, found, layout)
    return not_found_response(language, layout)


def _paging(history: dict[str, Any], skip: int) -> dict[str, Any]:
    """Marks the first version of all, and names the pages before and after this one."""
    seen = skip + len(history["versions"])
    for number, version in enumerate(history["versions"], start=skip + 1):
        version["is_first"] = number == history["versionCount"]
    newer = max(skip - VERSIONS_PER_PAGE, 0)
    return {
        "older_query": f"?{_PARAMETER}={seen}" if seen < history["versionCount"] else "",
        "newer_query": (f"?{_PARAMETER}={newer}" if newer else "?") if skip else "",
    }


def _number(text: str) -> int:
    is_number = text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS
    return int(text) if is_number else 0
