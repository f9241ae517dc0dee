"""One act of signing: the password becomes a short-lived token, the token a signature."""

from typing import Any

from django.core import signing as django_signing
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from wagtail.models import Revision

from cms.accounts.acting import problem_with_acting
from cms.divisions.capacity import capacity_of
from cms.signoff.flags import decide
from cms.signoff.signers import division_in
from cms.snapshot.snapshot import Snapshot, canonical_json

_SALT = "cms.signoff.signing"
TOKEN_MAX_AGE = 300  # seconds between the dialog and the act


def issue_token(user: Any, purpose: Any, content_hash: str, words: dict[str, Any]) -> str:
    """A token that says: `user` gave the password just now, for this purpose and content.

    `purpose` is JSON: a step's `[task state id, action]`, or another act's name and id. `words`
    are what the person typed: `full_name`, `position`, `comment`, and the `checklist` with its
    `checklist_version`, where there is one. The caller has checked the password. Good in
    the session in which it is made, and while that lasts.
    """
    payload = {
        "user": user.pk,
        "session": _session_of(user),
        "purpose": purpose,
        "hash": content_hash,
        "words": words,
    }
    return django_signing.dumps(payload, salt=_SALT, compress=True)


def read_token(token: str, user: Any, purpose: Any, content_hash: str) -> dict[str, Any]:
    """The words that a token carries, after everything in it was checked.

    Raises `PermissionDenied` where it is forged, too old, or for another person, purpose or
    content; where the person signed out everywhere, changed the password or signs from another
    session; and where the person may not act now (a second factor is missing, for example).
    """
    if problem := problem_with_acting(user):
        raise PermissionDenied(problem)
    try:
        payload = django_signing.loads(token, salt=_SALT, max_age=TOKEN_MAX_AGE)
    except django_signing.SignatureExpired as error:
        raise PermissionDenied(_("Too much time has passed. Please sign again.")) from error
    except django_signing.BadSignature as error:
        raise PermissionDenied(_("This was not signed in the signing dialog.")) from error
    if payload["user"] != user.pk or payload["purpose"] != purpose:
        raise PermissionDenied(_("This was signed for something else."))
    if not constant_time_compare(payload["session"], _session_of(user)):
        raise PermissionDenied(_("You signed out meanwhile. Please sign again."))
    if payload["hash"] != content_hash:
        raise PermissionDenied(_("The content has changed since you opened the dialog."))
    return payload["words"]


def _session_of(user: Any) -> str:
    """What ends with the password, with "sign out everywhere" and with the browser's session."""
    message = f"{user.get_session_auth_hash()}:{user.session_mark}"
    return salted_hmac(_SALT, message, algorithm="sha256").hexdigest()[:32]


def sign(
    task_state: Any,
    snapshot: Snapshot,
    revision: Revision,
    user: Any,
    action_name: str,
    token: str,
) -> str:
    """Appends the signature for one workflow step and returns the signer's comment.

    Binds the step to the draft that was signed: `snapshot` is what `revision` says now;
    `task_state.checklist_version` is the version in force. Raises `PermissionDenied` as
    `read_token` does, and where another checklist was confirmed.
    """
    from cms.signoff.models import Signature

    words = read_token(token, user, [task_state.pk, action_name], snapshot.content_hash)
    if (
        action_name == "approve"
        and words.get("checklist_version", 0) != task_state.checklist_version
    ):
        raise PermissionDenied(_("The administrator has changed the checklist. Read it again."))
    is_bound = task_state.revision_id == revision.pk
    task_state.revision = revision
    if not is_bound:
        task_state.save(update_fields=["revision"])
    signature = Signature.append(
        **subject_columns(snapshot.data),
        workflow_state_id=task_state.workflow_state_id,
        task_state_id=task_state.pk,
        revision_id=revision.pk,
        role=task_state.task.role,
        decision=action_name,
        user=user,
        **signer_columns(words),
        capacity=capacity_for(user, task_state.task.role, snapshot.data),
        content_hash=snapshot.content_hash,
        signed_at=timezone.now(),
    )
    decide(signature)
    return words["comment"]


def capacity_for(user: Any, role: str, data: dict[str, Any]) -> str:
    """In which capacity a person signs a snapshot, in its language; empty: the own position."""
    return capacity_of(user, role, division_in(data), data["locale"])


def subject_columns(data: dict[str, Any]) -> dict[str, Any]:
    """The columns of a signature that say what was signed."""
    return {
        "subject": data["subject"],
        "locale": data["locale"],
        "subject_type": data["type"],
        "title": data["title"],
    }


def signer_columns(words: dict[str, Any]) -> dict[str, Any]:
    """The columns of a signature that the signer typed."""
    return {
        "full_name": words["full_name"],
        "position": words["position"],
        "checklist": canonical_json(words["checklist"]),
        "checklist_version": words.get("checklist_version", 0),
        "comment": words["comment"],
    }
