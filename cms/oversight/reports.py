"""The report of broken links and files, with the pages on which they stand."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.views.reports import ReportView

from cms.oversight.models import LinkCheck
from cms.publication.models import Publication


class PlacesColumn(BaseColumn):
    """The public pages and records that name an address."""

    cell_template_name = "oversight/places_cell.html"


class BrokenLinksFilterSet(WagtailFilterSet):
    """Broken, or unreachable."""

    class Meta:
        model = LinkCheck
        fields = ("state",)


class BrokenLinksView(ReportView):
    """For everybody in the admin: what it lists is public."""

    page_title = _("Broken links and files")
    header_icon = "link-external"
    index_url_name = "broken_links"
    index_results_url_name = "broken_links_results"
    filterset_class = BrokenLinksFilterSet
    default_ordering = ("failing_since", "url")
    list_export = ("url", "get_state_display", "status_code", "finding", "places")
    export_headings = {
        "url": _("address"),
        "get_state_display": _("state"),
        "status_code": _("status code"),
        "finding": _("finding"),
        "places": _("stands on"),
    }
    columns = (
        Column("url", label=_("address"), classname="link-address"),
        Column("get_state_display", label=_("state")),
        Column("finding", label=_("finding")),
        Column("status_code", label=_("status code")),
        DateColumn("failing_since", label=_("failing since")),
        DateColumn("checked_at", label=_("last checked")),
        PlacesColumn("places", label=_("stands on")),
    )

    def get_queryset(self) -> QuerySet:
        """The longest failing first, with the records that stand in public now."""
        standing = Publication.objects.in_force().select_related("address").defer("snapshot")
        places = Prefetch("publications", standing.order_by("title"), to_attr="standing")
        failing = LinkCheck.objects.exclude(failing_since__isnull=True)
        return failing.prefetch_related(places).order_by(*self.default_ordering)

    def get_filename(self) -> str:
        """Of an export."""
        return "broken-links"

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """With the places as text, for exports."""
        for check in object_list:
            check.places = ", ".join(f"{row.title} ({row.address})" for row in check.standing)
        return object_list
