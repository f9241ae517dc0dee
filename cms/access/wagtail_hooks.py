"""Keys and private pages in the admin: where they are made, listed and ended."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button, ListingButton
from wagtail.models import Page

from cms.access.key_views import KeysView, MakeLinkView, end_key
from cms.access.previews import forget_drafts
from cms.access.privacy import PrivacyViewSet
from cms.schedule.jobs import PeriodicJob


@hooks.register("register_admin_urls")
def register_key_urls() -> list[Any]:
    """Below `/admin/keys/`."""
    return [
        path("keys/", KeysView.as_view(), name="keys"),
        path("keys/<str:kind>/<int:pk>/end/", end_key, name="end_key"),
        path(
            "keys/preview/<str:model>/<int:pk>/",
            MakeLinkView.as_view(),
            name="make_preview_link",
        ),
    ]


@hooks.register("register_admin_viewset")
def register_private_pages() -> PrivacyViewSet:
    """For those who may say which pages are private."""
    return PrivacyViewSet()


@hooks.register("register_reports_menu_item")
def register_keys_menu_item() -> MenuItem:
    """Among the reports, for everybody: one's own keys."""
    return MenuItem(gettext_lazy("Keys"), reverse("keys"), name="keys", icon_name="key", order=1050)


@hooks.register("insert_global_admin_css")
def keys_style() -> str:
    """Tables and keys on narrow screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("access/keys.css"))


@hooks.register("register_periodic_jobs")
def register_key_jobs() -> list[PeriodicJob]:
    """Drafts that were kept for a key go soon after it."""
    return [PeriodicJob("forget_previewed_drafts", forget_drafts, datetime.timedelta(hours=1))]


class LinkMenuItem(ActionMenuItem):
    """Leads to a link for the draft that is in the editor, as it was saved last."""

    name = "preview-link"
    template_name = "access/link_menu_item.html"

    def __init__(self, item: Any, order: int) -> None:
        super().__init__(order=order)
        self.item = item

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """What the template needs."""
        return {**super().get_context_data(parent_context), "url": _link_url(self.item)}


@hooks.register("construct_page_action_menu", order=21)  # after the request form
def add_page_link_item(menu_items: list[Any], request: HttpRequest, context: dict) -> None:
    """In a page's editor."""
    _add_link_item(menu_items, context.get("page"))


@hooks.register("construct_snippet_action_menu", order=21)
def add_snippet_link_item(menu_items: list[Any], request: HttpRequest, context: dict) -> None:
    """In a record's editor."""
    _add_link_item(menu_items, context.get("instance"))


@hooks.register("register_page_listing_more_buttons")
def add_listing_button(
    page: Any, user: Any, next_url: str | None = None, **kwargs: Any
) -> Iterator[Button]:
    """In the menu of a row: the editor of translations has no menu of its own."""
    if not page.is_root():
        url = _link_url(page)
        yield ListingButton(_("Link to the draft"), url, icon_name="view", priority=70)


def _add_link_item(menu_items: list[Any], item: Any) -> None:
    if item is not None and item.pk and hasattr(item, "current_workflow_state"):
        menu_items.append(LinkMenuItem(item, order=1001))


def _link_url(item: Any) -> str:
    label = "wagtailcore.page" if isinstance(item, Page) else item._meta.label_lower
    return reverse("make_preview_link", args=[label, item.pk])
