"""The workflow task of one signer. Every rule stands in `on_action`, whatever form was used."""

import functools
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Revision, TaskState, WorkflowState

from cms.accounts.events import tells_refusals
from cms.signoff.assignments import is_assigned_elsewhere
from cms.signoff.checklists import current_version
from cms.signoff.lock import SigningLock
from cms.signoff.releases import Release, ReleaseItem, place_of_run
from cms.signoff.roles import Role
from cms.signoff.signers import division_of, is_entitled, signing_scope
from cms.snapshot.fields import MissingFile
from cms.snapshot.snapshot import Snapshot, latest_snapshot


class SignedTask(AbstractGroupApprovalTask):
    """A step at which one person signs the content (announcement 3.1-3.3, 4.1).

    Who that can be is said in `cms.signoff.signers`; superusers have no step of their own.
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
        the first signature. The executive step is skipped unless the item, or one that is
        released with it, is urgent or sensitive (4.1). Raises `PermissionDenied` for an item of a
        release, unless that release starts it.
        """
        place = place_of_run(workflow_state)
        if place is not None and not _is_run_of(place, workflow_state):
            words = {"release": place.release.title}
            raise PermissionDenied(_("It is signed with the release “%(release)s”.") % words)
        current = workflow_state.current_task_state
        # After an approval Wagtail has looked for the next step itself.
        if current is None or current.status != TaskState.STATUS_APPROVED:
            first = workflow_state.get_next_task()
            if first and first.pk != self.pk:
                return first.specific.start(workflow_state, user=user)
        if self.role == Role.EXECUTIVE and not _needs_executive(workflow_state, place):
            return self._skip(workflow_state, user)
        return super().start(workflow_state, user=user)

    def _skip(self, workflow_state: WorkflowState, user: Any) -> TaskState:
        """Notes that this step does not apply and starts the next one."""
        skipped = TaskState.objects.create(
            workflow_state=workflow_state,
            revision=workflow_state.content_object.get_latest_revision(),
            task=self,
            status=TaskState.STATUS_SKIPPED,
            finished_at=timezone.now(),
        )
        following = workflow_state.get_next_task()
        return following.specific.start(workflow_state, user=user) if following else skipped

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Nobody edits what is being signed; returning it or cancelling the run unlocks it."""
        return True

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        """Nobody needs to: it is locked already."""
        return False

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """A signer may open the editor (locked) to read and sign."""
        return is_entitled(user, self, division_of(obj))

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet:
        """The items that wait at this step, of the divisions that `user` may sign for.

        Without those of a release: they are signed together.
        """
        scope = signing_scope(user, self)
        if not scope:
            return TaskState.objects.none()
        released = ReleaseItem.objects.filter(is_open=True, run__isnull=False)
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).exclude(
            workflow_state__in=released.values("run")
        )
        if scope.everything:
            return waiting
        # A division's own record has the division's key as its own.
        return waiting.filter(
            models.Q(revision__content__department__in=list(scope.ids))
            | models.Q(revision__content__translation_key__in=[str(key) for key in scope.keys])
        )

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """What `user` may do with `obj` at this step: sign, or return with a reason.

        Empty for those who may not sign for its division, where it is assigned to somebody else,
        for whoever signed this run already, and, but for the first signer, for whoever wrote the
        draft: no two signatures of one person.
        """
        from cms.signoff.rounds import standing_signatures

        # Wagtail asks for the actions before it shows or reads the dialog, on this very
        # instance, and tells the dialog neither the person nor the item.
        self.signer, self.item = user, obj
        workflow_state = obj.current_workflow_state
        self.task_state_id = workflow_state and workflow_state.current_task_state_id
        if workflow_state is None:
            return []
        if place_of_run(workflow_state):
            return []  # signed with its release
        return self._actions(obj, user, standing_signatures(workflow_state))

    def _actions(self, item: Any, user: Any, signatures: list) -> list[tuple[str, Any, bool]]:
        if not self.may_act(item, user, signatures):
            return []
        return [
            ("approve", _("Sign"), True),
            ("reject", _("Return for correction"), True),
        ]

    def may_act(self, item: Any, user: Any, signatures: list) -> bool:
        """Whether `user` may sign or return `item` at this step.

        `signatures` are those that stand: of the item, or of the release that it is in.
        """
        return self.is_signer(item, user, signatures) and not is_assigned_elsewhere(item, user)

    def is_signer(self, item: Any, user: Any, signatures: list) -> bool:
        """Whether `user` is one of those who may sign this step, whomever it is assigned to."""
        from cms.signoff.rounds import may_sign

        if not may_sign(item, user, self.role, signatures):
            return False
        return is_entitled(user, self, division_of(item))

    def get_form_for_action(self, action: str) -> type:
        """The signing dialog for this step and this action."""
        from cms.signoff.forms import SignatureForm

        return type("BoundSignatureForm", (SignatureForm,), {"task": self, "action": action})

    def get_template_for_action(self, action: str) -> str:
        """The dialog's template."""
        return "signoff/sign_dialog.html"

    @tells_refusals
    def on_action(
        self, task_state: TaskState, user: Any, action_name: str, token: str = "", **kwargs: Any
    ) -> None:
        """Signs or returns the item.

        `token` is what the dialog made of the person's password and words; anything else that
        a hand-made request sends is ignored. Raises `PermissionDenied` where the person, the
        step or the token is wrong. Where the content is no longer what the earlier signers
        signed, nothing is signed and the item goes back to the first signature.
        """
        from cms.signoff import rounds
        from cms.signoff.signing import sign

        with transaction.atomic():
            task_state = self.lock_step(task_state)
            workflow_state = task_state.workflow_state
            if place_of_run(workflow_state):
                raise PermissionDenied(_("It is signed with its release, not alone."))
            item = workflow_state.content_object
            revision = _read_once(item)
            signatures = rounds.standing_signatures(workflow_state)
            if action_name not in [action[0] for action in self._actions(item, user, signatures)]:
                raise PermissionDenied(_("This step is not yours."))
            snapshot, problem = _snapshot_now(item)
            content_hash = snapshot.content_hash if snapshot else rounds.NO_CONTENT_HASH
            if rounds.is_changed(signatures, content_hash):
                return rounds.return_to_first(workflow_state)
            if snapshot is None:
                raise PermissionDenied(problem)
            comment = sign(task_state, snapshot, revision, user, action_name, token)
            super().on_action(task_state, user, action_name, comment=comment)
            if action_name == "reject":
                rounds.void_signatures(workflow_state)

    def lock_step(self, task_state: TaskState) -> TaskState:
        """This step and its run as they are in the database now, for one act at a time.

        Both know each other and this task, so that Wagtail fetches none of them again. Raises
        `PermissionDenied` where the step is not the present one.
        """
        workflow_state = (
            WorkflowState.objects.select_for_update(of=("self",))
            .select_related("workflow")
            .get(pk=task_state.workflow_state_id)
        )
        # With the version of the checklist that is in force, for the signature.
        task_state = TaskState.objects.annotate(checklist_version=current_version(self.role)).get(
            pk=task_state.pk
        )
        if (
            task_state.status != TaskState.STATUS_IN_PROGRESS
            or workflow_state.current_task_state_id != task_state.pk
            or task_state.task_id != self.pk
        ):
            raise PermissionDenied(_("This step is over."))
        task_state.task, task_state.workflow_state = self, workflow_state
        workflow_state.current_task_state = task_state
        return task_state


def _read_once(item: Any) -> Revision | None:
    """The newest draft; Wagtail, which reads it for its log and for each step, gets the same."""
    revision = item.get_latest_revision()
    if revision:
        revision.as_object = functools.cache(revision.as_object)
    return revision


def _snapshot_now(item: Any) -> tuple[Snapshot | None, str]:
    """The snapshot of the newest draft; or none, and why not."""
    try:
        return latest_snapshot(item), ""
    except MissingFile as error:
        return None, str(error)


def _is_run_of(place: ReleaseItem, workflow_state: WorkflowState) -> bool:
    """Whether the release itself began this run, or begins it now."""
    is_being_signed = place.release.state == Release.State.SIGNING
    return is_being_signed and place.run_id in (None, workflow_state.pk)


def _needs_executive(workflow_state: WorkflowState, place: ReleaseItem | None) -> bool:
    if place is not None:
        return place.release.needs_executive
    return workflow_state.content_object.get_latest_revision_as_object().needs_executive
