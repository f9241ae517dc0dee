"""A clerk who works as a person would: submits, opens the dialog, types the password, signs."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.models import WorkflowState

from cms.publication.forms import WithdrawalForm
from cms.publication.models import Publication, Withdrawal
from cms.publication.withdraw import confirm_withdrawal, request_withdrawal
from cms.signoff.models import Release
from cms.signoff.release_forms import ReleaseForm, ReleaseReturnForm, ReleaseSigningForm
from cms.signoff.release_signing import sign_release
from cms.signoff.release_sittings import sitting_of


@dataclass
class Clerk:
    """One account and its password. Every act passes the same checks as in the admin."""

    user: Any
    password: str

    def submit(self, item: Any) -> WorkflowState:
        """Sends the newest draft of a page or snippet to the first signature.

        An item that was returned goes on in its run, as the admin's button does.
        """
        state = item.current_workflow_state
        if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            state.resume(user=self.user)
            return state
        return item.get_workflow().start(item, self.user)

    def sign(self, item: Any, action: str = "approve", comment: str = "") -> None:
        """Fills in the signing dialog of the present step and carries it out.

        Raises `PermissionDenied` where the admin would refuse, with the dialog's messages.
        """
        item = type(item).objects.get(pk=item.pk)
        task_state = item.current_workflow_task_state
        if task_state is None:
            raise PermissionDenied("Nothing is waiting to be signed.")
        task = task_state.task.specific
        if action not in [name for name, _label, _modal in task.get_actions(item, self.user)]:
            raise PermissionDenied("This step is not yours.")
        form = task.get_form_for_action(action)()
        checks = {name: "on" for name in form.fields if name.startswith("check_")}
        # The dialog that was opened is the one that is filled in.
        form.is_bound, form.data = (
            True,
            {
                "content_hash": form["content_hash"].initial,
                "checklist_version": form["checklist_version"].initial,
                "full_name": self.user.get_full_name(),
                "position": self.user.position_in(item.locale.language_code),
                "password": self.password,
                "comment": comment,
                **checks,
            },
        )
        if not form.is_valid():
            raise PermissionDenied(form.errors.as_text())
        task.on_action(task_state, self.user, action, **form.cleaned_data)

    def sign_release(self, release: Release, action: str = "approve", reason: str = "") -> None:
        """Fills in the dialog of a release's present step and carries it out, as `sign` does."""
        release = Release.objects.get(pk=release.pk)
        sitting = sitting_of(release)
        if not sitting.may_sign(self.user):
            raise PermissionDenied("This step is not yours.")
        form_class = ReleaseSigningForm if action == "approve" else ReleaseReturnForm
        form: ReleaseForm = form_class(signer=self.user, sitting=sitting)
        checks = {name: "on" for name in form.fields if name.startswith("check_")}
        form.is_bound, form.data = (
            True,
            {
                "content_hash": form["content_hash"].initial,
                "checklist_version": form.version,
                "about": str(sitting.parts[0].row.pk),
                "reason": reason,
                "full_name": self.user.get_full_name(),
                "position": self.user.position,
                "password": self.password,
                **checks,
            },
        )
        if not form.is_valid():
            raise PermissionDenied(form.errors.as_text())
        sign_release(release, self.user, action, form.token())

    def request_withdrawal(self, publication: Publication, reason: str) -> Withdrawal:
        """Gives the first signature of a withdrawal."""
        form = self._withdrawal_form(publication, reason=reason)
        return request_withdrawal(publication, reason, self.user, form.token())

    def confirm_withdrawal(self, withdrawal: Withdrawal) -> Publication:
        """Gives the second signature of a withdrawal and returns the note that stays."""
        form = self._withdrawal_form(withdrawal.publication, withdrawal)
        return confirm_withdrawal(withdrawal, self.user, form.token())

    def _withdrawal_form(
        self, publication: Publication, withdrawal: Withdrawal | None = None, reason: str = ""
    ) -> WithdrawalForm:
        typed = {
            "reason": reason,
            "full_name": self.user.get_full_name(),
            "position": self.user.position_in(publication.locale),
            "password": self.password,
        }
        form = WithdrawalForm(
            typed, signer=self.user, publication=publication, withdrawal=withdrawal
        )
        if not form.is_valid():
            raise PermissionDenied(form.errors.as_text())
        return form
