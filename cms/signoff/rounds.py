"""Rounds of signing: which signatures count now, and when an item goes back to the first."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState, WorkflowMixin, WorkflowState

from cms.signoff.roles import Role
from cms.snapshot.fields import MissingFile
from cms.snapshot.snapshot import latest_snapshot


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


def may_sign(item: Any, user: Any, role: str) -> bool:
    """Whether `user`, a member of the step's groups, is somebody else than the earlier hands."""
    workflow_state = item.current_workflow_state
    if workflow_state is None:
        return False
    if any(s.user_id == user.pk for s in standing_signatures(workflow_state)):
        return False
    revision = item.get_latest_revision()
    return role == Role.REPORTER or revision is None or revision.user_id != user.pk


@transaction.atomic
def return_if_changed(workflow_state: WorkflowState) -> bool:
    """Sends an item back to the first signature where its content is not what was signed.

    Returns whether it did. The reason stands in the cancelled step, in Thai, the language of
    the office, and in the item's history.
    """
    signatures = standing_signatures(workflow_state)
    if not signatures:
        return False
    try:
        content_hash = latest_snapshot(workflow_state.content_object).content_hash
    except MissingFile:
        content_hash = ""  # a file that was signed for is gone: that is a change
    if all(signature.content_hash == content_hash for signature in signatures):
        return False
    with translation.override("th"):
        reason = _(
            "The content was changed after it had been signed (a word, a place in the site or "
            "a file). All signatures are void; signing begins again with the reporter."
        )
    void_signatures(workflow_state)
    current = workflow_state.current_task_state
    current.specific.cancel(comment=reason)
    return True


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
