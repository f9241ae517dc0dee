"""Charts drawn on the server from the tables of figures, as SVG that no style sheet has to fill.

The table stays on the page below its chart: it is what those who cannot see the chart read. Each
chart is drawn twice, for wide and for narrow screens; a style sheet shows one of them. Series
differ in pattern, dash and mark, not in colour alone.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from cms.thai.numbers import holds_numbers, is_share, is_total, number_in
from website.chart_scales import written
from website.chart_shapes import NARROW, WIDE, Drawing, Figures, Series, bars_of, lines_of

MAX_SERIES = 6  # as many as there are patterns
MAX_ROWS = 60  # more cannot be told apart


class Chart(NamedTuple):
    """What the template `website/chart.html` shows."""

    id: str
    caption: str
    unit: str
    kind: str
    description: str
    series: Sequence[Series]
    drawings: Sequence[Drawing]


def drawn(block: dict[str, Any]) -> Chart | None:
    """The chart of a StatisticsBlock; None where the editor wants none or nothing is a number."""
    if block["chart"] not in ("bar", "line"):
        return None
    table = block["table"]
    figures = figures_in(table["columns"], table["rows"])
    return chart_of(block["id"], block["caption"], block["unit"], block["chart"], figures)


def chart_of(
    chart_id: str, caption: str, unit: str, kind: str, figures: Figures | None
) -> Chart | None:
    """Figures as a chart; `kind` is "bar" or "line". `chart_id` is unique on the page."""
    if figures is None:
        return None
    draw = lines_of if kind == "line" and len(figures.labels) > 1 else bars_of
    return Chart(
        id=chart_id,
        caption=caption,
        unit=unit,
        kind=kind,
        description=_description(kind, figures),
        series=figures.series,
        drawings=[draw(figures, WIDE), draw(figures, NARROW)],
    )


def figures_in(columns: list[str], rows: list[list[str]]) -> Figures | None:
    """What there is to draw in a table; None where no column after the first holds numbers.

    The first column names the rows. Rows that sum up the others are left out, and so are columns
    of per cent beside columns of amounts: they would dwarf the rest, or vanish beside it.
    """
    body = [row for row in rows if row and row[0].strip() and not is_total(row[0])][:MAX_ROWS]
    numeric = [index for index in range(1, len(columns)) if holds_numbers(_cells(body, index))]
    amounts = [index for index in numeric if not is_share(columns[index], _cells(body, index))]
    chosen = (amounts or numeric)[:MAX_SERIES]
    if not chosen:
        return None
    return Figures(
        labels=[row[0].strip() for row in body],
        series=[
            Series(number, columns[index].strip(), list(map(number_in, _cells(body, index))))
            for number, index in enumerate(chosen, start=1)
        ],
    )


def _cells(rows: list[list[str]], index: int) -> list[str]:
    return [row[index] if index < len(row) else "" for row in rows]


def _description(kind: str, figures: Figures) -> str:
    """What a reader would tell another about the chart, over the telephone."""
    named = [
        (value, f"{label} ({series.name})" if len(figures.series) > 1 else label)
        for series in figures.series
        for label, value in zip(figures.labels, series.values, strict=True)
        if value is not None
    ]
    (low, lowest), (high, highest) = min(named), max(named)
    facts = {
        "rows": len(figures.labels),
        "series": ", ".join(series.name for series in figures.series),
        "highest": highest,
        "high": written(high),
        "lowest": lowest,
        "low": written(low),
    }
    if kind == "line":
        text = _("Line chart with %(rows)s points: %(series)s.") % facts
    else:
        text = _("Bar chart with %(rows)s rows: %(series)s.") % facts
    extremes = _("Highest: %(highest)s, %(high)s. Lowest: %(lowest)s, %(low)s.") % facts
    table = _("The table below holds every figure.")
    return f"{text} {extremes} {table}"
