"""Signing a release: one password, one act, a signature for each item, or none at all."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from cms.accounts.events import tells_refusals
from cms.signoff.checklists import current_checklist
from cms.signoff.flags import decide
from cms.signoff.models import Decision, ReleaseAct, Signature
from cms.signoff.release_content import (
    Part,
    needs_executive,
    problems_of,
)
from cms.signoff.release_preparing import end_runs, lock
from cms.signoff.release_sittings import Sitting, about, sitting_of
from cms.signoff.releases import Release, place_of_run
from cms.signoff.rounds import return_to_first, void_signatures
from cms.signoff.signing import capacity_for, read_token, signer_columns, subject_columns
from cms.snapshot.fields import MissingFile


@tells_refusals
@transaction.atomic
def sign_release(release: Release, user: Any, action: str, token: str) -> ReleaseAct | None:
    """Signs every item of a release at its present step, or returns every item.

    `action` is "approve" or "reject"; `token` is what the dialog made of the password. At the
    last step all items are published. Raises `PermissionDenied`, with nothing signed and nothing
    published, where the person, the step, the token or one item is wrong. Returns None where
    the release is not what was signed before: it begins again with the first signature.
    """
    sitting = sitting_of(_lock(release))
    if sitting.release.state != Release.State.SIGNING:
        raise PermissionDenied(_("This release is not being signed."))
    if sitting.task is None:
        _stop(sitting.release, user)
        return None
    if action not in (Decision.APPROVE, Decision.REJECT) or not sitting.may_sign(user):
        raise PermissionDenied(_("This step is not yours."))
    if sitting.is_changed:
        _begin_again(sitting)
        return None
    if sitting.manifest is None:
        raise PermissionDenied(sitting.problem)
    words = read_token(token, user, sitting.purpose(action), sitting.manifest.content_hash)
    if action == Decision.REJECT:
        return _return(sitting, user, words)
    if words.get("checklist_version", 0) != current_checklist(sitting.task.role).version:
        raise PermissionDenied(_("The administrator has changed the checklist. Read it again."))
    _check_problems(sitting, sitting.task.role)
    act = _append(sitting, user, action, words)
    _move_on(sitting, user, words["comment"])
    return act


def _lock(release: Release) -> Release:
    """The release and its runs, so that no other act reads them before this one is done."""
    release = lock(release)
    runs = WorkflowState.objects.filter(pk__in=release.items.values("run"))
    list(runs.select_for_update(of=("self",)).order_by("pk"))
    return release


def _check_problems(sitting: Sitting, role: str) -> None:
    for part in sitting.parts:
        if problems := problems_of(part, role):
            raise PermissionDenied(about(part, " ".join(problems)))


def _append(sitting: Sitting, user: Any, decision: str, words: dict[str, Any]) -> ReleaseAct:
    """One signature for each item, and the record that they were one act."""
    release, task, manifest = sitting.release, sitting.task, sitting.manifest
    if task is None or manifest is None:
        raise PermissionDenied(sitting.problem)
    signed_at, sequences = timezone.now(), []
    for part in sitting.parts:
        signature = Signature.append(
            **subject_columns(part.content.data),
            workflow_state_id=part.row.run_id,
            task_state_id=part.run.current_task_state_id,
            revision_id=part.revision and part.revision.pk,
            role=task.role,
            decision=decision,
            user=user,
            **signer_columns({**words, "position": _position(part, user, words)}),
            capacity=capacity_for(user, task.role, part.content.data),
            content_hash=part.content.content_hash,
            signed_at=signed_at,
            release=str(release.uuid),
        )
        decide(signature)
        sequences.append(signature.sequence)
    return ReleaseAct.append(
        release=str(release.uuid),
        round=release.round,
        role=task.role,
        decision=decision,
        user=user,
        manifest=manifest.text,
        manifest_hash=manifest.content_hash,
        signatures=json.dumps(sequences),
        signed_at=signed_at,
    )


def _position(part: Part, user: Any, words: dict[str, Any]) -> str:
    """The position as it was typed; the account's own is given in the language of the item."""
    if words["position"] != user.position_in("th"):
        return words["position"]
    return user.position_in(part.content.data["locale"])


