"""Plans, budgets, projects and reports by fiscal year, with filters by year and type."""

from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from website.client import query
from website.languages import locale_of

PAGE_SIZE = 50
# By the value of `?type=`: the type of the API and what readers call it.
TYPES: dict[str, tuple[str, Any]] = {
    "plan": ("PlanPage", _("Plans")),
    "budget": ("BudgetPage", _("Budgets")),
    "project": ("ProjectPage", _("Projects")),
    "report": ("ReportPage", _("Agreements and reports")),
}
_ORDER = [name for name, _label in TYPES.values()]


def pages_by_year(language: str, page: dict[str, Any], parameters: QueryDict) -> dict[str, Any]:
    """Everything below a section that is about a fiscal year, for `listings/by_year.html`.

    Understands `?year=2570&type=budget&after=<cursor>`; what does not exist is ignored. Plans of
    several years stand apart, under every year that they cover. Raises `QueryRefused` for a
    cursor that is not the API's.
    """
    kind = parameters.get("type", "") if parameters.get("type") in TYPES else ""
    year = _year(parameters.get("year", ""))
    after = parameters.get("after") or None
    answer = query("by_year", _variables(language, page["path"], year, kind, after))
    info = answer["pages"]["pageInfo"]
    years = [year["be"] for year in answer["fiscalYears"]]
    plans = answer["plans"]["nodes"] if kind in ("", "plan") and not after else []
    years = sorted({*years, *_covered(plans)}, reverse=True)
    return {
        "years": _grouped(answer["pages"]["nodes"]),
        "plans": [plan for plan in plans if _runs_through(plan, year)],
        "filters": _filters(years, year, kind),
        "is_filtered": bool(year or kind),
        "next_query": _query(year, kind, info["endCursor"]) if info["hasNextPage"] else "",
    }


def _variables(
    language: str, path: str, year: int | None, kind: str, after: str | None
) -> dict[str, Any]:
    types = [TYPES[kind][0]] if kind else None
    conditions = {"under": path, "fiscalYear": year, "type": types}
    return {
        "locale": locale_of(language),
        "first": PAGE_SIZE,
        "after": after,
        "filter": {name: value for name, value in conditions.items() if value},
        "plans": {"under": path, "type": ["PlanPage"]},
        "under": path,
    }


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) == len("2570") else None


def _is_long(item: dict[str, Any]) -> bool:
    last = item.get("lastFiscalYear")
    return last is not None and last["be"] > item["fiscalYear"]["be"]


def _runs_through(plan: dict[str, Any], year: int | None) -> bool:
    """Whether a plan is one of several years, and of this one."""
    if not _is_long(plan):
        return False
    return year is None or year in _years_of(plan)


def _covered(plans: list[dict[str, Any]]) -> set[int]:
    return {year for plan in plans if _is_long(plan) for year in _years_of(plan)}


def _years_of(plan: dict[str, Any]) -> range:
    return range(plan["fiscalYear"]["be"], plan["lastFiscalYear"]["be"] + 1)


def _grouped(items: list[dict[str, Any]]) -> list[tuple[int, list[dict[str, Any]]]]:
    """Years with their pages, the latest first; in a year plans before budgets and so on."""
    single = [item for item in items if not _is_long(item)]
    return [
        (year, sorted(group, key=_place))
        for year, group in groupby(single, key=lambda item: item["fiscalYear"]["be"])
    ]


def _place(item: dict[str, Any]) -> int:
    name = item["__typename"]
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _filters(years: list[int], year: int | None, kind: str) -> list[list[dict[str, Any]]]:
    """Two rows of links: the years, the types."""
    every_year = {"label": _("All years"), "query": _query(None, kind), "is_on": year is None}
    every_type = {"label": _("All kinds"), "query": _query(year, ""), "is_on": not kind}
    by_year = [
        {"year": number, "query": _query(number, kind), "is_on": number == year} for number in years
    ]
    by_type = [
        {"label": label, "query": _query(year, name), "is_on": name == kind}
        for name, (_type, label) in TYPES.items()
    ]
    return [[every_year, *by_year], [every_type, *by_type]]


def _query(year: int | None, kind: str, after: str = "") -> str:
    pairs = {"year": year, "type": kind, "after": after}
    text = urlencode({name: value for name, value in pairs.items() if value})
    return f"?{text}" if text else ""
