"""Which divisions' content a person may edit."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from cms.divisions.models import Membership

ACT_FOR_ALL = "divisions.act_for_all"


@dataclass(frozen=True)
class Scope:
    """The divisions that a right reaches: all and what belongs to none, or those of `keys`.

    A division is known by its translation key; `ids` are its records in every language.
    """

    everything: bool = False
    keys: frozenset[UUID] = frozenset()
    ids: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everything or bool(self.keys)

    def covers(self, department_key: UUID | None) -> bool:
        """Whether it reaches a division; None: what belongs to no division."""
        return self.everything or department_key in self.keys

    def covers_ids(self, department_ids: set[int | None]) -> bool:
        """Whether it reaches every one of these records of divisions; None as above."""
        return self.everything or (bool(department_ids) and department_ids <= self.ids)


EVERYTHING = Scope(everything=True)
NOTHING = Scope()


def scope_of(user: Any) -> Scope:
    """What a person may edit today, as far as divisions go; their groups say what they may do.

    Everything for the groups with the permission "act for every division" (publisher,
    executive, translator, overseer, administrator) and for members of the whole office; for
    others the divisions of their memberships. Nobody without one edits anything. Appointments
    do not count: they are for signing (`cms.signoff.signers`).

    Remembered on the user object, which lives as long as one request.
    """
    today = timezone.localdate()
    known = getattr(user, "_division_scope", None)
    if known is None or known[0] != today:
        known = (today, _scope_of(user))
        user._division_scope = known
    return known[1]


def _scope_of(user: Any) -> Scope:
    if not user.is_active or user.is_anonymous:
        return NOTHING
    if user.has_perm(ACT_FOR_ALL):
        return EVERYTHING
    memberships = Membership.objects.in_force().filter(user=user)
    return scope_from(memberships.values_list("department__translation_key", flat=True))


def scope_from(keys: Any) -> Scope:
    """The scope of division keys, of which None means the whole office."""
    found = frozenset(keys)
    if None in found:
        return EVERYTHING
    if not found:
        return NOTHING
    department: Any = Membership._meta.get_field("department").related_model
    ids = department.objects.filter(translation_key__in=found).values_list("pk", flat=True)
    return Scope(keys=found, ids=frozenset(ids))
