"""Releases in the admin: the menu, and a note in the editors of their items."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from cms.moderation.releases import ReleaseViewSet
from cms.signoff.releases import place_of

# What would send or end one item of a release by itself.
_ALONE = {"action-submit", "action-restart-workflow", "action-cancel-workflow"}


@hooks.register("register_admin_viewset")
def register_releases() -> ReleaseViewSet:
    """The menu "Releases"."""
    return ReleaseViewSet()


@hooks.register("insert_global_admin_css")
def release_style() -> str:
    """The tables of a release on narrow screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("moderation/releases.css"))


@hooks.register("before_edit_page", order=-9)
@hooks.register("before_edit_snippet", order=-9)
def show_release(request: HttpRequest, item: Any) -> None:
    """Says in which release an item is, with the way there."""
    if request.method != "GET" or not hasattr(item, "get_workflow"):
        return
    if place := place_of(item):
        url = reverse("releases:detail", args=[place.release.pk])
        messages.info(
            request,
            _("This is in the release “%(release)s”: it is signed and published with it.")
            % {"release": place.release.title},
            buttons=[messages.button(url, _("Open the release"))],
        )


@hooks.register("construct_page_action_menu", order=10)
def keep_page_with_its_release(menu_items: list[Any], request: HttpRequest, context: dict) -> None:
    """An item of a release is not sent, nor its run cancelled, by itself."""
    _remove_single_actions(menu_items, context.get("page"))


@hooks.register("construct_snippet_action_menu", order=10)
def keep_snippet_with_its_release(
    menu_items: list[Any], request: HttpRequest, context: dict
) -> None:
    """The same for records."""
    _remove_single_actions(menu_items, context.get("instance"))


def _remove_single_actions(menu_items: list[Any], item: Any) -> None:
    if item is not None and item.pk and place_of(item):
        menu_items[:] = [entry for entry in menu_items if entry.name not in _ALONE]
