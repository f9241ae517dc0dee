"""Registers the snippets in the admin and keeps wagtail-localize to drafts."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from pages.models import Department, DisclosureItem


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
