"""The audit log in the admin: a report for overseers and administrators, which can be exported."""

from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views.reports import ReportView

from cms.audit.models import AuditEvent


class AuditEventFilterSet(WagtailFilterSet):
    """Event, account and period."""

    kind = django_filters.ChoiceFilter(label=_("what happened"), choices=AuditEvent.Kind.choices)
    user = django_filters.ModelChoiceFilter(
        label=_("account"),
        queryset=lambda request: get_user_model()._default_manager.order_by("username"),
    )
    at = django_filters.DateFromToRangeFilter(label=_("period"), widget=DateRangePickerWidget)

    class Meta:
        model = AuditEvent
        fields = ("kind", "user", "at")


class MomentColumn(BaseColumn):
    """The time to the second, as the user's language writes dates."""

    cell_template_name = "audit/moment_cell.html"


class AuditLogView(ReportView):
    """Newest first."""

    page_title = _("Audit log")
    header_icon = "history"
    model = AuditEvent
    any_permission_required = ["view"]
    index_url_name = "audit_log"
    index_results_url_name = "audit_log_results"
    filterset_class = AuditEventFilterSet
    default_ordering = "-pk"
    list_export = (
        "at",
        "get_kind_display",
        "username",
        "actor",
        "subject",
        "detail",
        "address",
        "user_agent",
        "view_name",
        "path",
    )
    export_headings = {
        "at": _("time"),
        "get_kind_display": _("what happened"),
        "username": _("account"),
        "actor": _("done by"),
        "subject": _("subject"),
        "detail": _("details"),
        "address": _("address of the client"),
        "user_agent": _("browser"),
        "view_name": _("view"),
        "path": _("path"),
    }
    columns = (
        MomentColumn("at", label=_("time")),
        Column("get_kind_display", label=_("what happened")),
        Column("username", label=_("account")),
        Column("subject", label=_("subject"), classname="secondary"),
        Column("detail", label=_("details"), classname="secondary"),
        Column("actor", label=_("done by"), classname="secondary"),
        Column("address", label=_("address of the client")),
    )

    def get_queryset(self) -> QuerySet:
        """Every event."""
        return AuditEvent.objects.order_by("-pk")

    def get_filename(self) -> str:
        """Of an export."""
        return "audit-log"

    def to_row_dict(self, item: AuditEvent) -> dict[str, Any]:
        """With no cell that a spreadsheet program would run."""
        return {name: harmless(value) for name, value in super().to_row_dict(item).items()}


def harmless(value: Any) -> Any:
    """Text that begins as a formula gets an apostrophe: strangers choose their browser's name."""
    is_formula = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{value}" if is_formula else value
