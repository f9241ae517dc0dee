"""Who may do what to a draft: nobody publishes, and each edits for the own divisions."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies import ModelPermissionPolicy

from cms.divisions.scope import scope_of
from pages.divisions import covers, division_column, division_ids_below, is_for_all


class SignedPagePermissionTester(PagePermissionTester):
    """Wagtail's rules without publishing, within the divisions that a person works for.

    Only a completed sign-off publishes (3.1-3.3). This closes the publish button, bulk
    publishing, publishing copies and unpublishing, for superusers too; withdrawal
    (`cms.publication`) takes the place of unpublishing. A division prepares its own pages and no
    others (chapter 2): every member may add pages below any section, for the own division.
    """

    def can_add_subpage(self) -> bool:
        """Whoever works for some division; for which one is seen when the page is saved."""
        return super().can_add_subpage() and bool(scope_of(self.user))

    def can_edit(self) -> bool:
        """Within one's divisions; and whoever may sign the present step may open it, locked."""
        return super().can_edit() and (covers(self.user, self.page) or self._signs())

    def can_copy(self) -> bool:
        """A copy belongs to the division of the original."""
        return super().can_copy() and covers(self.user, self.page)

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        """With what lies below it only where all of that is of one's own divisions."""
        if recursive and not self._covers_below():
            return False
        return super().can_copy_to(destination, recursive)

    def _signs(self) -> bool:
        task = self.page.current_workflow_task
        return bool(task and task.user_can_access_editor(self.page, self.user))

    def _covers_below(self) -> bool:
        scope = scope_of(self.user)
        if scope.everything or self.page.is_leaf():
            return True
        return scope.covers_ids(division_ids_below(self.page) or {None})

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
        """Administrators and chiefs: what is below becomes private without any signature."""
        return (
            self.user.is_active
            and not self.page_is_root
            and self.user.has_perm("wagtailcore.change_pageviewrestriction")
        )

    def can_unschedule(self) -> bool:
        """Never: a signed time stands until it is withdrawn or superseded."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """As Wagtail says of somebody who may not publish; what is live must be withdrawn first.

        All that lies below must be of one's own divisions too; moving asks the same. Without a
        query of its own for a page with nothing below it: lists ask for every row.
        """
        if not covers(self.user, self.page) or not self._covers_below():
            return False
        if self.user.is_superuser or not self.page.is_leaf() or not self.user.is_active:
            return super().can_delete(ignore_bulk)
        if self.page.live:
            return False
        is_own = "add" in self.permissions and self.page.owner_id == self.user.pk
        return "change" in self.permissions or is_own

    def can_reorder_children(self) -> bool:
        """Whoever may edit this page may order what lies under it."""
        return self.can_edit() and not self.page_locked()


class SignedModelPermissionPolicy(ModelPermissionPolicy):
    """The rules of a signable record: Django's model permissions within one's divisions.

    A record without a division belongs to the whole office. Nobody has "publish", superusers
    included. The views ask for each record (`pages.record_views`): Wagtail's own ask for the
    kind of record only.
    """

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        """Whether there can be a record to which `user` may do this."""
        if action == "publish" or not super().user_has_permission(user, action):
            return False
        scope = scope_of(user)
        if scope.everything or is_for_all(self.model):
            return True
        column = division_column(self.model)
        # A new division is nobody's yet.
        return bool(scope) and column is not None and (action != "add" or column != "pk")

    def user_has_any_permission(self, user: AbstractBaseUser, actions: Iterable[str]) -> bool:
        """Whether at least one of `actions` other than "publish" is allowed."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(
        self, user: AbstractBaseUser, action: str, instance: Any
    ) -> bool:
        """The same for one record: its row and its newest draft must be of one's divisions."""
        return self.user_has_permission(user, action) and covers(user, instance)

    def instances_user_has_any_permission_for(
        self, user: AbstractBaseUser, actions: Iterable[str]
    ) -> QuerySet:
        """The records of one's divisions, for lists; a record's own views look at its draft too."""
        records = super().instances_user_has_any_permission_for(user, actions)
        scope, column = scope_of(user), division_column(self.model)
        if scope.everything or column is None:  # without a column: none, as said above
            return records
        return records.filter(**{f"{column}__in": scope.ids})
