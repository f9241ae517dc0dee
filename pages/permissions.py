"""Who may do what to a draft. The business rule: nobody has the publish permission."""

from django.contrib.auth.base_user import AbstractBaseUser
from wagtail.models import PagePermissionTester
from wagtail.permission_policies import ModelPermissionPolicy


class SignedPagePermissionTester(PagePermissionTester):
    """Wagtail's rules without publishing: only a completed sign-off publishes (3.1-3.3).

    This closes the publish button, bulk publishing, publishing copies and unpublishing, for
    superusers too; withdrawal (`cms.publication`) takes the place of unpublishing.
    """

    def can_publish(self) -> bool:
        """Never: the signatures publish."""
        return False

    def can_publish_subpage(self) -> bool:
        """Never: the signatures publish."""
        return False

    def can_unpublish(self) -> bool:
        """Never: a withdrawal needs a reason and two signatures."""
        return False

    def can_set_view_restrictions(self) -> bool:
        """Never: drafts are private anyway, publications are for everyone."""
        return False

    def can_unschedule(self) -> bool:
        """Never: a signed time stands until it is withdrawn or superseded."""
        return False

    def can_reorder_children(self) -> bool:
        """Whoever may edit this page may order what lies under it."""
        return self.can_edit() and not self.page_locked()


class SignedModelPermissionPolicy(ModelPermissionPolicy):
    """The rules of a signable snippet: Django's model permissions, and never publishing."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        """As Django says; "publish" is refused to everyone, superusers included."""
        return action != "publish" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: AbstractBaseUser, actions: list[str]) -> bool:
        """Whether at least one of `actions` other than "publish" is allowed."""
        return any(self.user_has_permission(user, action) for action in actions)
