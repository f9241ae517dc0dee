"""Who may make and see releases in the admin."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class ReleasePolicy(ModelPermissionPolicy):
    """Releases are made and seen; everything else has its own rules (`release_preparing`)."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Adding and viewing as Django says; Wagtail's own forms change and delete nothing."""
        return action in ("add", "view") and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Whether one of them is allowed."""
        return any(self.user_has_permission(user, action) for action in actions)
