"""Withdrawing what is public: a reason, two signatures, and a note that stays."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.publication.addresses import release_path
from cms.publication.models import Publication, Withdrawal, facets
from cms.publication.publish import close_earlier
from cms.signoff.models import Decision, Signature, SignedTask
from cms.signoff.roles import Role
from cms.signoff.signing import read_token, signer_columns, subject_columns
from cms.snapshot.snapshot import canonical_json, sha256

PURPOSE = "withdraw"
WITHDRAWING_ROLES = (Role.APPROVER, Role.PUBLISHER)


def tombstone(publication: Publication, reason: str) -> dict[str, Any]:
    """What is left in public of a withdrawn item: its title, its place and the reason."""
    data = publication.data
    return {
        "schema": data["schema"],
        "type": data["type"],
        "subject": data["subject"],
        "locale": data["locale"],
        "title": data["title"],
        "parent": data["parent"],
        "slug": data["slug"],
        "inMenu": False,
        "fields": {},
        "files": {},
        "withdraws": publication.content_hash,
        "reason": reason,
    }


def withdrawal_hash(publication: Publication, reason: str) -> str:
    """What the two people sign."""
    return sha256(canonical_json(tombstone(publication, reason)))


@transaction.atomic
def request_withdrawal(publication: Publication, reason: str, user: Any, token: str) -> Withdrawal:
    """The first signature: by an approver or a publisher, with a reason for the public.

    Raises `PermissionDenied` where the person may not, the token is not for this act, or the
    item is not public any more.
    """
    publication = _lock(publication)
    if not reason.strip():
        raise PermissionDenied(_("A withdrawal needs a reason."))
    if Withdrawal.objects.filter(publication=publication).exists():
        raise PermissionDenied(_("This withdrawal has been asked for already."))
    signature = _sign(publication, reason, user, token)
    return Withdrawal.objects.create(
        publication=publication, reason=reason, first_signature=signature.sequence
    )


@transaction.atomic
def confirm_withdrawal(withdrawal: Withdrawal, user: Any, token: str) -> Publication:
    """The second signature, by somebody else: the item leaves the public at once.

    Returns the note that stays. Raises `PermissionDenied` as `request_withdrawal` does, and
    where both signatures are of one person.
    """
    publication = _lock(withdrawal.publication)
    first = Signature.objects.get(sequence=withdrawal.first_signature)
    if first.user_id == user.pk:
        raise PermissionDenied(_("The second signature must be somebody else's."))
    if first.content_hash != withdrawal_hash(publication, withdrawal.reason):
        raise PermissionDenied(_("The signatures are for another content."))
    second = _sign(publication, withdrawal.reason, user, token)
    return _withdraw(publication, withdrawal.reason, [first, second])


def withdrawing_role(user: Any) -> Role | None:
    """In which role `user` may sign withdrawals, or None.

    Membership of the groups of that role's signing step counts, as everywhere; superusers have
    no role of their own.
    """
    steps = SignedTask.objects.filter(role__in=WITHDRAWING_ROLES, groups__in=user.groups.all())
    held = set(steps.values_list("role", flat=True))
    return next((role for role in WITHDRAWING_ROLES if role in held), None)


def _lock(publication: Publication) -> Publication:
    current = Publication.objects.select_for_update().get(pk=publication.pk)
    if not Publication.objects.standing().filter(pk=current.pk).exists():
        raise PermissionDenied(_("This item is not public any more."))
    return current


def _sign(publication: Publication, reason: str, user: Any, token: str) -> Signature:
    role = withdrawing_role(user)
    if role is None:
        raise PermissionDenied(_("Approvers and publishers sign withdrawals."))
    content_hash = withdrawal_hash(publication, reason)
    words = read_token(token, user, [PURPOSE, publication.pk], content_hash)
    return Signature.append(
        **subject_columns(publication.data),
        role=role,
        decision=Decision.WITHDRAW,
        user=user,
        **signer_columns({**words, "comment": reason}),
        content_hash=content_hash,
        signed_at=timezone.now(),
    )


def _withdraw(publication: Publication, reason: str, signatures: list[Signature]) -> Publication:
    now = timezone.now()
    address = publication.address
    data = tombstone(publication, reason)
    text = canonical_json(data)
    close_earlier(address, now)
    Publication.objects.filter(
        address=address, kind=Publication.Kind.PUBLICATION, withdrawn_at__isnull=True
    ).update(withdrawn_at=now)
    note = Publication.append(
        address=address,
        kind=Publication.Kind.WITHDRAWAL,
        snapshot=text,
        content_hash=sha256(text),
        signatures=json.dumps([signature.sequence for signature in signatures]),
        published_at=now,
        effective_from=now,
        **facets(data),
    )
    release_path(address)
    return note
