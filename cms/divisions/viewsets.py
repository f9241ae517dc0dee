"""The administrator's screens: members of divisions, acting appointments and deputies."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from cms.divisions.forms import name_of
from cms.divisions.models import Appointment, Membership
from cms.divisions.terms import Term
from cms.thai.dates import format_date

_STATES = (
    ("now", gettext_lazy("in force today")),
    ("later", gettext_lazy("begins later")),
    ("over", gettext_lazy("no longer in force")),
)


class TermFilterSet(WagtailFilterSet):
    """By division, and by whether it is in force."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("In force"), choices=_STATES, method="in_state"
    )

    def in_state(self, terms: Any, name: str, value: str) -> QuerySet:
        """Those in force today, those to come, or those that are over."""
        today = timezone.localdate()
        if value == "now":
            return terms.in_force()
        return terms.filter(Q(since__gt=today) if value == "later" else Q(until__lt=today))


class MembershipFilterSet(TermFilterSet):
    """Members of divisions."""

    class Meta:
        model = Membership
        fields = ("department", "is_head", "user")


class AppointmentFilterSet(TermFilterSet):
    """Acting appointments and deputies."""

    class Meta:
        model = Appointment
        fields = ("department", "kind", "user")


class TermIndexView(IndexView):
    """With the names of people and divisions in one query."""

    def get_base_queryset(self) -> QuerySet:
        """All terms; the filter says which."""
        return super().get_base_queryset().select_related("user", "department")


class ExplainingDeleteView(DeleteView):
    """Deletes, or says why the model refuses to."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Refused by the model, whatever the screen offered."""
        try:
            return super().form_valid(form)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(reverse(self.edit_url_name, args=[self.object.pk]))


class TermViewSet(ModelViewSet):
    """What both screens share."""

    icon = "group"
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = TermIndexView
    delete_view_class = ExplainingDeleteView
    search_fields = ("user__first_name", "user__last_name", "user__username")
    search_backend_name = None
    list_export = ()

    def person_column(self) -> TitleColumn:
        """The person, as the link to the entry."""
        return TitleColumn(
            "user",
            label=capfirst(gettext_lazy("person")),
            accessor=lambda term: name_of(term.user),
            get_url=lambda term: reverse(self.get_url_name("edit"), args=[term.pk]),
        )

    @staticmethod
    def day_columns() -> list[Column]:
        """First and last day, and whether it is in force; on a telephone the last day alone."""
        return [
            Column(
                "since",
                label=capfirst(gettext_lazy("first day")),
                accessor=lambda term: day(term.since),
                classname="secondary",
            ),
            Column(
                "until",
                label=capfirst(gettext_lazy("last day")),
                accessor=lambda term: day(term.until),
            ),
            Column(
                "state", label=gettext_lazy("In force"), accessor=state_of, classname="secondary"
            ),
        ]


class MembershipViewSet(TermViewSet):
    """Who belongs to which division, and who heads it."""

    model = Membership
    name = "memberships"
    menu_label = gettext_lazy("Members of divisions")
    menu_order = 610
    filterset_class = MembershipFilterSet

    @property
    def list_display(self) -> list[Any]:
        """Person, division, head, days."""
        return [
            self.person_column(),
            Column(
                "department",
                label=capfirst(gettext_lazy("division")),
                accessor=lambda term: term.department or _("Whole office"),
            ),
            Column(
                "is_head",
                label=capfirst(gettext_lazy("head of the division")),
                accessor=lambda term: _("Head") if term.is_head else "–",
            ),
            *self.day_columns(),
        ]


class AppointmentViewSet(TermViewSet):
    """Who acts for whom, by which order."""

    model = Appointment
    name = "appointments"
    menu_label = gettext_lazy("Acting appointments and deputies")
    menu_order = 620
    filterset_class = AppointmentFilterSet

    @property
    def list_display(self) -> list[Any]:
        """Person, for which post, by which order, days."""
        return [
            self.person_column(),
            Column(
                "kind",
                label=capfirst(gettext_lazy("kind")),
                accessor="get_kind_display",
                classname="secondary",
            ),
            Column("post_title", label=capfirst(gettext_lazy("post that is signed for"))),
            Column(
                "order_number",
                label=capfirst(gettext_lazy("order number")),
                accessor=lambda term: term.order_number or "–",
            ),
            *self.day_columns(),
        ]


def state_of(term: Term) -> str:
    """In force, to come or over, in the user's language."""
    if term.is_in_force():
        return _("in force today")
    return _("no longer in force") if term.has_begun() else _("begins later")


def day(value: Any) -> str:
    """A day in the user's language; a dash for none."""
    return format_date(value, get_language() or "th", "j M Y") if value else "–"
