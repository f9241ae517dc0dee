"""On the dashboard: what came back to a person for correction, and why."""

from typing import Any

from wagtail.admin.ui.components import Component

from cms.signoff.returns import Return, returned_to


class ReturnedPanel(Component):
    """The items that were returned to `user`, with the reasons."""

    name = "returned"
    template_name = "moderation/returned.html"
    order = 70

    def __init__(self, returns: list[Return]) -> None:
        self.returns = returns

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The items, for the template."""
        return {"returns": self.returns}


def add_returned_panel(user: Any, panels: list[Any]) -> None:
    """Where there is something to correct."""
    if returns := returned_to(user):
        panels.append(ReturnedPanel(returns))
