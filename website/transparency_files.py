"""The numbers of transparency and the log of publications as open data: CSV and JSON."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation

from cms.thai.spreadsheets import CONTENT_TYPES, write_table
from website.client import QueryRefused, query
from website.headers import public
from website.languages import locale_of, site_name
from website.moments import PARAMETER as AS_OF
from website.transparency import chosen_in, nothing_told, variables_of
from website.transparency_tables import (
    action_names,
    case_measures,
    framework_measures,
    measures,
    names_of,
    response_measures,
)

LOG_ROWS = 1_000  # of one file, which names the next one
_PAGE = 100
_NUMBERS = ["part", "key", "name", "period", "measure", "measure_name", "value"]
_LOG = ["at", "action", "action_name", "type", "type_name", "title", "language", "address", "page"]


@public
def transparency_file(
    request: HttpRequest, language: str, name: str, file_format: str
) -> HttpResponse:
    """`numbers` or `log` as `csv` or `json`, as of today or of `?as_of=`; 400 as the page.

    A file of the log has the newest thousand rows; `Link: ...; rel="next"` names the file of the
    next ones.
    """
    with translation.override(language):
        try:
            make = {"numbers": _numbers, "log": _log}[name]
            response = make(request, language, file_format)
        except QueryRefused:
            return nothing_told(language)
    response["Access-Control-Allow-Origin"] = "*"  # public data, no cookies
    return response


def _numbers(request: HttpRequest, language: str, file_format: str) -> HttpResponse:
    """What the page shows: one number a line, with its key and in words."""
    variables = {**variables_of(language, chosen_in(request.GET)), "first": 0}
    told = query("transparency", variables)["transparency"]
    if file_format == "json":
        numbers = {name: value for name, value in told.items() if name != "log"}
        return _json({"office": site_name(language), "language": language, **numbers})
    lines = [[str(cell) for cell in line] for line in _lines(told)]
    return _csv([_NUMBERS, *lines], f"transparency-{told['day']}.csv")


def _lines(told: dict[str, Any]) -> Iterator[list[Any]]:
    yield from _measured("coverage", "", "", told["day"], told["totals"], measures())
    for part in ("chapters", "divisions", "years"):
        for one in told[part]:
            name = names_of(part, one)
            yield from _measured(part, one["key"], name, told["day"], one["totals"], measures())
    for one in told["frameworks"]:
        about = ("frameworks", one["key"], one["title"], one["fiscalYear"]["be"])
        yield from _measured(*about, one, framework_measures())
    for day in told["recordedDays"]:
        yield from _measured("recordedDays", "", "", day["date"], day, measures()[:3])
    times = told["responseTimes"]
    yield from _measured(
        "responseTimes", "", "", times["fiscalYear"]["be"], times, response_measures()
    )
    for channel in told["channels"]:
        named = ("channels", channel["channel"], channel["channelLabel"])
        for month in channel["months"]:
            yield from _measured(*named, month["month"][:7], month, case_measures())
        yield from _measured(*named, channel["fiscalYear"]["be"], channel, case_measures())
    received = case_measures()[:1]
    for year in told["corruptionComplaints"]:
        yield from _measured(
            "corruptionComplaints", "", "", year["fiscalYear"]["be"], year, received
        )
    if reached := told["reachability"]:
        period = f"{reached['firstDay']}/{reached['lastDay']}"
        names = [(name, name) for name in ("samples", "answered", "percent")]
        yield from _measured("reachability", "", "", period, reached, names)


def _measured(
    part: str, key: str, name: str, period: Any, numbers: dict[str, Any], names: Any
) -> Iterator[list[Any]]:
    """A line for each number; the value is empty where there is none."""
    for measure, words in names:
        value = numbers[measure]
        yield [part, key, name, period, measure, words, "" if value is None else value]


def _log(request: HttpRequest, language: str, file_format: str) -> HttpResponse:
    as_of = chosen_in(request.GET).get(AS_OF)
    nodes: list[dict[str, Any]] = []
    after = request.GET.get("after") or None
    while len(nodes) < LOG_ROWS:
        asked = {"locale": locale_of(language), "asOf": as_of, "first": _PAGE, "after": after}
        told = query("transparency_log", asked)["transparency"]
        nodes += told["log"]["nodes"]
        info = told["log"]["pageInfo"]
        after = info["endCursor"] if info["hasNextPage"] else None
        if after is None:
            break
    rows = [_logged(node) for node in nodes]
    if file_format == "json":
        response: HttpResponse = _json({"day": told["day"], "rows": rows})
    else:
        table = [_LOG, *([row[name] for name in _LOG] for row in rows)]
        response = _csv(table, f"publications-{told['day']}.csv")
    if after:
        going_on = urlencode({**({AS_OF: as_of} if as_of else {}), "after": after})
        response["Link"] = f'<{request.path}?{going_on}>; rel="next"'
    return response


def _logged(node: dict[str, Any]) -> dict[str, str]:
    return {
        "at": node["at"],
        "action": node["action"],
        "action_name": action_names()[node["action"]],
        "type": node["type"],
        "type_name": node["typeLabel"],
        "title": node["title"],
        "language": node["locale"].lower(),
        "address": _whole(node["permanentPath"]),
        "page": _whole(node["path"]),
    }


def _whole(path: str | None) -> str:
    return f"{settings.BASE_URL}{path}" if path else ""


def _csv(table: list[list[str]], name: str) -> HttpResponse:
    """UTF-8 with BOM; no cell can act as a formula."""
    response = HttpResponse(write_table(table, "csv"), content_type=CONTENT_TYPES["csv"])
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _json(data: dict[str, Any]) -> JsonResponse:
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
