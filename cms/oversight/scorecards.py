"""Scorecards: how one division does beside the whole office, for its head and for print."""

from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.divisions.scope import scope_of
from cms.oversight.charts import bar_of, curve_of
from cms.oversight.coverage import Standing, Totals, totals
from cms.oversight.division_names import division_names
from cms.oversight.history import Day, curve
from cms.oversight.report_rows import groups, labelled, rows_of
from cms.oversight.report_views import OversightView
from cms.oversight.signing_now import by_duty, in_signoff

SCORECARDS = gettext_lazy("Scorecards of the divisions")


class Compared(NamedTuple):
    """One number of a division beside that of the whole office, both in words."""

    label: str
    own: int
    office: int
    own_percent: int
    office_percent: int


class ScorecardsView(OversightView):
    """Every division that owes something."""

    template_name = "oversight/scorecards.html"
    page_title = SCORECARDS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A bar for each, which leads to its card."""
        names = division_names()
        divided = groups(self.found, names)
        bars = [
            bar_of(names[key], totals(standings), reverse("scorecard", args=[key]))
            for key, standings in divided.items()
            if key in names
        ]
        return {**super().get_context_data(**kwargs), "at": self.found.at, "bars": bars}


class ScorecardView(OversightView):
    """One division. Its numbers are those of the report, narrowed to it."""

    template_name = "oversight/scorecard.html"

    def get_page_title(self) -> str:
        """The division's name. Raises `Http404` where there is none."""
        if self.division not in self.names:
            raise Http404
        return self.names[self.division]

    @property
    def division(self) -> UUID:
        """Whose card it is."""
        return self.kwargs["division"]

    @cached_property
    def names(self) -> dict[UUID, str]:
        """Of all divisions."""
        return division_names()

    @cached_property
    def own(self) -> list[Standing]:
        """The duties of this division."""
        return [one for one in self.found.standings if one.obligation.division == self.division]

    def trail(self) -> list[dict[str, Any]]:
        """By way of the list."""
        report, own = super().trail()
        return [report, {"url": reverse("scorecards"), "label": SCORECARDS}, own]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Numbers, curve, and what somebody has to do something about."""
        steps = [] if self.is_past else in_signoff(scope_of(self.request.user))
        todo = [one for one in self.own if not one.is_fulfilled]
        own, office = totals(self.own), totals(self.found.standings)
        days = curve(Q(division=self.division))
        return {
            **super().get_context_data(**kwargs),
            "at": self.found.at,
            "numbers": labelled(own),
            "compared": _compared(own, office),
            "curve": curve_of("scorecard", _("What is owed and what stands there"), days),
            "before": _changes(days),
            "rows": rows_of(todo, self.names, by_duty(steps, self.found.obligations)),
            "file_url": f"{reverse('coverage_report')}?division={self.division}&export=pdf",
        }


def _compared(own: Totals, office: Totals) -> list[Compared]:
    return [
        Compared(
            label,
            mine,
            all_,
            mine * 100 // own.owed if own.owed else 0,
            all_ * 100 // office.owed if office.owed else 0,
        )
        for (label, mine), (_same, all_) in zip(labelled(own), labelled(office), strict=True)
        if label not in (_("owed"), _("public, per cent"))
    ]


def _changes(days: list[Day]) -> list[tuple[str, Day, int]]:
    """How it stood a month, a quarter and a year before the last recorded day, and the change."""
    if not days:
        return []
    last, found = days[-1], []
    for words, ago in ((_("a month ago"), 30), (_("a quarter ago"), 91), (_("a year ago"), 365)):
        earlier = [day for day in days if (last.date - day.date).days >= ago]
        if earlier:
            found.append((words, earlier[-1], last.fulfilled - earlier[-1].fulfilled))
    return found
