"""The numbers of transparency as tables and a curve: one home for their words."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from cms.thai.dates import format_date
from website.chart_shapes import Figures, Series
from website.charts import Chart, chart_of

_POINTS = 9  # of the curve: more would hide each other on a telephone
DASH = "–"


class Table(NamedTuple):
    """A table of numbers: `rows` are a heading and its cells."""

    id: str
    caption: str
    heading: str
    columns: list[str]
    rows: list[tuple[str, list[Any]]]


def measures() -> list[tuple[str, str]]:
    """The numbers of coverage with their words: those of the report in the admin."""
    return [
        ("owed", _("owed")),
        ("public", _("public")),
        ("inOrder", _("in order")),
        ("missing", _("missing")),
        ("incomplete", _("incomplete")),
        ("overdue", _("review overdue")),
        ("due", _("review due soon")),
        ("fresh", _("public and reviewed")),
        ("publicInThai", _("public in Thai")),
        ("publicInEnglish", _("public in English")),
        ("englishOutdated", _("English outdated")),
        ("brokenLinks", _("with broken links")),
        ("percent", _("public, per cent")),
    ]


def framework_measures() -> list[tuple[str, str]]:
    """The numbers of a list of others."""
    return [
        ("items", _("items")),
        ("complete", _("complete")),
        ("incomplete", _("incomplete")),
        ("missing", _("missing")),
        ("percent", _("complete, per cent")),
    ]


def case_measures() -> list[tuple[str, str]]:
    """The numbers of what citizens sent."""
    return [
        ("received", _("received")),
        ("closed", _("answered")),
        ("open", _("waiting for an answer")),
    ]


def response_measures() -> list[tuple[str, str]]:
    """The numbers of how quickly questions were answered."""
    return [
        ("received", _("questions received")),
        ("answered", _("answered")),
        ("waiting", _("waiting for an answer")),
        ("medianDays", _("days until the answer, median")),
        ("promisedDays", _("days that the office promises")),
        ("withinPromise", _("answered within the promise")),
        ("withinPercent", _("answered within the promise, per cent")),
    ]


def names_of(part: str, group: dict[str, Any]) -> str:
    """What a chapter, division or fiscal year is called; each has its word for none."""
    if part == "chapters":
        return f"{group['key']} {group['title']}".strip() or _("withdrawn since")
    if part == "years":
        return group["title"] or _("owed always")
    return group["title"] or _("no division")


def action_names() -> dict[str, str]:
    """What happened to a record, in words."""
    return {
        "PUBLISHED": _("published"),
        "CHANGED": _("changed"),
        "WITHDRAWN": _("withdrawn"),
    }


def tables_of(told: dict[str, Any]) -> dict[str, Any]:
    """Every table of the page, by what it tells of."""
    captions = {
        "chapters": (_("By chapter of the announcement"), _("chapter")),
        "divisions": (_("By division"), _("division")),
        "years": (_("By fiscal year"), _("fiscal year")),
    }
    labels = [label for _name, label in measures()]
    groups = [
        Table(
            part,
            caption,
            heading,
            labels,
            [(names_of(part, one), _values(one["totals"], measures())) for one in told[part]],
        )
        for part, (caption, heading) in captions.items()
    ]
    return {
        "totals": [(label, told["totals"][name]) for name, label in measures()],
        "groups": [table for table in groups if table.rows],
        "frameworks": _frameworks(told["frameworks"]),
        "responses": [
            (label, _shown(told["responseTimes"][name])) for name, label in response_measures()
        ],
        "channels": [_channel(one) for one in told["channels"]],
        "corruption": _corruption(told["corruptionComplaints"]),
    }


def log_rows(nodes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The log with the action in words."""
    words = action_names()
    return [{**node, "action_name": words[node["action"]]} for node in nodes]


def curve_of(days: list[dict[str, Any]], language: str) -> tuple[Chart, Table] | None:
    """The curve and the table of its points; None before the second recorded day."""
    if len(days) < 2:
        return None
    shown = _thinned(days)
    dates = [datetime.date.fromisoformat(one["date"]) for one in shown]
    labels = [format_date(date, language, "j M y") for date in dates]  # narrow: they stand close
    names = measures()[:3]
    series = [
        Series(number, label, [Decimal(one[name]) for one in shown])
        for number, (name, label) in enumerate(names, start=1)
    ]
    caption = _("What is owed and what stands there, day by day")
    chart = chart_of("coverage", caption, _("duties"), "line", Figures(labels, series))
    rows = [
        (format_date(date, language, "j M Y"), _values(one, names))
        for date, one in zip(reversed(dates), reversed(shown), strict=True)
    ]
    table = Table("days", caption, _("day"), [label for _name, label in names], rows)
    return (chart, table) if chart else None


def _thinned(days: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As many as are drawn, evenly; the first and the last among them."""
    if len(days) <= _POINTS:
        return days
    last = len(days) - 1
    return [days[round(last * number / (_POINTS - 1))] for number in range(_POINTS)]


def _frameworks(frameworks: list[dict[str, Any]]) -> Table:
    rows = [
        (f"{one['title']}, {one['fiscalYear']['label']}", _values(one, framework_measures()))
        for one in frameworks
    ]
    labels = [label for _name, label in framework_measures()]
    return Table("frameworks", _("By the lists of assessments"), _("list"), labels, rows)


def _channel(channel: dict[str, Any]) -> Table:
    rows = [(month["month"], _values(month, case_measures())) for month in channel["months"]]
    rows.append(("", _values(channel, case_measures())))  # the whole year
    caption = f"{channel['channelLabel']}: {channel['fiscalYear']['label']}"
    labels = [label for _name, label in case_measures()]
    return Table(f"cases-{channel['channel'].lower()}", caption, _("month"), labels, rows)


def _corruption(years: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "year": one["fiscalYear"]["label"],
            "received": _shown(one["received"]),
            "until": one["countedUntil"],
        }
        for one in years
    ]


def _values(numbers: dict[str, Any], names: list[tuple[str, str]]) -> list[Any]:
    return [_shown(numbers[name]) for name, _label in names]


def _shown(value: Any) -> Any:
    """A whole number without decimals; a dash where there is none."""
    if value is None:
        return DASH
    return int(value) if isinstance(value, float) and value.is_integer() else value
