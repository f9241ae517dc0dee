"""Images and documents: each division works in its own collection and may use all others'."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Permission
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from cms.divisions.scope import scope_of


@dataclass(frozen=True)
class _Grant:
    """What Wagtail reads of a group's permission on a collection."""

    permission: Permission
    collection: Collection

    @property
    def collection_id(self) -> int:
        """As on Wagtail's own rows."""
        return self.collection.pk


class DivisionMediaPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's rules, where a group's right to add and change holds within one's divisions only.

    The groups have their rights on the root collection. Members of a division have them in its
    collection instead: no rows of permissions have to be kept for each. Choosing a file for a
    page stays as the group has it.
    """

    permission_cache_name = "_division_media_permissions"

    def get_all_permissions_for_user(self, user: Any) -> Any:
        """The permissions of the user's groups, moved to the user's divisions."""
        granted = super().get_all_permissions_for_user(user)
        scope = scope_of(user)
        if scope.everything or user.is_superuser:
            return granted
        granted = list(granted)
        own = list(Collection.objects.filter(departmentcollection__department__in=scope.ids))
        return [grant for row in granted for grant in _within(row, own)]


def _within(row: Any, own: list[Collection]) -> Iterator[_Grant]:
    if row.permission.codename.startswith("choose_"):
        yield _Grant(row.permission, row.collection)
        return
    for collection in own:
        if collection == row.collection or collection.is_descendant_of(row.collection):
            yield _Grant(row.permission, collection)
        elif row.collection.is_descendant_of(collection):
            yield _Grant(row.permission, row.collection)


def image_policy() -> DivisionMediaPolicy:
    """For our images; Wagtail's permissions name its own model."""
    return DivisionMediaPolicy(
        "pages.OfficeImage", auth_model="wagtailimages.Image", owner_field_name="uploaded_by_user"
    )


def document_policy() -> DivisionMediaPolicy:
    """For our documents."""
    return DivisionMediaPolicy(
        "pages.OfficeDocument",
        auth_model="wagtaildocs.Document",
        owner_field_name="uploaded_by_user",
    )
