"""The buttons "Sign" and "Return for correction" in the editors of pages and snippets."""

from typing import Any

from django.contrib.admin.utils import quote
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

_ICONS = {"approve": "success", "reject": "undo"}


class SigningMenuItem(ActionMenuItem):
    """Opens the signing dialog. Wagtail's own item is not shown on what is locked; ours always."""

    template_name = "signoff/signing_menu_item.html"

    def __init__(self, action: str, label: Any, item: Any, task_state: Any, order: int) -> None:
        super().__init__(order=order)
        self.name = action
        self.label = label
        self.icon_name = _ICONS[action]
        self.url = reverse(
            f"{_namespace(item)}:workflow_action", args=[quote(item.pk), action, task_state.pk]
        )

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """What the template needs."""
        return {**super().get_context_data(parent_context), "url": self.url}


def add_signing_items(menu_items: list[Any], request: HttpRequest, item: Any) -> None:
    """Puts the actions of the present step first, for whoever may take them."""
    task_state = getattr(item, "current_workflow_task_state", None) if item else None
    if task_state is None:
        return
    actions = task_state.task.specific.get_actions(item, request.user)
    signing = [
        SigningMenuItem(name, label, item, task_state, order)
        for order, (name, label, _modal) in enumerate(actions)
    ]
    menu_items[:0] = signing


def dialog_script() -> str:
    """Wagtail's script for the dashboard's dialogs, which the editors do not load."""
    source = static("wagtailadmin/js/workflow-action.js")
    return format_html('<script src="{}" data-activate="dashboard"></script>', source)


def _namespace(item: Any) -> str:
    if isinstance(item, Page):
        return "wagtailadmin_pages"
    if type(item) in get_snippet_models():
        return type(item).snippet_viewset.url_namespace
    raise TypeError(f"{type(item).__name__} has no editor")
