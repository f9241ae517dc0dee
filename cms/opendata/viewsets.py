"""The list of conversions in the admin: how far each is, why it failed, and another try."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from cms.opendata.jobs import free_stale, try_again
from cms.opendata.models import Conversion
from cms.publication.models import Publication


class DatasetColumn(Column):
    """The titles under which the file is or was public, or its own name."""

    def get_value(self, conversion: Conversion) -> str:
        """Each title once, in the order of publication."""
        titles = dict.fromkeys(row.title for row in conversion.source.publications.all())
        return " / ".join(titles) or conversion.source.filename


class TryAgainColumn(Column):
    """A button, where a conversion failed."""

    cell_template_name = "opendata/try_again_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """With what a form needs."""
        context = super().get_cell_context_data(instance, parent_context)
        failed = instance.state == Conversion.State.FAILED
        context["url"] = reverse("conversions:try_again", args=[instance.pk]) if failed else ""
        context["csrf_token"] = parent_context.get("csrf_token")
        return context


class ConversionIndexView(IndexView):
    """The newest first; what a dead worker left behind is put back on the way."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Frees what was lost, so that nobody looks at a conversion that runs for ever."""
        free_stale()
        return super().get(request, *args, **kwargs)

    def get_base_queryset(self) -> Any:
        """With the titles, without the previews and snapshots, which may be long."""
        conversions = super().get_base_queryset().defer("summary").select_related("source")
        titles = Publication.objects.order_by("sequence").only("title", "sequence")
        return conversions.prefetch_related(Prefetch("source__publications", titles))


class ConversionViewSet(ModelViewSet):
    """Read-only, apart from "try again"."""

    model = Conversion
    name = "conversions"
    icon = "table"
    menu_label = gettext_lazy("Open data files")
    menu_order = 210
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = ConversionIndexView
    form_fields = ("state",)
    list_per_page = 50
    list_filter = ("state", "kind", "target")

    @property
    def list_display(self) -> list[Any]:
        """Dataset, file, format, state, rows, message, time, and the button."""
        return [
            DatasetColumn("dataset", label=_("dataset")),
            Column("source", label=_("file")),
            Column("get_target_display", label=_("format"), sort_key="target"),
            Column("get_state_display", label=_("state"), sort_key="state"),
            Column("rows_done", label=_("rows done"), sort_key="rows_done"),
            Column("message", label=_("message")),
            DateColumn("finished_at", label=_("finished at"), sort_key="finished_at"),
            TryAgainColumn("try_again", label=""),
        ]

    def get_urlpatterns(self) -> list[Any]:
        """The list, and another try of one conversion."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/try-again/", require_POST(self.try_again_view), name="try_again"),
        ]

    def try_again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Puts a failed conversion back into the line."""
        if not self.permission_policy.user_has_permission(request.user, "view"):
            raise PermissionDenied
        conversion = get_object_or_404(Conversion.objects.select_related("source"), pk=pk)
        if try_again(conversion):
            words = _("%(name)s is tried again.") % {"name": conversion}
            messages.success(request, words)
        else:
            messages.info(request, _("This conversion has not failed."))
        return redirect(self.get_url_name("index"))