def _move_on(sitting: Sitting, user: Any, comment: str) -> None:
    """Takes every item to the next step; after the last one, into the public."""
    release = sitting.release
    release.needs_executive = needs_executive(sitting.parts)
    release.save(update_fields=["needs_executive"])
    for part, step in _steps(sitting):
        try:
            step.approve(user=user, comment=comment)
        except (PermissionDenied, MissingFile) as error:
            problem = _("%(item)s: %(problem)s Nothing of the release was signed or published.")
            raise PermissionDenied(problem % {"item": part.name, "problem": error}) from error
    done = {part.run.status for part in sitting.parts}
    if done == {WorkflowState.STATUS_APPROVED}:
        release.state = Release.State.PUBLISHED
        release.save(update_fields=["state"])
        release.items.update(is_open=False)
    elif done != {WorkflowState.STATUS_IN_PROGRESS}:
        raise PermissionDenied(_("The items of this release do not wait at the same step."))


def _steps(sitting: Sitting) -> Iterable[tuple[Part, TaskState]]:
    """The waiting step of each item, bound to the draft that was signed."""
    for part in sitting.parts:
        run = part.run
        run.content_object = part.item
        step = run.current_task_state
        step.task, step.workflow_state = sitting.task, run
        if part.revision and step.revision_id != part.revision.pk:
            step.revision = part.revision
            step.save(update_fields=["revision"])
        step.revision = part.revision
        yield part, step


def _return(sitting: Sitting, user: Any, words: dict[str, Any]) -> ReleaseAct:
    """Every item goes back to whoever wrote it, with the reason; the runs end."""
    if not words["comment"].strip():
        raise PermissionDenied(_("Say what must be corrected."))
    act = _append(sitting, user, Decision.REJECT, words)
    release = sitting.release
    release.state, release.notice = Release.State.RETURNED, words["comment"]
    release.save(update_fields=["state", "notice"])
    for _part, step in _steps(sitting):
        step.reject(user=user, comment=words["comment"])
        void_signatures(step.workflow_state)
    # Nobody goes on with one of them alone: the release begins new runs when it is sent again.
    end_runs(release, user)
    return act


@transaction.atomic
def void_if_changed(release: Release) -> bool:
    """Sends a release back to the first signature where an item is not what was signed.

    Returns whether it did.
    """
    release = _lock(release)
    if release.state != Release.State.SIGNING:
        return False
    sitting = sitting_of(release)
    if sitting.task is None:
        _stop(release, None)
    elif sitting.is_changed:
        _begin_again(sitting)
    else:
        return False
    return True


def _begin_again(sitting: Sitting) -> None:
    """All signatures of the round are void, for every item."""
    release = sitting.release
    with translation.override("th"):  # the language of the office, as in the items' histories
        release.notice = _(
            "Changed after it had been signed: %(items)s. All signatures of the release are"
            " void; signing begins again with the reporter."
        ) % {"items": ", ".join(_changed_names(sitting))}
    release.round += 1
    release.needs_executive = needs_executive(sitting.parts)
    release.save(update_fields=["notice", "round", "needs_executive"])
    for part in sitting.parts:
        part.run.content_object = part.item
        return_to_first(part.run)


def _changed_names(sitting: Sitting) -> list[str]:
    """The items that are not as they were signed; the release itself where its list changed."""
    signed = {(e["subject"], e["locale"]): e["hash"] for e in sitting.acts[0].data["items"]}
    names = [
        part.name
        for part in sitting.parts
        if part.snapshot is None
        or signed.get((part.content.data["subject"], part.content.data["locale"]))
        != part.content.content_hash
    ]
    return names or [sitting.release.title]


def _stop(release: Release, user: Any) -> None:
    """A run of an item ended by itself: the release must be put together and sent again."""
    with translation.override("th"):
        release.notice = _(
            "The signing of one of its items ended by itself. All signatures of the release are"
            " void; look at its items and send it again."
        )
    release.state = Release.State.PREPARING
    release.save(update_fields=["state", "notice"])
    end_runs(release, user)


def on_run_cancelled(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """Somebody cancelled the run of one item, in its editor for instance: all runs end."""
    place = place_of_run(instance)
    if place is None or place.run_id != instance.pk:
        return
    with transaction.atomic():
        release = lock(place.release)
        if release.state == Release.State.SIGNING:
            _stop(release, user)
