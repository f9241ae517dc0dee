"""Rounds of signing: which signatures count now, and when an item goes back to the first."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState, WorkflowMixin, WorkflowState

from cms.signoff.releases import place_of_run
from cms.signoff.roles import FIRST_ROLES
from cms.snapshot.fields import MissingFile
from cms.snapshot.snapshot import latest_snapshot

# The hash of a draft that names a file which is not there: nobody signed that.
NO_CONTENT_HASH = ""


def standing_signatures(workflow_state: WorkflowState) -> list:
    """The approvals of the present round, in order. Earlier rounds' task states are cancelled."""
    from cms.signoff.models import Decision, Signature

    approved = workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED)
    return list(
        Signature.objects.filter(
            workflow_state_id=workflow_state.pk,
            decision=Decision.APPROVE,
            task_state_id__in=approved.values_list("pk", flat=True),
        )
    )


def may_sign(item: Any, user: Any, role: str, signatures: list) -> bool:
    """Whether `user`, who may sign at the step, is active and not one of the earlier hands.

    `signatures` are those that stand in the present round.
    """
    is_second = any(signature.user_id == user.pk for signature in signatures)
    if is_second or not user.is_active:
        return False
    revision = item.get_latest_revision()
    return role in FIRST_ROLES or revision is None or revision.user_id != user.pk


@transaction.atomic
def return_if_changed(workflow_state: WorkflowState) -> bool:
    """Sends an item back to the first signature where its content is not what was signed.

    An item of a release takes all others of it with it. Returns whether it did.
    """
    from cms.signoff.release_signing import void_if_changed

    if place := place_of_run(workflow_state):
        return void_if_changed(place.release)
    signatures = standing_signatures(workflow_state)
    if not signatures:
        return False
    try:
        content_hash = latest_snapshot(workflow_state.content_object).content_hash
    except MissingFile:
        content_hash = NO_CONTENT_HASH
    if not is_changed(signatures, content_hash):
        return False
    return_to_first(workflow_state)
    return True


def is_changed(signatures: list, content_hash: str) -> bool:
    """Whether the content is no longer what each of these signatures was made for."""
    return any(signature.content_hash != content_hash for signature in signatures)


def return_to_first(workflow_state: WorkflowState, reason: str = "", user: Any = None) -> None:
    """Sends an item back to the first signature: it was changed, or `reason` says why.

    The reason stands in the cancelled step, in Thai, the language of the office, and in the
    item's history. `user` is who brought it about, None where nobody did.
    """
    with translation.override("th"):
        changed = _(
            "The content was changed after it had been signed (a word, a place in the site or "
            "a file). All signatures are void; signing begins again with the first signer."
        )
    void_signatures(workflow_state)
    current = workflow_state.current_task_state
    current.specific.cancel(user=user, comment=reason or changed)


def void_signatures(workflow_state: WorkflowState) -> None:
    """Ends the present round: no earlier approval counts from here on."""
    workflow_state.task_states.filter(
        status__in=[TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED]
    ).update(status=TaskState.STATUS_CANCELLED)


def change_notice(workflow_state: WorkflowState) -> str:
    """Why the item is back at the first signature; empty where it is there for the first time."""
    current = workflow_state.current_task_state
    if current is None or current.status != TaskState.STATUS_IN_PROGRESS:
        return ""
    previous = workflow_state.task_states.exclude(pk=current.pk).order_by("-pk").first()
    voided = previous and previous.status == TaskState.STATUS_CANCELLED
    return previous.comment if voided else ""


def on_revision_saved(sender: type[Revision], instance: Revision, **kwargs: Any) -> None:
    """Whatever wrote a draft (a person, a script, a sync): signed items go back at once."""
    if kwargs.get("raw"):
        return
    item = instance.content_object
    if not isinstance(item, WorkflowMixin):
        return
    workflow_state = item.current_workflow_state
    if workflow_state and workflow_state.status == WorkflowState.STATUS_IN_PROGRESS:
        # After the commit: Wagtail notes the new revision on the row a moment later.
        transaction.on_commit(lambda: return_if_changed(workflow_state))
