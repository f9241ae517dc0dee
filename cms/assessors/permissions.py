"""Who may see answers, write them, and submit them; asked where the act happens."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

VIEW = "assessors.view_submission"
CHANGE = "assessors.change_answer"
SUBMIT = "assessors.add_submission"


def check(user: Any, permission: str) -> None:
    """Raises `PermissionDenied` with words for the user."""
    if not user.has_perm(permission):
        raise PermissionDenied(_("You may not do this with the answers to assessors."))
