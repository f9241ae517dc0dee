"""Who may look at the outbox, and who may have a mail sent again."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

RETRY = "mail.retry_outgoingmail"


class OutboxPermissionPolicy(ModelPermissionPolicy):
    """Viewing by permission; adding, changing and deleting for nobody."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Only "view" can be granted, superusers included."""
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Whether "view" is among `actions` and granted."""
        return any(self.user_has_permission(user, action) for action in actions)
