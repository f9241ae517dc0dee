"""A clerk who works as a person would: submits, opens the dialog, types the password, signs."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.models import WorkflowState

from cms.publication.forms import WithdrawalForm
from cms.publication.models import Publication, Withdrawal
from cms.publication.withdraw import confirm_withdrawal, request_withdrawal
from cms.signoff.roles import CHECKLISTS, Role


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
        form_class = task.get_form_for_action(action)
        blank = form_class()
        checks = {f"check_{key}": "on" for key in CHECKLISTS[Role(task.role)]}
        form = form_class(
            {
                "content_hash": blank["content_hash"].initial,
                "full_name": self.user.get_full_name(),
                "position": self.user.position_in(item.locale.language_code),
                "password": self.password,
                "comment": comment,
                **checks,
            }
        )
        if not form.is_valid():
            raise PermissionDenied(form.errors.as_text())
        task.on_action(task_state, self.user, action, **form.cleaned_data)

    def request_withdrawal(self, publication: Publication, reason: str) -> Withdrawal:
        """Gives the first signature of a withdrawal."""
        form = self._withdrawal_form(publication, reason)
        return request_withdrawal(publication, reason, self.user, form.token())

    def confirm_withdrawal(self, withdrawal: Withdrawal) -> Publication:
        """Gives the second signature of a withdrawal and returns the note that stays."""
        form = self._withdrawal_form(withdrawal.publication, withdrawal.reason)
        return confirm_withdrawal(withdrawal, self.user, form.token())

    def _withdrawal_form(self, publication: Publication, reason: str) -> WithdrawalForm:
        typed = {
            "reason": reason,
            "full_name": self.user.get_full_name(),
            "position": self.user.position_in(publication.locale),
            "password": self.password,
        }
        form = WithdrawalForm(typed, signer=self.user, publication=publication)
        if not form.is_valid():
            raise PermissionDenied(form.errors.as_text())
        return form
