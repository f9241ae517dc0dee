"""Assessments and the list of obligations in the admin's menus, and the mails about the latter."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from cms.divisions.viewsets import ExplainingDeleteView
from cms.mail.kinds import MailKind
from cms.oversight import assessment_views as views
from cms.oversight.assessment_forms import AssessmentForm, FrameworkForm
from cms.oversight.frameworks import Assessment, Framework
from cms.oversight.obligation_notices import KINDS, tell_of_obligations
from cms.publication.public_changes import PublicChange
from cms.thai.spreadsheets import CONTENT_TYPES


class _AssessmentIndexView(IndexView):
    """With the way to the lists that are shipped."""

    template_name = "oversight/assessments.html"

    def get_base_queryset(self) -> Any:
        """With the frameworks."""
        return Assessment.objects.select_related("framework")


@method_decorator(transaction.atomic, name="post")  # the forms lock what they ask about
class _FrameworkEditView(EditView):
    """Checks and saves at one moment."""


class _AssessmentEditView(_FrameworkEditView):
    """With the way to the items."""

    @cached_property
    def can_delete(self) -> bool:
        """Never what was submitted."""
        return super().can_delete and not self.object.submitted_at

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Before Wagtail's own."""
        url = reverse("assessments:items", args=[self.object.pk])
        items = Button(_("Items"), url=url, icon_name="list-ul", priority=5)
        return [items, *super().header_more_buttons]


class AssessmentViewSet(ModelViewSet):
    """For administrators; the overseer sees them."""

    model = Assessment
    name = "assessments"
    icon = "list-ul"
    menu_label = _("Assessments by year")
    menu_order = 680
    add_to_settings_menu = True
    copy_view_enabled = False
    index_view_class = _AssessmentIndexView
    edit_view_class = _AssessmentEditView
    delete_view_class = ExplainingDeleteView
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type:
        """One form for both."""
        return AssessmentForm

    @property
    def list_display(self) -> list[Any]:
        """The assessment leads to its items."""
        return [
            TitleColumn(
                "name",
                label=capfirst(_("assessment of a year")),
                accessor=str,
                get_url=lambda row: reverse("assessments:items", args=[row.pk]),
            ),
            Column("source", label=capfirst(_("source")), classname="secondary"),
        ]

    def get_urlpatterns(self) -> list[Any]:
        """And the items, the files and the copy."""
        items = "<int:pk>/items/"
        return [
            *super().get_urlpatterns(),
            path("load/", views.LoadShippedView.as_view(), name="load"),
            path(items, views.ItemsView.as_view(), name="items"),
            path(f"{items}new/", views.ItemView.as_view(), name="new_item"),
            path(f"{items}<int:item>/", views.ItemView.as_view(), name="item"),
            path("<int:pk>/import/", views.ImportAssessmentView.as_view(), name="import"),
            path("<int:pk>/copy/", views.CopyForwardView.as_view(), name="copy_forward"),
            *[
                path(
                    f"<int:pk>/list.{name}",
                    views.ExportAssessmentView.as_view(),
                    {"file_format": name},
                    name=f"export_{name}",
                )
                for name in CONTENT_TYPES
            ],
        ]


class FrameworkViewSet(ModelViewSet):
    """The frameworks themselves."""

    model = Framework
    name = "frameworks"
    icon = "list-ul"
    menu_label = _("Assessment frameworks")
    menu_order = 681
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    edit_view_class = _FrameworkEditView
    list_display = ["title_th", "key"]
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type:
        """One form for both."""
        return FrameworkForm


@hooks.register("register_admin_viewset")
def register_assessments() -> list[ModelViewSet]:
    """In the settings."""
    return [AssessmentViewSet(), FrameworkViewSet()]


@hooks.register("register_admin_urls")
def register_obligations_sheet() -> list[Any]:
    """The list of obligations as a file."""
    view = views.ObligationsSheetView.as_view()
    files = [
        path(f"obligations/list.{name}", view, {"file_format": name}, name=f"obligations_{name}")
        for name in CONTENT_TYPES
    ]
    return [path("obligations/", view, name="obligations_sheet"), *files]


class _ObligationsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        """To those who may change the list."""
        return request.user.has_perm("pages.change_disclosureitem")


@hooks.register("register_settings_menu_item")
def register_obligations_menu_item() -> MenuItem:
    """Among the settings."""
    return _ObligationsMenuItem(
        _("Obligations as a spreadsheet"),
        reverse("obligations_sheet"),
        name="obligations-sheet",
        icon_name="list-ul",
        order=682,
    )


@hooks.register("register_mail_kinds")
def register_obligation_mails() -> list[MailKind]:
    """To the divisions."""
    return KINDS


@hooks.register("public_change")
def tell_divisions(changes: list[PublicChange]) -> None:
    """Of new and changed obligations."""
    tell_of_obligations(changes)
