"""What a desk does with a case. Each act checks the person, locks the case and is logged."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cms.engagement.case_events import CaseEvent, CaseNote, log
from cms.engagement.cases import Case
from cms.engagement.channels import Channel, State, closing_states, open_states
from cms.engagement.mails import tell_sender_answered
from cms.engagement.permissions import check_handler, may_handle


@transaction.atomic
def assign(case: Case, user: Any, to: Any) -> Case:
    """Gives a case to a member of its desk, or to nobody (`to=None`)."""
    case = _locked(case, user)
    if to is not None and not may_handle(to, case.channel):
        raise PermissionDenied
    case.handled_by = to
    case.save(update_fields=["handled_by"])
    log(case, CaseEvent.Kind.ASSIGNED, user, to.get_username() if to else "")
    return case


@transaction.atomic
def change_state(case: Case, user: Any, state: str) -> Case:
    """Moves a case between the states that need no word to the sender; reopens a closed one."""
    case = _locked(case, user)
    if state not in open_states(case.channel):
        raise PermissionDenied
    if state != case.state:
        log(case, CaseEvent.Kind.STATE, user, f"{case.state} > {state}")
        case.state, case.answered_at = state, None
        case.save(update_fields=["state", "answered_at"])
    return case


@transaction.atomic
def reply(case: Case, user: Any, text: str, state: str = State.ANSWERED) -> Case:
    """Answers the sender: by status, and by mail where there is an address."""
    case = _locked(case, user)
    if case.channel == Channel.OPINION or state not in closing_states(case.channel):
        raise PermissionDenied
    _close(case, state, text)
    log(case, CaseEvent.Kind.ANSWERED, user, state)
    tell_sender_answered(case)
    return case


@transaction.atomic
def moderate(case: Case, user: Any, state: str, text: str) -> Case:
    """Accepts an opinion (`text`: as it will be public) or sets it aside (`text`: why).

    The reason is read by the sender, who may ask for the status.
    """
    case = _locked(case, user)
    if case.channel != Channel.OPINION or state not in closing_states(case.channel):
        raise PermissionDenied
    accepted = state == State.ACCEPTED
    case.public_text = text if accepted else ""
    case.save(update_fields=["public_text"])
    _close(case, state, "" if accepted else text)
    log(case, CaseEvent.Kind.MODERATED, user, state)
    return case


@transaction.atomic
def add_note(case: Case, user: Any, text: str) -> CaseNote:
    """A word among handlers; the sender never reads it."""
    case = _locked(case, user)
    log(case, CaseEvent.Kind.NOTED, user)
    return CaseNote.objects.create(case=case, user=user, text=text)


def note_opening(case: Case, user: Any, kind: CaseEvent.Kind = CaseEvent.Kind.OPENED) -> None:
    """Logs that somebody read a case, or a file of it: once for each person, act and day."""
    today = CaseEvent.objects.filter(
        reference=case.reference, kind=kind, user=user, at__date=timezone.localdate()
    )
    if not today.exists():
        log(case, kind, user)


def _locked(case: Case, user: Any) -> Case:
    current = Case.objects.select_for_update().get(pk=case.pk)
    check_handler(user, current.channel)
    return current


def _close(case: Case, state: str, answer: str) -> None:
    case.state, case.answer, case.answered_at = state, answer, timezone.now()
    case.save(update_fields=["state", "answer", "answered_at"])
