"""Registers the snippets in the admin; puts signing into the translation editor."""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from pages.models import Department, DisclosureItem
from pages.translation import wrap_editor


class DepartmentViewSet(SnippetViewSet):
    """Divisions, in the order of the organisation chart."""

    model = Department
    icon = "group"
    menu_order = 210
    add_to_admin_menu = True
    list_display = ("title", "short_title", "sort_order")
    ordering = ("sort_order",)


class DisclosureItemViewSet(SnippetViewSet):
    """Items of the announcement, in its order."""

    model = DisclosureItem
    icon = "tasks"
    menu_order = 220
    add_to_admin_menu = True
    list_display = ("code", "title")
    ordering = ("sort_order",)


register_snippet(DepartmentViewSet)
register_snippet(DisclosureItemViewSet)
wrap_editor()


@hooks.register("before_serve_document")
def serve_documents_to_staff_only(document: Any, request: HttpRequest) -> None:
    """Wagtail's own document address shows drafts' files: it is for the office."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
