"""One act: a signer flags an item as urgent or sensitive, with the impact assessment (4.1-4.2)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision, TaskState, WorkflowState

from cms.accounts.events import tells_refusals
from cms.signoff.flags import Flag, item_flagged
from cms.signoff.models import Decision, Signature, SignedTask
from cms.signoff.releases import place_of_run
from cms.signoff.rounds import is_changed, return_to_first, standing_signatures
from cms.signoff.signing import capacity_for, read_token, signer_columns, subject_columns
from cms.snapshot.fields import MissingFile
from cms.snapshot.snapshot import Snapshot, latest_snapshot

PURPOSE = "flag"
KINDS = ("is_urgent", "is_sensitive")
ASSESSMENT = ("benefits", "harms", "after_effects")


def flagging_problem(task_state: TaskState, item: Any, user: Any) -> str:
    """Why `user` cannot flag the item at this step; empty where that is possible."""
    task = task_state.task.specific
    run = task_state.workflow_state
    if not isinstance(task, SignedTask) or task_state.status != TaskState.STATUS_IN_PROGRESS:
        return _("This step is over.")
    draft = item.get_latest_revision_as_object()
    if not hasattr(draft, "is_urgent"):
        return _("Items of this type cannot be flagged.")
    if place_of_run(run):
        return _("It is signed with its release: return the release, and say that it is urgent.")
    # Whoever it was assigned to: what is urgent may be seen by any of those who sign here.
    if not task.is_signer(item, user, standing_signatures(run)):
        return _("This step is not yours.")
    if draft.is_urgent and draft.is_sensitive:
        return _("It is flagged already.")
    return ""


def purpose_of(task_state: TaskState) -> list[Any]:
    """What a token for flagging at this step names."""
    return [PURPOSE, task_state.pk]


@tells_refusals
@transaction.atomic
def flag_item(task_state: TaskState, user: Any, token: str) -> Flag | None:
    """Flags an item and sends it back to the first signature, now with the executive's step.

    `token` carries the words of the signer's form: the password was given for exactly these.
    Raises `PermissionDenied` where the person, the step, the token, the reason or a part of the
    assessment is wrong. Returns None where the content was no longer what had been signed: then
    it only goes back.
    """
    task_state = task_state.task.specific.lock_step(task_state)
    run = task_state.workflow_state
    item = run.content_object
    if problem := flagging_problem(task_state, item, user):
        raise PermissionDenied(problem)
    try:
        snapshot = latest_snapshot(item)
    except MissingFile as error:
        raise PermissionDenied(str(error)) from error
    if is_changed(standing_signatures(run), snapshot.content_hash):
        return_to_first(run)
        return None
    words = read_token(token, user, purpose_of(task_state), snapshot.content_hash)
    _check_words(words, snapshot.draft)
    signature = _sign(task_state, snapshot, user, words)
    flag = Flag.objects.create(
        subject=snapshot.data["subject"],
        locale=snapshot.data["locale"],
        title=snapshot.data["title"],
        workflow_state_id=run.pk,
        **{name: words[name] for name in KINDS},
        reason=words["comment"],
        signature=signature.sequence,
        flagged_by=user,
        flagged_at=signature.signed_at,
    )
    _save(item, words)
    run = _begin_again(run, user, words)
    log(instance=run.content_object, action="signoff.flag", user=user, data={"flag": flag.pk})
    item_flagged.send(sender=Flag, flag=flag, task_state=run.current_task_state, user=user)
    return flag


def _check_words(words: dict[str, Any], draft: Any) -> None:
    """The form asks for all of this; a token made elsewhere must hold it as well."""
    if not any(words[name] and not getattr(draft, name) for name in KINDS):
        raise PermissionDenied(_("Say whether it is urgent, sensitive, or both."))
    if not words["comment"].strip():
        raise PermissionDenied(_("Say why."))
    if not all(words[name].strip() for name in ASSESSMENT):
        raise PermissionDenied(_("The impact assessment needs all three parts."))


def _sign(task_state: TaskState, snapshot: Snapshot, user: Any, words: dict) -> Signature:
    """The signature is on the content that the signer read, without the flag."""
    role = task_state.task.specific.role
    return Signature.append(
        **subject_columns(snapshot.data),
        workflow_state_id=task_state.workflow_state_id,
        task_state_id=task_state.pk,
        revision_id=task_state.revision_id,
        role=role,
        decision=Decision.FLAG,
        user=user,
        **signer_columns(words),
        capacity=capacity_for(user, role, snapshot.data),
        content_hash=snapshot.content_hash,
        signed_at=timezone.now(),
    )


def _save(item: Any, words: dict[str, Any]) -> None:
    """A further draft with the boxes and the assessment.

    It stays the author's: nobody may approve what they wrote themselves. With the flagger as its
    author, that person could not sign the next round, and the true author could approve it.
    """
    revision = item.get_latest_revision()
    draft = item.get_latest_revision_as_object()
    for name in KINDS:
        setattr(draft, name, getattr(draft, name) or words[name])
    for name in ASSESSMENT:
        setattr(draft, name, words[name].strip())
    # Nothing else was touched, and not by the person of the rules about divisions.
    saved = draft.save_revision(clean=False)
    if revision:
        Revision.objects.filter(pk=saved.pk).update(user=revision.user_id)


def _begin_again(run: WorkflowState, user: Any, words: dict[str, Any]) -> WorkflowState:
    """All signatures are void; the reason stands in the item's history, in Thai."""
    with translation.override("th"):
        reason = _(
            "%(name)s flagged it as urgent or sensitive: %(reason)s All signatures are void;"
            " signing begins again with the first signer, and the chief executive or chief"
            " administrator screens it."
        ) % {"name": words["full_name"], "reason": words["comment"].strip()}
    run = WorkflowState.objects.get(pk=run.pk)  # read anew: it knows the new draft
    return_to_first(run, reason, user)
    run.refresh_from_db()
    return run
