"""Withdrawing what is public: a reason, two signatures, and a note that stays."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.accounts.events import tells_refusals
from cms.publication import search_index
from cms.publication.addresses import release_path
from cms.publication.minimum_periods import withdrawal_problem
from cms.publication.models import Publication, Withdrawal, facets
from cms.publication.public_changes import ChangeType, announce, change_of
from cms.publication.publish import close_earlier
from cms.signoff.chain import lock_chains
from cms.signoff.models import Decision, Signature, SignedTask
from cms.signoff.roles import Role
from cms.signoff.signers import division_in, is_entitled, signing_scope
from cms.signoff.signing import capacity_for, read_token, signer_columns, subject_columns
from cms.snapshot.snapshot import canonical_json, sha256

PURPOSE = "withdraw"
WITHDRAWING_ROLES = (Role.APPROVER, Role.PUBLISHER)
# Who signs second where a notice goes before its minimum period is over.
EXCEPTION_ROLES = (Role.EXECUTIVE,)


def tombstone(publication: Publication, reason: str, ground: str = "") -> dict[str, Any]:
    """What is left in public of a withdrawn item: its title, its place and the reason.

    `ground` is why it went before the minimum period of a procurement notice was over.
    """
    data = publication.data
    left = {
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
    return {**left, "ground": ground} if ground else left


def withdrawal_hash(publication: Publication, reason: str, ground: str = "") -> str:
    """What the two people sign."""
    return sha256(canonical_json(tombstone(publication, reason, ground)))


@tells_refusals
@transaction.atomic
def request_withdrawal(
    publication: Publication, reason: str, user: Any, token: str, ground: str = ""
) -> Withdrawal:
    """The first signature: by an approver or a publisher, with a reason for the public.

    Raises `PermissionDenied` where the person may not, the token is not for this act, the item is
    not public any more, or must be by law and no `ground` is named.
    """
    publication = _lock(publication)
    if not reason.strip():
        raise PermissionDenied(_("A withdrawal needs a reason."))
    if Withdrawal.objects.under_way().filter(publication=publication).exists():
        raise PermissionDenied(_("This withdrawal has been asked for already."))
    _check_period(publication, ground)
    role = withdrawing_role(user, publication)
    signature = _sign(publication, reason, ground, role, user, token)
    return Withdrawal.objects.create(
        publication=publication, reason=reason, ground=ground, first_signature=signature.sequence
    )


@tells_refusals
@transaction.atomic
def confirm_withdrawal(withdrawal: Withdrawal, user: Any, token: str) -> Publication:
    """The second signature, by somebody else: the item leaves the public at once.

    Returns the note that stays. Raises `PermissionDenied` as `request_withdrawal` does, and
    where both signatures are of one person, or the withdrawal is not under way any more.
    """
    publication = _lock(withdrawal.publication)
    withdrawal = _lock_open(withdrawal)
    first = Signature.objects.get(sequence=withdrawal.first_signature)
    if first.user_id == user.pk:
        raise PermissionDenied(_("The second signature must be somebody else's."))
    reason, ground = withdrawal.reason, withdrawal.ground
    if first.content_hash != withdrawal_hash(publication, reason, ground):
        raise PermissionDenied(_("The signatures are for another content."))
    _check_period(publication, ground)
    second = _sign(publication, reason, ground, confirming_role(user, withdrawal), user, token)
    note = _withdraw(publication, reason, ground, [first, second])
    _close(withdrawal, Withdrawal.Outcome.CARRIED_OUT, user)
    return note


@transaction.atomic
def close_withdrawal(withdrawal: Withdrawal, user: Any, why: str) -> Withdrawal:
    """Ends a withdrawal that is under way; the item stays public, the row stays as the log.

    Who asked takes it back; whoever could have signed second declines it. Nothing becomes public
    or leaves the public, so no password is asked. Raises `PermissionDenied` for anybody else,
    and where it is not under way or no reason is given.
    """
    withdrawal = _lock_open(withdrawal)
    if not why.strip():
        raise PermissionDenied(_("Say why, for whoever asked and for the record."))
    first = Signature.objects.get(sequence=withdrawal.first_signature)
    if first.user_id == user.pk:
        outcome = Withdrawal.Outcome.TAKEN_BACK
    elif confirming_role(user, withdrawal):
        outcome = Withdrawal.Outcome.DECLINED
    else:
        raise PermissionDenied(_("Who asked, or may sign second, ends a withdrawal."))
    return _close(withdrawal, outcome, user, why)


def withdrawing_role(user: Any, publication: Publication) -> Role | None:
    """In which role `user` may sign the withdrawal of a publication, or None.

    As at that role's signing step: for the division of the item; superusers have no role.
    """
    return _held_role(user, WITHDRAWING_ROLES, publication)


def confirming_role(user: Any, withdrawal: Withdrawal) -> Role | None:
    """In which role `user` may give the second signature, or None.

    An executive's where a notice goes before its minimum period is over.
    """
    roles = EXCEPTION_ROLES if withdrawal.ground else WITHDRAWING_ROLES
    return _held_role(user, roles, withdrawal.publication)


def signing_role(user: Any, publication: Publication, withdrawal: Withdrawal | None) -> Role | None:
    """In which role `user` may sign a withdrawal, under way or not yet asked for, or None."""
    if withdrawal is None:
        return withdrawing_role(user, publication)
    return confirming_role(user, withdrawal)


def may_act_on(user: Any, publication: Publication, withdrawal: Withdrawal | None) -> bool:
    """Whether the screen of a withdrawal, asked for or not yet, is for `user`."""
    has_role = signing_role(user, publication, withdrawal) is not None
    return has_role or bool(withdrawal and has_asked(user, withdrawal))


def has_asked(user: Any, withdrawal: Withdrawal) -> bool:
    """Whether `user` gave the first signature."""
    return Signature.objects.filter(sequence=withdrawal.first_signature, user_id=user.pk).exists()


def _held_role(user: Any, roles: tuple[Role, ...], publication: Publication) -> Role | None:
    division = division_in(publication.data)
    held = {task.role for task in _steps(roles) if is_entitled(user, task, division)}
    return next((role for role in roles if role in held), None)


def withdrawable_by(user: Any, roles: tuple[Role, ...] = WITHDRAWING_ROLES) -> Q:
    """Whose withdrawals `user` may sign in one of `roles`, as a condition on publications."""
    scopes = [signing_scope(user, task) for task in _steps(roles)]
    if any(scope.everything for scope in scopes):
        return Q()
    keys = {key for scope in scopes for key in scope.keys}
    # A division's own record has the division's key as its subject.
    return Q(department__in=keys) | Q(subject__in=keys)


def _steps(roles: tuple[Role, ...]) -> QuerySet[SignedTask]:
    return SignedTask.objects.filter(role__in=roles, active=True)


def _lock(publication: Publication) -> Publication:
    lock_chains()
    current = Publication.objects.select_for_update().get(pk=publication.pk)
    if not Publication.objects.standing().filter(pk=current.pk).exists():
        raise PermissionDenied(_("This item is not public any more."))
    return current


def _lock_open(withdrawal: Withdrawal) -> Withdrawal:
    lock_chains()
    found = Withdrawal.objects.under_way().select_for_update().filter(pk=withdrawal.pk).first()
    if found is None:
        raise PermissionDenied(_("This withdrawal is not under way any more."))
    return found


def _check_period(publication: Publication, ground: str) -> None:
    """Raises `PermissionDenied` where the law wants the item public and no ground is named."""
    if ground:
        if ground not in Withdrawal.Ground.values:
            raise PermissionDenied(_("This is not a ground for an early withdrawal."))
    elif problem := withdrawal_problem(publication):
        raise PermissionDenied(problem)


def _sign(
    publication: Publication, reason: str, ground: str, role: Role | None, user: Any, token: str
) -> Signature:
    if role is None:
        if ground and withdrawing_role(user, publication):
            raise PermissionDenied(_("The chief executive or administrator signs this one second."))
        raise PermissionDenied(
            _("Withdrawals are signed by the division's approver and by publishers.")
        )
    content_hash = withdrawal_hash(publication, reason, ground)
    words = read_token(token, user, [PURPOSE, publication.pk], content_hash)
    return Signature.append(
        **subject_columns(publication.data),
        role=role,
        decision=Decision.WITHDRAW,
        user=user,
        **signer_columns({**words, "comment": reason}),
        capacity=capacity_for(user, role, publication.data),
        content_hash=content_hash,
        signed_at=timezone.now(),
    )


def _close(
    withdrawal: Withdrawal, outcome: Withdrawal.Outcome, user: Any, why: str = ""
) -> Withdrawal:
    withdrawal.outcome, withdrawal.closing_reason = outcome, why
    withdrawal.closed_at, withdrawal.closed_by = timezone.now(), user
    withdrawal.save(update_fields=["outcome", "closing_reason", "closed_at", "closed_by"])
    return withdrawal


def _withdraw(
    publication: Publication, reason: str, ground: str, signatures: list[Signature]
) -> Publication:
    now = timezone.now()
    address = publication.address
    data = tombstone(publication, reason, ground)
    text = canonical_json(data)
    before = address.publications.effective(now).first()
    close_earlier(address, now)
    search_index.remove(Publication.objects.filter(address=address))
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
    former_path = address.path
    release_path(address)
    if before:  # what had not begun was never public: nobody is told that it was there
        announce([change_of(ChangeType.WITHDRAWN, note, now, former_path, before)])
    return note
