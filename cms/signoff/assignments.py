"""Assignments: an open step is given to one of those who may sign it, until it is over.

Only that person can then sign or return it; `SignedTask.may_act` asks here, so that releases and
hand-made requests obey too. Nobody gets a right by it: only who may sign anyway is assigned.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import QuerySet
from django.dispatch import Signal
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import TaskState, WorkflowState

from cms.accounts.events import tells_refusals
from cms.divisions.heads import heads_of
from cms.signoff.releases import place_of_run
from cms.signoff.roles import Role
from cms.signoff.signers import division_of, is_entitled, signers_of

ASSIGN_PERMISSION = "signoff.add_assignment"
# Arguments: assignment, task_state.
step_assigned = Signal()


class Assignment(models.Model):
    """To whom a step is assigned; it means nothing once the step is over."""

    task_state = models.OneToOneField(
        TaskState, on_delete=models.CASCADE, related_name="assignment"
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=gettext_lazy("assigned to"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=gettext_lazy("assigned by"),
    )
    reason = models.TextField(gettext_lazy("reason"))
    made_at = models.DateTimeField(gettext_lazy("assigned at"), auto_now_add=True)

    class Meta:
        verbose_name = gettext_lazy("assignment")
        verbose_name_plural = gettext_lazy("assignments")
        default_permissions = ("add",)

    def __str__(self) -> str:
        return f"{self.task_state_id}: {self.to}"


def is_assigned_elsewhere(item: Any, user: Any) -> bool:
    """Whether the present step of an item is assigned to somebody else.

    An account that is not in use any more keeps nothing to itself.
    """
    return (
        Assignment.objects.filter(
            task_state__status=TaskState.STATUS_IN_PROGRESS,
            task_state__workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
            task_state__workflow_state__base_content_type=item.get_base_content_type(),
            task_state__workflow_state__object_id=str(item.pk),
            to__is_active=True,
        )
        .exclude(to=user.pk)
        .exists()
    )


def candidates_for(task_state: TaskState) -> QuerySet[Any]:
    """Those to whom a step can be assigned: who may sign it, for every item of its release."""
    candidates = None
    for step in _steps_with(task_state):
        signers = signers_of(step.task.specific, step.workflow_state.content_object)
        candidates = signers if candidates is None else candidates.filter(pk__in=signers)
    return candidates if candidates is not None else get_nobody()


def get_nobody() -> QuerySet[Any]:
    """No account."""
    return Assignment._meta.get_field("to").related_model._default_manager.none()


def may_assign(task_state: TaskState, user: Any) -> bool:
    """Whether `user` may say who signs a step.

    The administrator; who heads the division or approves for it; and who may sign the step now,
    and passes it on.
    """
    if not user.is_active:
        return False
    if user.has_perm(ASSIGN_PERMISSION):
        return True
    return all(_may_assign(step, user) for step in _steps_with(task_state))


def _may_assign(step: TaskState, user: Any) -> bool:
    from cms.signoff.models import SignedTask
    from cms.signoff.rounds import standing_signatures

    task, item = step.task.specific, step.workflow_state.content_object
    if task.may_act(item, user, standing_signatures(step.workflow_state)):
        return True
    division = division_of(item)
    approving = SignedTask.objects.filter(role=Role.APPROVER, active=True)
    if any(is_entitled(user, approver, division) for approver in approving):
        return True
    return division is not None and user in heads_of(division)


@tells_refusals
@transaction.atomic
def assign(task_state: TaskState, to: Any, user: Any, reason: str) -> Assignment:
    """Gives an open step, with its whole release, to one of those who may sign it.

    `user` is who does it. Raises `PermissionDenied` where the step is over, `user` may not, `to`
    may not sign it (having signed this round, or written the draft), or no reason is given.
    """
    task_state = _lock(task_state, user)
    if not reason.strip():
        raise PermissionDenied(_("Say why it is assigned."))
    if not candidates_for(task_state).filter(pk=to.pk).exists():
        raise PermissionDenied(_("This person cannot sign this step."))
    made = None
    for step in _steps_with(task_state):
        values = {"to": to, "by": user, "reason": reason.strip()}
        made, _is_new = Assignment.objects.update_or_create(task_state=step, defaults=values)
        _log(step, user, "signoff.assign", to, reason)
    if made is None:
        raise PermissionDenied(_("This step is over."))
    step_assigned.send(sender=Assignment, assignment=made, task_state=task_state)
    return made


@tells_refusals
@transaction.atomic
def unassign(task_state: TaskState, user: Any) -> None:
    """Lets everybody sign again who may. Raises `PermissionDenied` as `assign` does."""
    task_state = _lock(task_state, user)
    for assignment in Assignment.objects.filter(task_state__in=_steps_with(task_state)):
        _log(assignment.task_state, user, "signoff.unassign", assignment.to, "")
        assignment.delete()


def _lock(task_state: TaskState, user: Any) -> TaskState:
    task_state = task_state.task.specific.lock_step(task_state)
    if not may_assign(task_state, user):
        raise PermissionDenied(_("You cannot say who signs this."))
    return task_state


def _steps_with(task_state: TaskState) -> list[TaskState]:
    """The step, and those of the items that are released with it: they are signed in one act."""
    place = place_of_run(task_state.workflow_state)
    if place is None:
        return [task_state]
    open_steps = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__in=place.release.items.values("run")
    )
    return list(open_steps.select_related("task", "workflow_state").order_by("pk"))


def _log(step: TaskState, user: Any, action: str, to: Any, reason: str) -> None:
    data = {"to": to.get_full_name(), "reason": reason}
    log(instance=step.workflow_state.content_object, action=action, user=user, data=data)
