"""The search of the site: one page with the words that were typed and what they find."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from website.client import QueryRefused, query
from website.headers import public
from website.languages import locale_of, other_language
from website.rendering import message_response, plain_response

PAGE_SIZE = 10
MAX_QUERY = 200  # characters: as many as the API takes
_MAX_YEAR_DIGITS = 4
# By the parameter of the address: the facet of the API, and what it is called.
_CHOICES = {"type": "types", "department": "departments", "year": "years"}


@public
def search(request: HttpRequest, language: str) -> HttpResponse:
    """The form, and under `?q=` what was found; 400 for a place that the list does not have."""
    asked = " ".join(request.GET.get("q", "")[:MAX_QUERY].replace("\x00", "").split())
    with translation.override(language):
        if not asked:
            return _page(language)
        chosen = _chosen(request.GET)
        try:
            answer = query("search", _variables(language, asked, chosen, request.GET))
        except QueryRefused:
            return _nowhere(language, asked)
        return _page(language, asked, layout=answer, **_found(answer["search"], asked, chosen))


def _chosen(parameters: QueryDict) -> dict[str, str]:
    """The choices of the address that narrow the search."""
    chosen = {name: parameters.get(name, "").strip() for name in _CHOICES}
    year = chosen["year"]
    if not (year.isascii() and year.isdecimal() and len(year) == _MAX_YEAR_DIGITS):
        chosen["year"] = ""
    return {name: value for name, value in chosen.items() if value}


def _variables(
    language: str, asked: str, chosen: dict[str, str], parameters: QueryDict
) -> dict[str, Any]:
    return {
        "query": asked,
        "locale": locale_of(language),
        "types": [chosen["type"]] if "type" in chosen else None,
        "department": chosen.get("department"),
        "years": [int(chosen["year"])] if "year" in chosen else None,
        "first": PAGE_SIZE,
        "after": parameters.get("after") or None,
    }


def _found(answer: dict[str, Any], asked: str, chosen: dict[str, str]) -> dict[str, Any]:
    info, meant = answer["pageInfo"], answer["didYouMean"]
    return {
        "results": answer["nodes"],
        "count": answer["totalCount"],
        "facets": _facets(answer["facets"], asked, chosen),
        "is_narrowed": bool(chosen),
        "all_query": _query(asked, {}),
        "meant": meant,
        "meant_query": _query(meant, {}) if meant else "",
        "next_query": _query(asked, chosen, info["endCursor"]) if info["hasNextPage"] else "",
    }


def _facets(
    facets: dict[str, Any], asked: str, chosen: dict[str, str]
) -> list[tuple[str, list[dict[str, Any]], bool]]:
    """Each facet that has a choice: its name, a link for each, on and off, and if it is used."""
    names = {"type": _("Type of page"), "department": _("Division"), "year": _("Fiscal year")}
    found = []
    for parameter, facet in _CHOICES.items():
        others = {name: value for name, value in chosen.items() if name != parameter}
        links = [
            {
                **row,
                "is_on": (is_on := chosen.get(parameter) == row["key"]),
                "query": _query(asked, others if is_on else {**others, parameter: row["key"]}),
            }
            for row in facets[facet]
        ]
        if len(links) > 1 or parameter in chosen:
            found.append((names[parameter], links, parameter in chosen))
    return found


def _query(asked: str, chosen: dict[str, str], after: str = "") -> str:
    """A query string."""
    return f"?{urlencode({'q': asked, **chosen, **({'after': after} if after else {})})}"


def _nowhere(language: str, asked: str) -> HttpResponse:
    return message_response(
        language,
        _("This list does not go on here"),
        _("The address names a place in the list that does not exist."),
        status=400,
        way_on=f"{reverse('search', args=[language])}{_query(asked, {})}",
    )


def _page(language: str, asked: str = "", **context: Any) -> HttpResponse:
    switch_path = reverse("search", args=[other_language(language)])
    response = plain_response(
        "search",
        language,
        asked=asked,
        is_search=True,
        switch_path=switch_path + (_query(asked, {}) if asked else ""),
        **context,
    )
    response["X-Robots-Tag"] = "noindex"
    return response
