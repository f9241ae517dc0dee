"""Items that were returned for correction: by whom, why, and to whom they come back (3.3)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from cms.signoff.models import Decision, Signature
from cms.signoff.roles import FIRST_ROLES
from cms.thai.dates import format_date


@dataclass(frozen=True)
class Return:
    """One rejection that stands: the item waits for a correction."""

    rejection: Signature
    workflow_state: WorkflowState

    @property
    def sentence(self) -> str:
        """Why, by which role and when, as one sentence in the reader's language."""
        return _("Returned for correction by %(name)s (%(role)s) on %(moment)s: %(reason)s") % {
            "name": self.rejection.full_name,
            "role": self.rejection.get_role_display(),
            "moment": format_date(self.rejection.signed_at, get_language() or "th", "j F Y H:i"),
            "reason": self.rejection.comment,
        }


def last_return(workflow_state: WorkflowState) -> Return | None:
    """Why a run waits for a correction; None where nobody returned it or it goes on again."""
    if workflow_state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    rejection = Signature.objects.filter(
        task_state_id=workflow_state.current_task_state_id, decision=Decision.REJECT
    ).last()
    return Return(rejection, workflow_state) if rejection else None


def returned_to(user: Any) -> list[Return]:
    """What came back to `user`, newest first: as the writer of the draft, as the reporter who
    had signed for it, or as whoever sent it to the signatures."""
    signed_as_reporter = Signature.objects.filter(
        user_id=user.pk, role__in=FIRST_ROLES, decision__in=[Decision.APPROVE, Decision.REJECT]
    ).values("workflow_state_id")
    waiting = WorkflowState.objects.filter(
        Q(requested_by=user)
        | Q(current_task_state__revision__user=user)
        | Q(pk__in=signed_as_reporter),
        status=WorkflowState.STATUS_NEEDS_CHANGES,
        current_task_state__status=TaskState.STATUS_REJECTED,
    ).prefetch_related("content_object", "content_object__latest_revision")
    runs = {run.current_task_state_id: run for run in waiting if run.content_object}
    rejections = Signature.objects.filter(task_state_id__in=runs, decision=Decision.REJECT)
    return [
        Return(rejection, runs[rejection.task_state_id])
        for rejection in rejections.order_by("-sequence")
    ]
