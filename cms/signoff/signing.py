"""One act of signing: the password becomes a short-lived token, the token a signature."""

from typing import Any

from django.core import signing as django_signing
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from cms.snapshot.snapshot import canonical_json, latest_snapshot

_SALT = "cms.signoff.signing"
TOKEN_MAX_AGE = 300  # seconds between the dialog and the act


def issue_token(user: Any, purpose: Any, content_hash: str, words: dict[str, Any]) -> str:
    """A token that says: `user` gave the password just now, for this purpose and content.

    `purpose` is JSON: a step's `[task state id, action]`, or another act's name and id. `words`
    are what the person typed: `full_name`, `position`, `checklist`, `comment`. The caller has
    checked the password.
    """
    payload = {"user": user.pk, "purpose": purpose, "hash": content_hash, "words": words}
    return django_signing.dumps(payload, salt=_SALT, compress=True)


def read_token(token: str, user: Any, purpose: Any, content_hash: str) -> dict[str, Any]:
    """The words that a token carries, after everything in it was checked.

    Raises `PermissionDenied` where it is forged, too old, or for another person, purpose or
    content.
    """
    try:
        payload = django_signing.loads(token, salt=_SALT, max_age=TOKEN_MAX_AGE)
    except django_signing.SignatureExpired as error:
        raise PermissionDenied(_("Too much time has passed. Please sign again.")) from error
    except django_signing.BadSignature as error:
        raise PermissionDenied(_("This was not signed in the signing dialog.")) from error
    if payload["user"] != user.pk or payload["purpose"] != purpose:
        raise PermissionDenied(_("This was signed for something else."))
    if payload["hash"] != content_hash:
        raise PermissionDenied(_("The content has changed since you opened the dialog."))
    return payload["words"]


def sign(
    role: str, task_state: TaskState, item: Any, user: Any, action_name: str, token: str
) -> str:
    """Appends the signature for one workflow step and returns the signer's comment.

    Binds the step to the draft that was signed. Raises `PermissionDenied` as `read_token` does.
    """
    from cms.signoff.models import Signature

    snapshot = latest_snapshot(item)
    words = read_token(token, user, [task_state.pk, action_name], snapshot.content_hash)
    revision = item.get_latest_revision()
    if task_state.revision_id != revision.pk:
        task_state.revision = revision
        task_state.save(update_fields=["revision"])
    Signature.append(
        **subject_columns(snapshot.data),
        workflow_state_id=task_state.workflow_state_id,
        task_state_id=task_state.pk,
        revision_id=revision.pk,
        role=role,
        decision=action_name,
        user=user,
        **signer_columns(words),
        content_hash=snapshot.content_hash,
        signed_at=timezone.now(),
    )
    return words["comment"]


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
        "comment": words["comment"],
    }
