"""The list of a desk: filters, search by reference number, since when each case waits, export."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button, HeaderButton

from cms.engagement.cases import Case, overdue_before
from cms.engagement.channels import OPEN_STATES, Channel, states_of
from cms.engagement.exports import export_queue
from cms.engagement.references import normal_reference
from cms.thai.date_fields import OfficeDateField
from cms.thai.spreadsheets import CONTENT_TYPES


class OfficeDateFilter(django_filters.DateFilter):
    """A day as clerks type it, in the Buddhist era."""

    field_class = OfficeDateField


class QueueFilterSet(WagtailFilterSet):
    """State, page, day of receipt, one's own, overdue."""

    state = django_filters.MultipleChoiceFilter(label=gettext_lazy("State"))
    title = django_filters.ChoiceFilter(label=gettext_lazy("Page"), empty_label=gettext_lazy("All"))
    received_from = OfficeDateFilter(
        label=gettext_lazy("Received from"), field_name="received_at", lookup_expr="date__gte"
    )
    received_until = OfficeDateFilter(
        label=gettext_lazy("Received until"), field_name="received_at", lookup_expr="date__lte"
    )
    waiting = django_filters.ChoiceFilter(
        label=gettext_lazy("Waiting"),
        empty_label=gettext_lazy("All"),
        method="filter_waiting",
        choices=[
            ("open", gettext_lazy("waits for the office")),
            ("overdue", gettext_lazy("overdue")),
            ("mine", gettext_lazy("assigned to me")),
            ("nobody", gettext_lazy("assigned to nobody")),
        ],
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(self, *args: Any, channel: Channel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(state.value, state.label) for state in states_of(channel)]
        self.filters["state"].extra["choices"] = states
        titles = Case.objects.of([channel]).order_by("title").values_list("title", flat=True)
        self.filters["title"].extra["choices"] = [(title, title) for title in titles.distinct()]

    def filter_waiting(self, cases: QuerySet, name: str, value: str) -> QuerySet:
        """What waits, in one of four senses."""
        waiting = cases.filter(state__in=OPEN_STATES)
        if value == "overdue":
            return waiting.filter(received_at__lt=overdue_before())
        if value == "mine":
            return waiting.filter(handled_by=self.request.user)
        if value == "nobody":
            return waiting.filter(handled_by=None)
        return waiting


class QueueView(IndexView):
    """One desk's cases, newest first. Only its own: the base query asks for one channel."""

    channel: Channel = Channel.QUESTION  # set by the viewset
    case_url_name = ""
    export_url_name = ""
    opinions_url_name = ""
    model = Case
    template_name = "engagement/queue.html"
    FORMATS = ()  # Wagtail's own export is neither logged nor harmless
    filterset_class = QueueFilterSet
    any_permission_required = ["view"]
    paginate_by = 50
    default_ordering = "-received_at"
    search_fields = ("reference",)

    def get_base_queryset(self) -> QuerySet[Case]:
        """The channel's cases without what was written in them."""
        return Case.objects.of([self.channel]).select_related("handled_by").defer("answers")

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """The filters know which pages and states the channel has."""
        return {**super().get_filterset_kwargs(), "channel": self.channel}

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """By reference number, however it was typed, or by a part of one."""
        if not self.is_searching:
            return queryset
        whole = normal_reference(self.search_query)
        part = self.search_query.strip().upper()
        return (
            queryset.filter(reference=whole) if whole else queryset.filter(reference__contains=part)
        )

    @cached_property
    def columns(self) -> list[Any]:
        """Reference number and page; on wide screens also who handles it and since when."""
        return [
            TitleColumn(
                "reference",
                label=_("Reference number"),
                get_url=lambda case: reverse(self.case_url_name, args=[case.reference]),
                sort_key="reference",
            ),
            Column("state", label=_("State"), accessor=self._state, sort_key="state"),
            Column("waiting", label=_("Waits since"), accessor=_waiting, sort_key="received_at"),
            Column("title", label=_("Page"), sort_key="title", classname="desk-wide"),
            Column("handled_by", label=_("Assigned to"), accessor=_handler, classname="desk-wide"),
        ]

    @cached_property
    def overdue_before(self) -> Any:
        """Asked once for the whole list."""
        return overdue_before()

    def _state(self, case: Case) -> str:
        overdue = case.is_open and case.received_at < self.overdue_before
        return render_to_string("engagement/state.html", {"case": case, "overdue": overdue})

    def get_page_title(self) -> str:
        """The name of the desk."""
        return str(self.channel.desk)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Exports of what the filters show."""
        query = self.request.GET.urlencode()
        return [
            Button(
                _("Download %(format)s") % {"format": name.upper()},
                url=f"{reverse(self.export_url_name, args=[name])}?{query}",
                icon_name="download",
                priority=priority,
            )
            for priority, name in enumerate(CONTENT_TYPES)
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        """For opinions: the way of the accepted ones into the consultation's draft."""
        if self.channel != Channel.OPINION:
            return []
        return [
            HeaderButton(
                _("Publish accepted opinions"),
                url=reverse(self.opinions_url_name),
                icon_name="doc-full-inverse",
            )
        ]


class QueueExportView(QueueView):
    """The same cases as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """CSV or XLSX, as the address says."""
        file_format = kwargs["file_format"]
        cases = self.get_queryset().defer(None)
        content = export_queue(cases, self.channel, request.user, file_format)
        response = HttpResponse(content, content_type=CONTENT_TYPES[file_format])
        name = f"{self.channel.value}-{timezone.localdate().isoformat()}.{file_format}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response


def _waiting(case: Case) -> str:
    days = case.waiting_days()
    words = ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    return render_to_string("engagement/waiting.html", {"case": case, "words": words})


def _handler(case: Case) -> str:
    user = case.handled_by
    return (user.get_full_name() or user.get_username()) if user else "–"
