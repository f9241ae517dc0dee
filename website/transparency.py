"""The page on which the office tells of itself: coverage, answers, complaints, publications."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cms.thai.dates import BUDDHIST_ERA_OFFSET
from website.client import QueryRefused, query
from website.headers import public
from website.languages import locale_of, other_language
from website.moments import PARAMETER as AS_OF
from website.rendering import message_response, plain_response
from website.transparency_tables import curve_of, log_rows, tables_of

LOG_PAGE = 20
_YEAR = "year"


@public
def transparency(request: HttpRequest, language: str) -> HttpResponse:
    """As of today or of `?as_of=`, with the cases of a fiscal year (`?year=`, Buddhist era).

    `?after=` goes on in the log. 400 for a day, a year or a place that there is not.
    """
    with translation.override(language):
        chosen = chosen_in(request.GET)
        after = request.GET.get("after") or None
        try:
            variables = {**variables_of(language, chosen), "first": LOG_PAGE, "after": after}
            answer = query("transparency", variables)
        except QueryRefused:
            return nothing_told(language)
        return _page(language, answer, chosen, is_first=after is None)


def chosen_in(parameters: QueryDict) -> dict[str, str]:
    """The day and the fiscal year of an address, as they were typed."""
    found = {name: parameters.get(name, "").strip()[:20] for name in (AS_OF, _YEAR)}
    return {name: value for name, value in found.items() if value}


def variables_of(language: str, chosen: dict[str, str]) -> dict[str, Any]:
    """Of the stored operation, without the part of the log."""
    return {
        "locale": locale_of(language),
        "asOf": chosen.get(AS_OF),
        "fiscalYear": _number(chosen.get(_YEAR)),
    }


def nothing_told(language: str) -> HttpResponse:
    """400: what was asked for is no day of the past, no fiscal year that is told, no place."""
    return message_response(
        language,
        _("Nothing is told under this address"),
        _(
            "A day must be of the past and written in ISO 8601 and in the common era, for example "
            "2026-04-30; a fiscal year must be one of the last five, in the Buddhist era."
        ),
        status=400,
        way_on=reverse("transparency", args=[language]),
    )


def _page(
    language: str, answer: dict[str, Any], chosen: dict[str, str], is_first: bool
) -> HttpResponse:
    told, path = answer["transparency"], reverse("transparency", args=[language])
    of_day = {name: value for name, value in chosen.items() if name == AS_OF}
    page_info = told["log"]["pageInfo"]
    next_query = {**chosen, "after": page_info["endCursor"]}
    return plain_response(
        "transparency",
        language,
        layout=answer,
        told=told,
        as_of=chosen.get(AS_OF, ""),
        tables=tables_of(told),
        curve=curve_of(told["recordedDays"], language),
        log=log_rows(told["log"]["nodes"]),
        is_first=is_first,
        next_query=urlencode(next_query) if page_info["hasNextPage"] else "",
        years=[
            (_era(year, language), urlencode({**of_day, _YEAR: year}), year == _shown_year(told))
            for year in told["fiscalYears"]
        ],
        file_query=urlencode(chosen),
        path=path,
        switch_path=_with(reverse("transparency", args=[other_language(language)]), chosen),
    )


def _era(year: int, language: str) -> str:
    """A fiscal year as people of a language write it."""
    era = _("B.E. %(year)s") % {"year": year}
    return str(year) if language == "th" else f"{year - BUDDHIST_ERA_OFFSET} ({era})"


def _shown_year(told: dict[str, Any]) -> int:
    return told["responseTimes"]["fiscalYear"]["be"]


def _with(path: str, chosen: dict[str, str]) -> str:
    return f"{path}?{urlencode(chosen)}" if chosen else path


def _number(text: str | None) -> int | None:
    """A fiscal year; what is none becomes one of which nothing is told."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else 0
