"""Who may import: whoever may add pages and works for some division. Each has the own uploads."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.divisions.scope import scope_of
from cms.importing.models import ImportRun


def may_import(user: Any) -> bool:
    """Whether there can be a row that `user` may import; each row is asked for by itself."""
    if not user.is_active or not scope_of(user):
        return False
    return PagePermissionPolicy().user_has_permission(user, "add")


def check_may_import(user: Any) -> None:
    """Raises `PermissionDenied` unless `user` may import at all."""
    if not may_import(user):
        raise PermissionDenied


def runs_of(user: Any) -> QuerySet[ImportRun]:
    """The uploads of a user: others may not even know of them, as they hold a division's drafts."""
    return ImportRun.objects.filter(user=user)
