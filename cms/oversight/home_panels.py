"""The dashboard of each role: what I owe, how the office stands, what English lacks."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from cms.oversight.board import SHOWN, Board
from cms.oversight.charts import bar_of, curve_of
from cms.oversight.coverage import State, totals
from cms.oversight.report_rows import groups, labelled, rows_of


class OwedPanel(Component):
    """To a reporter or head: what the division owes, what waits, what expires."""

    name = "oversight-owed"
    template_name = "oversight/owed_panel.html"
    order = 60

    def __init__(self, board: Board) -> None:
        self.board = board

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The first of each list, and how many there are."""
        board = self.board
        sums = totals(board.owed.standings)
        expiring = board.expiring
        return {
            "totals": sums,
            "counts": [
                (_("missing"), sums.missing, _report_url(state=State.MISSING)),
                (_("incomplete"), sums.incomplete, _report_url(state=State.INCOMPLETE)),
                (_("review overdue"), sums.overdue, _report_url(state=State.OVERDUE)),
                (_("review due soon"), sums.due, _report_url(state=State.DUE)),
            ],
            "rows": rows_of(board.owed.open[:SHOWN], {}, {}),
            "more": max(0, len(board.owed.open) - SHOWN),
            "waiting": board.waiting[:SHOWN],
            "waiting_count": len(board.waiting),
            "expiring": expiring[:SHOWN],
            "more_expire": len(expiring) > SHOWN,
            "report_url": reverse("coverage_report"),
        }


class OfficePanel(Component):
    """To those who oversee: the whole office, each division, and the curve."""

    name = "oversight-office"
    template_name = "oversight/office_panel.html"
    order = 65

    def __init__(self, board: Board) -> None:
        self.board = board

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The numbers of the report."""
        board = self.board
        sums = totals(board.found.standings)
        bars = [
            bar_of(
                board.names.get(key) or _("no division"),  # type: ignore[arg-type]
                totals(standings),
                _report_url(division=key or "none"),
            )
            for key, standings in groups(board.found, board.names).items()
        ]
        title = _("What is owed and what stands there")
        return {
            "totals": sums,
            "numbers": labelled(sums),
            "bars": bars,
            "curve": curve_of("home-coverage", title, board.curve),
            "report_url": reverse("coverage_report"),
        }


class EnglishPanel(Component):
    """To publishers and translators: what is not complete in English."""

    name = "oversight-english"
    template_name = "oversight/english_panel.html"
    order = 70

    def __init__(self, board: Board) -> None:
        self.board = board

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What is missing first."""
        found = sorted(self.board.english, key=lambda one: not one.missing_languages)
        return {
            "rows": rows_of(found[:SHOWN], self.board.names, {}),
            "missing": sum(bool(one.missing_languages) for one in found),
            "outdated": sum(bool(one.outdated) for one in found),
            "missing_url": _report_url(flag="english"),
            "outdated_url": _report_url(flag="outdated"),
        }


def panels_for(user: Any) -> list[Component]:
    """Those that tell `user` something."""
    board = Board(user)
    panels: list[Component] = []
    if board.owes:
        panels.append(OwedPanel(board))
    if board.oversees:
        panels.append(OfficePanel(board))
    if board.publishes:
        panels.append(EnglishPanel(board))
    return panels


def _report_url(**filters: Any) -> str:
    (name, value) = next(iter(filters.items()))
    return f"{reverse('coverage_report')}?{name}={value}"
