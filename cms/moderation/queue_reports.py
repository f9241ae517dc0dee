"""The reports "Urgent items" (how soon the executive decided) and "Everything that waits"."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView

from cms.audit.reports import harmless
from cms.moderation.queue import everything_that_waits
from cms.moderation.queue_views import filtered
from cms.signoff.flag_times import median_minutes, timed
from cms.signoff.models import Flag

VIEW_PERMISSION = "signoff.view_flag"


class FlagFilterSet(WagtailFilterSet):
    """By period, decided or not."""

    flagged_at = django_filters.DateFromToRangeFilter(
        label=_("period"), widget=DateRangePickerWidget
    )
    waits = django_filters.BooleanFilter(
        label=_("waits for the decision"), field_name="outcome", lookup_expr="isnull"
    )

    class Meta:
        model = Flag
        fields = ("flagged_at", "is_urgent", "is_sensitive")


class MomentColumn(BaseColumn):
    """A time as the user's language writes it."""

    cell_template_name = "moderation/moment_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """The moment of this column."""
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "moment": getattr(instance, self.name)}


class UrgentItemsView(ReportView):
    """For overseers, executives and administrators. An export is logged as every report's."""

    page_title = _("Urgent items")
    header_icon = "warning"
    model = Flag
    any_permission_required = ["view"]
    template_name = "moderation/urgent_report.html"
    index_url_name = "urgent_items"
    index_results_url_name = "urgent_items_results"
    filterset_class = FlagFilterSet
    default_ordering = "-flagged_at"
    list_export = (
        "title",
        "locale",
        "is_urgent",
        "is_sensitive",
        "flagged_at",
        "flagged_by_name",
        "reason",
        "decision_name",
        "decided_at",
        "decided_by_name",
        "minutes",
        "working_hours",
    )
    export_headings = {
        "title": _("title"),
        "locale": _("language"),
        "is_urgent": _("urgent"),
        "is_sensitive": _("sensitive"),
        "flagged_at": _("flagged at"),
        "flagged_by_name": _("flagged by"),
        "reason": _("reason"),
        "decision_name": _("decision"),
        "decided_at": _("decided at"),
        "decided_by_name": _("decided by"),
        "minutes": _("minutes"),
        "working_hours": _("working hours"),
    }
    columns = (
        Column("title", label=_("title")),
        Column("kind_name", label=_("why")),
        MomentColumn("flagged_at", label=_("flagged at")),
        Column("flagged_by_name", label=_("flagged by"), classname="secondary"),
        Column("decision_name", label=_("decision")),
        MomentColumn("decided_at", label=_("decided at"), classname="secondary"),
        Column("minutes", label=_("minutes")),
        Column("working_hours", label=_("working hours")),
    )

    def get_queryset(self) -> QuerySet:
        """Every flag with its decision."""
        people = ("flagged_by", "outcome", "outcome__decided_by")
        return Flag.objects.select_related(*people).order_by(self.default_ordering)

    def get_filename(self) -> str:
        """Of an export."""
        return "urgent-items"

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """With times and names as text."""
        for time in timed(object_list):
            flag: Any = time.flag
            outcome = getattr(flag, "outcome", None)
            flag.minutes, flag.working_hours = time.minutes, round(time.working_hours, 1)
            kinds = [(flag.is_urgent, _("Urgent")), (flag.is_sensitive, _("Sensitive"))]
            flag.kind_name = ", ".join(str(label) for is_set, label in kinds if is_set)
            flag.flagged_by_name = _name(flag.flagged_by)
            flag.decision_name = outcome.get_decision_display() if outcome else _("not yet decided")
            flag.decided_by_name = _name(outcome.decided_by) if outcome else ""
        return object_list

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the median of all that the filter leaves, not of this page of the list alone."""
        context = super().get_context_data(*args, **kwargs)
        context["median"] = median_minutes(timed(self.filter_queryset(self.get_queryset())))
        return context

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        """With no cell that a spreadsheet program would run."""
        return {name: harmless(value) for name, value in super().to_row_dict(item).items()}


class WaitingReportView(WagtailAdminTemplateMixin, TemplateView):
    """For the same people: everything in the office that waits for a signature."""

    template_name = "moderation/waiting_report.html"
    page_title = _("Everything that waits for a signature")
    header_icon = "time"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises `PermissionDenied` for others."""
        if not request.user.has_perm(VIEW_PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The dashboard, then this."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every step, with who may sign it and since when it waits."""
        rows = filtered(everything_that_waits(self.request.user), self.request.GET.get("show", ""))
        return {**super().get_context_data(**kwargs), "rows": rows}


def _name(user: Any) -> str:
    return (user.get_full_name() or user.username) if user else ""
