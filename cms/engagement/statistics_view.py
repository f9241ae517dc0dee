"""The numbers of a fiscal year: by channel, month and state, zeros included."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.engagement.channels import Channel, states_of
from cms.engagement.permissions import handled_channels
from cms.engagement.statistics import monthly_counts, months_of
from cms.thai.dates import fiscal_year

_YEARS_BACK = 5


class StatisticsView(WagtailAdminTemplateMixin, TemplateView):
    """One table for each desk of the user."""

    template_name = "engagement/statistics.html"
    page_title = gettext_lazy("Statistics")
    header_icon = "table"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For those who work at a desk."""
        self.channels = handled_channels(request.user)
        if not self.channels:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The tables of one fiscal year (`?year=2570`, Buddhist era)."""
        this_year = fiscal_year(timezone.localdate())
        years = list(range(this_year, this_year - _YEARS_BACK, -1))
        asked = self.request.GET.get("year", "")
        year = int(asked) if asked in map(str, years) else this_year
        return {
            **super().get_context_data(**kwargs),
            "year": year,
            "years": years,
            "tables": _tables(year, self.channels),
            "heading": _("Fiscal year %(year)d") % {"year": year},
        }


def _tables(year: int, channels: list[Channel]) -> list[dict[str, Any]]:
    numbers = {
        (row.channel, row.month, row.state): row.number for row in monthly_counts(year, channels)
    }
    return [_table(channel, year, numbers) for channel in channels]


def _table(channel: Channel, year: int, numbers: dict[Any, int]) -> dict[str, Any]:
    states = states_of(channel)
    rows: list[dict[str, Any]] = []
    for month in months_of(year):
        cells = [numbers.get((channel, month, state), 0) for state in states]
        rows.append({"month": month, "cells": cells, "total": sum(cells)})
    totals = [sum(row["cells"][index] for row in rows) for index in range(len(states))]
    return {
        "channel": channel.desk,
        "states": [state.label for state in states],
        "rows": rows,
        "totals": totals,
        "total": sum(totals),
    }
