"""From a template to an alert that two people sign: drafts, changes, and each signature."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, WorkflowState

from cms.accounts.events import tells_refusals
from cms.publication.models import Publication
from cms.signoff.task import SignedTask
from pages.models import Alert, AlertTemplate


@transaction.atomic
def create_draft(
    template: AlertTemplate, values: dict[str, str], user: Any, **changes: Any
) -> Alert:
    """A draft from a template with its blanks filled in; `changes` are other fields.

    Raises `PermissionDenied` for who may not write alerts, and `ValidationError` where it could
    not be signed as it is.
    """
    if not user.has_perm("pages.add_alert"):
        raise PermissionDenied(_("You may not issue alerts."))
    alert = template.alert(values)
    alert.locale = Locale.objects.get(language_code="th")
    for name, value in changes.items():
        setattr(alert, name, value)
    alert.full_clean()
    alert.clean_for_signing()
    alert.save()
    alert.save_revision(user=user)
    return alert


@transaction.atomic
def save_draft(alert: Alert, user: Any) -> Alert:
    """Saves a changed alert as its newest draft.

    Raises `PermissionDenied` for who may not write alerts, and while it is being signed.
    """
    row = Alert.objects.select_for_update().get(pk=alert.pk)
    if not user.has_perm("pages.change_alert"):
        raise PermissionDenied(_("You may not change alerts."))
    if is_being_signed(row):
        raise PermissionDenied(_("It is being signed. Have it returned first."))
    alert.save_revision(user=user)
    return Alert.objects.get(pk=alert.pk)


def is_being_signed(alert: Alert) -> bool:
    """Whether a signature is awaited."""
    state = alert.current_workflow_state
    return state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS


def latest_message(alert: Alert) -> Publication | None:
    """What of the alert became public last; None where nothing did."""
    messages = Publication.objects.filter(
        subject=alert.translation_key, kind=Publication.Kind.PUBLICATION
    )
    return messages.select_related("address").order_by("-sequence").first()


def waits_for_signature(alert: Alert) -> bool:
    """Whether the newest draft is not public yet."""
    message = latest_message(alert)
    return message is None or message.revision_id != alert.latest_revision_id


def step_for(alert: Alert, user: Any) -> SignedTask | None:
    """The step at which `user` may sign the alert now, ready to give its dialog; or None.

    A draft that was not sent yet, or came back, stands at the first step: whoever signs there
    sends it.
    """
    if is_being_signed(alert):
        task = alert.current_workflow_task_state.task.specific
        return task if task.get_actions(alert, user) else None
    if not waits_for_signature(alert):
        return None
    task = alert.get_workflow().tasks.first().specific
    task.get_actions(alert, user)  # where its dialog learns item and person
    return task if task.user_can_access_editor(alert, user) else None


@tells_refusals
def sign(alert: Alert, user: Any, action: str, typed: Any) -> Any:
    """One act on an alert (`approve` or `reject`), with what was typed into its dialog.

    Sends the draft first where it was not sent. Returns the dialog with its errors, or None
    where the act was done; raises `PermissionDenied` where it is not the person's. Either all of
    it happens or nothing.
    """
    with transaction.atomic():
        alert = Alert.objects.select_for_update().get(pk=alert.pk)
        _send(alert, user, action)
        alert = Alert.objects.get(pk=alert.pk)
        state = alert.current_workflow_task_state
        task = state.task.specific
        if action not in [name for name, _label, _modal in task.get_actions(alert, user)]:
            raise PermissionDenied(_("This step is not yours."))
        form = task.get_form_for_action(action)(typed)
        if not form.is_valid():
            transaction.set_rollback(True)
            return form
        task.on_action(state, user, action, **form.cleaned_data)
    return None


def _send(alert: Alert, user: Any, action: str) -> None:
    """Starts or resumes the run where none is under way."""
    if is_being_signed(alert):
        return
    if action != "approve" or step_for(alert, user) is None:
        raise PermissionDenied(_("This step is not yours."))
    state = alert.current_workflow_state
    if state is None:
        alert.get_workflow().start(alert, user)
    else:
        state.resume(user=user)
