"""The buttons "Sign" and "Return for correction" in the editors of pages and snippets."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.action_menu import ActionMenuItem

_ICONS = {"approve": "success", "reject": "undo"}


class SigningMenuItem(ActionMenuItem):
    """Leads to the signing screen, on what is locked too, where Wagtail's own item is not shown."""

    template_name = "signoff/signing_menu_item.html"

    def __init__(self, action: str, label: Any, task_state: Any, order: int) -> None:
        super().__init__(order=order)
        self.name = action
        self.label = label
        self.icon_name = _ICONS[action]
        self.url = signing_url(task_state.pk, action)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """What the template needs."""
        return {**super().get_context_data(parent_context), "url": self.url}


def signing_url(task_state_id: int, action: str = "approve") -> str:
    """The signing screen of one step; for returning, where it asks for the reason."""
    url = reverse("moderation:sign", args=[task_state_id])
    return f"{url}?action=reject#return" if action == "reject" else url


def add_signing_items(menu_items: list[Any], request: HttpRequest, item: Any) -> None:
    """Puts the actions of the present step first, for whoever may take them."""
    task_state = getattr(item, "current_workflow_task_state", None) if item else None
    if task_state is None:
        return
    actions = task_state.task.specific.get_actions(item, request.user)
    signing = [
        SigningMenuItem(name, label, task_state, order)
        for order, (name, label, _modal) in enumerate(actions)
    ]
    menu_items[:0] = signing
