"""Whom watching tells: the people of a division, the chief administrator, the administrators."""

from typing import Any
from uuid import UUID

from cms.accounts.models import User
from cms.divisions.heads import heads_of
from cms.divisions.models import Membership
from cms.publication.alarm import administrators
from cms.signoff.models import SignedTask
from cms.signoff.roles import Role
from cms.signoff.signers import entitled_users


def reporters_of(division: UUID | None) -> list[User]:
    """The reporters of a division (None: of the whole office); without any, whoever heads it.

    Where there is nobody at all, the administrators: what is told to nobody is forgotten.
    """
    return (
        _of_role(Role.REPORTER, division, members_alone=True)
        or heads_of(division)
        or list(administrators())
    )


def chief_administrators() -> list[User]:
    """Who signs as chief executive or chief administrator today; without any, administrators."""
    return _of_role(Role.EXECUTIVE, None) or list(administrators())


def _of_role(role: Role, division: UUID | None, members_alone: bool = False) -> list[User]:
    """The people of a step; of a division its own members, before those of the whole office."""
    found: dict[int, Any] = {}
    for task in SignedTask.objects.filter(role=role, active=True):
        people = entitled_users(task, division)
        if members_alone and division is not None:
            members = Membership.objects.in_force().filter(department__translation_key=division)
            own = people.filter(pk__in=members.values("user"))
            people = own if own.exists() else people
        found.update({person.pk: person for person in people})
    return [found[pk] for pk in sorted(found)]
