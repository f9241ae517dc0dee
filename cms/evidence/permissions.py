"""Who may see the state of the record and export from it."""

from typing import Any

from django.core.exceptions import PermissionDenied

VIEW_RECORD = "publication.view_publication"


def may_see_record(user: Any) -> bool:
    """Whether `user` may see the public record in the admin, and all that was signed for it."""
    return user.is_active and user.has_perm(VIEW_RECORD)


def check_may_see_record(user: Any) -> None:
    """Raises `PermissionDenied` unless `user` may see the public record."""
    if not may_see_record(user):
        raise PermissionDenied
