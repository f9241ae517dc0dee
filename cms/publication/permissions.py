"""Who may see the public record in the admin. Nobody may write it there."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class ReadOnlyPermissionPolicy(ModelPermissionPolicy):
    """Viewing by Django's permission; adding, changing and deleting refused to everyone."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Only "view" can be granted, superusers included."""
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Whether "view" is among `actions` and granted."""
        return any(self.user_has_permission(user, action) for action in actions)
