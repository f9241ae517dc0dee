"""The workflow task of one signer. Every rule stands in `on_action`, whatever form was used."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState

from cms.signoff.lock import SigningLock
from cms.signoff.roles import Role


class SignedTask(AbstractGroupApprovalTask):
    """A step at which one member of a group signs the content (announcement 3.1-3.3, 4.1).

    Membership of the group is what counts; superusers have no step of their own.
    """

    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    lock_class = SigningLock

    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "role"]
    admin_form_readonly_on_edit_fields = [
        *AbstractGroupApprovalTask.admin_form_readonly_on_edit_fields,
        "role",
    ]

    class Meta:
        verbose_name = _("signing step")
        verbose_name_plural = _("signing steps")

    @classmethod
    def get_description(cls) -> str:
        """What the task chooser says of this kind of task."""
        return str(_("A member of the chosen groups signs the content with name and password"))

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Starts this step; or the first unsigned one, or skips it where it does not apply.

        Wagtail resumes a returned item at the step that returned it: here it begins again with
        the first signature. The executive step is skipped unless the item is urgent or
        sensitive (4.1).
        """
        first = workflow_state.get_next_task()
        if first and first.pk != self.pk:
            return first.specific.start(workflow_state, user=user)
        if self.role == Role.EXECUTIVE and not _latest(workflow_state).needs_executive:
            return TaskState.objects.create(
                workflow_state=workflow_state,
                revision=workflow_state.content_object.get_latest_revision(),
                task=self,
                status=TaskState.STATUS_SKIPPED,
                finished_at=timezone.now(),
            )
        return super().start(workflow_state, user=user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Nobody edits what is being signed; returning it or cancelling the run unlocks it."""
        return True

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        """Nobody needs to: it is locked already."""
        return False

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """A signer may open the editor (locked) to read and sign."""
        return self._user_in_groups(user)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet:
        """The items that wait at this step, for members of its groups only."""
        if not self._user_in_groups(user):
            return TaskState.objects.none()
        return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """What `user` may do with `obj` at this step: sign, or return with a reason.

        Empty for those outside the groups, for whoever signed this run already, and, but for
        the reporter, for whoever wrote the draft: no two signatures of one person.
        """
        from cms.signoff.rounds import may_sign

        # Wagtail asks for the actions before it shows or reads the dialog, on this very
        # instance, and tells the dialog neither the person nor the item.
        self.signer, self.item = user, obj
        if not self._user_in_groups(user) or not may_sign(obj, user, self.role):
            return []
        return [
            ("approve", _("Sign"), True),
            ("reject", _("Return for correction"), True),
        ]

    def get_form_for_action(self, action: str) -> type:
        """The signing dialog for this step and this action."""
        from cms.signoff.forms import SignatureForm

        return type("BoundSignatureForm", (SignatureForm,), {"task": self, "action": action})

    def get_template_for_action(self, action: str) -> str:
        """The dialog's template."""
        return "signoff/sign_dialog.html"

    def on_action(
        self, task_state: TaskState, user: Any, action_name: str, token: str = "", **kwargs: Any
    ) -> None:
        """Signs or returns the item.

        `token` is what the dialog made of the person's password and words; anything else that
        a hand-made request sends is ignored. Raises `PermissionDenied` where the person, the
        step or the token is wrong. Where the content is no longer what the earlier signers
        signed, nothing is signed and the item goes back to the first signature.
        """
        from cms.signoff.rounds import return_if_changed
        from cms.signoff.signing import sign

        with transaction.atomic():
            workflow_state = WorkflowState.objects.select_for_update().get(
                pk=task_state.workflow_state_id
            )
            task_state = TaskState.objects.get(pk=task_state.pk)
            if (
                task_state.status != TaskState.STATUS_IN_PROGRESS
                or workflow_state.current_task_state_id != task_state.pk
                or task_state.task_id != self.pk
            ):
                raise PermissionDenied(_("This step is over."))
            item = workflow_state.content_object
            if action_name not in [action[0] for action in self.get_actions(item, user)]:
                raise PermissionDenied(_("This step is not yours."))
            if return_if_changed(workflow_state):
                return
            comment = sign(self.role, task_state, item, user, action_name, token)
            super().on_action(task_state, user, action_name, comment=comment)
            if action_name == "reject":
                from cms.signoff.rounds import void_signatures

                void_signatures(workflow_state)


def _latest(workflow_state: WorkflowState) -> Any:
    return workflow_state.content_object.get_latest_revision_as_object()
