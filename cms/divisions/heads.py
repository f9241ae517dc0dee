"""The heads of a division, for whoever must be told."""

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q

from cms.divisions.models import Appointment, Membership


def heads_of(department_key: UUID | None) -> list[Any]:
    """Who heads a division today: its heads, then those who act for them; accounts in use only.

    None: the heads of the whole office.
    """
    members = Membership.objects.in_force().filter(
        department__translation_key=department_key, is_head=True
    )
    if department_key is None:
        members = Membership.objects.in_force().filter(department=None, is_head=True)
    appointed = Appointment.objects.in_force().filter(
        department__translation_key=department_key,
        department__isnull=False,
        for_role=Appointment.Place.APPROVER,
    )
    heads = set(members.values_list("user", flat=True))
    users = get_user_model().objects.filter(
        Q(pk__in=heads) | Q(pk__in=appointed.values("user")), is_active=True
    )
    return sorted(users, key=lambda user: (user.pk not in heads, user.pk))
