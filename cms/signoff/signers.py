"""Who may sign what (announcement, chapter 2): by group, by division, or by an order.

* reporter: a member of the group, for the divisions of the memberships in force today
* approver: a member of the group, for the divisions that the person heads, or for all with a
  membership of the whole office; and whoever acts for the head, without the group
* chief executive or chief administrator: the group, or whoever acts for them
* publisher, and any other role: the group, for all divisions

What belongs to no division is the whole office's. Superusers have no step of their own.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from wagtail.models import Page

from cms.divisions.models import Appointment, Membership
from cms.divisions.scope import EVERYTHING, NOTHING, Scope, scope_from
from cms.signoff.roles import FIRST_ROLES, Role
from pages.models import Department

# Of those in the group, the memberships that count; a role that is not here has the group alone.
_MEMBERS = {Role.REPORTER: Q(), Role.APPROVER: Q(is_head=True) | Q(department__isnull=True)}


def signers_of(task: Any, item: Any) -> QuerySet[Any]:
    """The accounts that may sign an item at a step now: `task` is a `SignedTask`.

    Without those who signed in this round, and, but for the first step, without whoever wrote
    the draft.
    """
    from cms.signoff.rounds import standing_signatures

    workflow_state = item.current_workflow_state
    signed = standing_signatures(workflow_state) if workflow_state else []
    users = entitled_users(task, division_of(item))
    users = users.exclude(pk__in=[signature.user_id for signature in signed])
    revision = item.get_latest_revision()
    if task.role not in FIRST_ROLES and revision and revision.user_id:
        users = users.exclude(pk=revision.user_id)
    return users


def is_entitled(user: Any, task: Any, division: Any) -> bool:
    """Whether a person may sign at a step for a division, whoever signed before."""
    return entitled_users(task, division).filter(pk=user.pk).exists()


def entitled_users(task: Any, division: Any) -> QuerySet[Any]:
    """The accounts in use that may sign at a step for a division, whoever signed before.

    `division` is a translation key, a subquery for one (`division_of`), or None.
    """
    here, person = Q(department__translation_key=division), OuterRef("pk")
    whole_office = Q(department__isnull=True)
    if is_by_division(task):
        within = whole_office if division is None else whole_office | here
        wanted = Q(Exists(members_at(task).filter(within, user=person)))
    else:
        wanted = Q(Exists(in_groups(task).filter(pk=person)))
    if task.role in Appointment.Place.values:
        orders = appointments_at(task).filter(user=person)
        wanted |= Q(Exists(orders if task.role == Role.EXECUTIVE else orders.filter(here)))
    return get_user_model().objects.filter(wanted, is_active=True)


def signing_scope(user: Any, task: Any) -> Scope:
    """The divisions for which a person may sign at a step today: the same rule, for lists."""
    if not user.is_active:
        return NOTHING
    terms: list[QuerySet] = []
    if is_by_division(task):
        terms.append(members_at(task))
    elif in_groups(task).filter(pk=user.pk).exists():
        return EVERYTHING
    if task.role in Appointment.Place.values:
        terms.append(appointments_at(task))
    keys: set[UUID | None] = set()
    for rows in terms:
        keys.update(rows.filter(user=user).values_list("department__translation_key", flat=True))
    return scope_from(keys)


def is_by_division(task: Any) -> bool:
    """Whether each division has its own people for a step."""
    return task.role in _MEMBERS


def members_at(task: Any) -> QuerySet[Membership]:
    """The memberships in force by which people of the step's groups sign there."""
    return Membership.objects.in_force().filter(_MEMBERS[task.role], user__in=in_groups(task))


def appointments_at(task: Any) -> QuerySet[Appointment]:
    """The appointments in force for a step."""
    is_office = task.role == Role.EXECUTIVE
    return Appointment.objects.in_force().filter(for_role=task.role, department__isnull=is_office)


def in_groups(task: Any) -> QuerySet[Any]:
    """The accounts in a step's groups, once for each of these groups."""
    return get_user_model().objects.filter(groups__in=task.groups.all())


def division_of(item: Any) -> Any:
    """The division of an item's newest draft, for `entitled_users`; it costs no query.

    Wagtail hands pages over in their plain form too, which knows no division: the draft does.
    """
    if isinstance(item, Department):
        return item.translation_key
    revision = item.get_latest_revision()
    if revision:
        number = revision.content.get("department")
    else:
        specific = item.specific if isinstance(item, Page) else item
        number = getattr(specific, "department_id", None)
    if number is None:
        return None
    return Subquery(Department.objects.filter(pk=number).values("translation_key")[:1])


def division_in(data: dict[str, Any]) -> str | None:
    """The key of the division that a snapshot names."""
    if data["type"] == Department.__name__:
        return data["subject"]
    return data["fields"].get("department")


def unentitled(signatures: Iterable[Any], division: str | None) -> list[Any]:
    """Those signatures whose signers had, on the day, neither membership nor order for it.

    Only for the roles that have these; groups keep no history.
    """
    by_membership = [signature for signature in signatures if signature.role in _MEMBERS]
    people = [signature.user_id for signature in by_membership]
    within = Q(department__isnull=True)
    if division:
        within |= Q(department__translation_key=division)
    members = list(Membership.objects.filter(within, user__in=people))
    left = [s for s in by_membership if not _was_member(s, members)]
    if not left:
        return []
    if not division:
        return left
    orders = list(Appointment.objects.filter(department__translation_key=division, user__in=people))
    return [s for s in left if not _was_appointed(s, orders)]


def _was_member(signature: Any, members: list[Membership]) -> bool:
    day = timezone.localdate(signature.signed_at)
    return any(
        member.user_id == signature.user_id
        and member.is_in_force(day)
        and (signature.role == Role.REPORTER or member.is_head or member.department_id is None)
        for member in members
    )


def _was_appointed(signature: Any, orders: list[Appointment]) -> bool:
    day = timezone.localdate(signature.signed_at)
    return any(
        order.user_id == signature.user_id
        and order.for_role == signature.role
        and order.is_in_force(day)
        for order in orders
    )
