"""A budget's lines with their shares, and as a chart."""

from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from website.chart_shapes import Figures, Series
from website.charts import Chart, chart_of


class Line(NamedTuple):
    """One line of a budget; `share` in per cent with one decimal, empty where nothing adds up."""

    name: str
    amount: Decimal
    share: str
    note: str


def lines_of(page: dict[str, Any]) -> list[Line]:
    """The lines of a BudgetPage, in the office's order."""
    blocks = page["lines"]
    amounts = [Decimal(str(block["amount"] or 0)) for block in blocks]
    whole = sum(amounts)
    return [
        Line(
            name=block["name"],
            amount=amount,
            share=f"{amount * 100 / whole:.1f}%" if whole else "",
            note=block["note"],
        )
        for block, amount in zip(blocks, amounts, strict=True)
    ]


def chart_of_budget(page: dict[str, Any]) -> Chart | None:
    """Bars, one for each line; None for a budget without lines."""
    lines = lines_of(page)
    if not lines:
        return None
    series = Series(1, _("Amount"), [line.amount for line in lines])
    figures = Figures([line.name for line in lines], [series])
    return chart_of("budget", page["title"], _("baht"), "bar", figures)
