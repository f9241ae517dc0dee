"""Who may see conversions: whoever may see the public record. Nobody may write them."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

VIEW_RECORD = "publication.view_publication"


class PublicRecordPermissionPolicy(ModelPermissionPolicy):
    """Viewing by the permission to view publications; adding, changing, deleting for nobody."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Only "view" can be granted, superusers included."""
        return action == "view" and user.is_active and user.has_perm(VIEW_RECORD)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Whether "view" is among `actions` and granted."""
        return any(self.user_has_permission(user, action) for action in actions)
