"""The records of the office in the admin's menu: two groups, one line for each kind of record."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from pages.models import (
    Alert,
    AlertTemplate,
    Banner,
    Department,
    DisclosureItem,
    ManagedRedirect,
    Position,
    ProcurementPeriod,
    WebLink,
)
from pages.record_views import within_divisions
from pages.snippets import SignableSnippet


class RecordViewSet(SnippetViewSet):
    """The screens of one kind of record, for the records of the user's divisions."""

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        """Every view that reads one record asks whether the user may."""
        return super().construct_view(within_divisions(view_class), **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The list: the records that the user may open."""
        policy = policy_registry.get_by_type(self.model)
        return policy.instances_user_has_any_permission_for(request.user, {"change", "view"})


def records(
    model: type[SignableSnippet], icon: str, columns: tuple[str, ...], **options: Any
) -> SnippetViewSet:
    """The list of one kind of record, in the order that the editors gave it.

    `columns` are the fields that the list shows, the first as the link to the record; `options`
    are Wagtail's for a snippet view set, e.g. `list_filter`.
    """
    return RecordViewSet(
        model=model,
        icon=icon,
        list_display=columns,
        **{"ordering": ("sort_order", "pk"), **options},
    )


class OfficeGroup(SnippetViewSetGroup):
    """Who the office is and what it must publish."""

    menu_label = _("The office")
    menu_icon = "group"
    menu_order = 500
    items = (
        records(Department, "group", ("title", "short_title", "sort_order")),
        records(
            Position,
            "user",
            ("title", "holder", "group", "department"),
            list_filter=("group", "department"),
        ),
        records(DisclosureItem, "tasks", ("code", "title")),
    )


class SiteGroup(SnippetViewSetGroup):
    """What stands on the site besides its pages."""

    menu_label = _("Banners, links")
    menu_icon = "link"
    menu_order = 510
    items = (
        records(Banner, "image", ("title", "go_live_at", "expire_at", "sort_order")),
        records(WebLink, "link-external", ("title", "kind", "url"), list_filter=("kind",)),
        records(
            Alert,
            "warning",
            ("title", "severity", "message_type", "expire_at"),
            list_filter=("severity", "category"),
            ordering=("-pk",),
        ),
        SnippetViewSet(
            model=AlertTemplate,
            icon="form",
            list_display=("name", "severity", "valid_hours"),
            ordering=("sort_order", "pk"),
        ),
        records(ManagedRedirect, "redirect", ("title", "old_path", "target_page", "target_url")),
    )


class ProcurementPeriodViewSet(ModelViewSet):
    """How long the law wants notices to be public: regulations change, so the office keeps it."""

    model = ProcurementPeriod
    name = "procurement-periods"
    icon = "calendar-check"
    menu_label = _("Minimum periods of notices")
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ("stage", "method", "budget_above", "working_days", "source")
    form_fields = ("stage", "method", "budget_above", "working_days", "source")
