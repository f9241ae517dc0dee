"""Reminders of what waits too long: first to the signers, then to the division's head.

Once for each step and kind: the row of `Reminder` and the mails are one transaction, so a job
that was killed goes on where it stopped. Outside working time only urgent and sensitive items.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.models import TaskState

from cms.accounts.models import User
from cms.divisions.heads import heads_of
from cms.mail.kinds import MailKind
from cms.mail.outbox import language_of, queue_mail
from cms.moderation.models import Reminder
from cms.moderation.open_steps import OpenStep, open_steps
from cms.moderation.queue import Clock
from cms.signoff.action_menu import signing_url
from cms.signoff.models import SignedTask
from cms.signoff.roles import Role
from cms.signoff.signers import entitled_users

Kind = Reminder.Kind
KINDS = [
    MailKind("signature_overdue", gettext_lazy("My signature is overdue")),
    MailKind("signature_escalated", gettext_lazy("A signature in my division is overdue")),
]


def remind() -> None:
    """One pass over everything that waits; the periodic job."""
    clock = Clock()
    is_open = _is_open(clock)
    done = set(Reminder.objects.values_list("task_state_id", "kind"))
    told_releases: set[tuple[int, str]] = set()
    for step in open_steps():
        if not is_open and not step.is_pressing:
            continue
        for kind in (Kind.REMINDER, Kind.ESCALATION):
            if (step.pk, kind) in done:
                if step.release:
                    told_releases.add((step.release.pk, kind))
                continue
            if clock.is_due(kind, step.since, step.is_pressing):
                _remind(step, kind, told_releases)


def _is_open(clock: Clock) -> bool:
    """Whether the office works just now: the next minute is a minute of working time."""
    next_minute = clock.now + datetime.timedelta(minutes=1)
    return clock.calendar.working_hours_between(clock.now, next_minute) > 0


@transaction.atomic
def _remind(step: OpenStep, kind: Reminder.Kind, told_releases: set[tuple[int, str]]) -> None:
    """One step; of a release, whose items wait together, the first one speaks for all."""
    _row, is_new = Reminder.objects.get_or_create(
        task_state_id=step.pk, kind=kind, defaults={"sent_at": timezone.now()}
    )
    if not is_new:
        return
    if step.release:
        if (step.release.pk, kind) in told_releases:
            return
        told_releases.add((step.release.pk, kind))
    people = signers_now(step) if kind == Kind.REMINDER else heads_for(step)
    for person in people:
        _mail(step, kind, person)


def signers_now(step: OpenStep) -> list[User]:
    """The assignee; or all who may sign the step now."""
    if step.assignee:
        return [step.assignee]
    return [
        person
        for person in entitled_users(step.task, step.division_key)
        if step.has_no_hand(person.pk)
    ]


def heads_for(step: OpenStep) -> list[User]:
    """The heads of the division; where there is none, who approves for the whole office."""
    if step.division_key and (heads := heads_of(step.division_key)):
        return heads
    found: dict[int, User] = {}
    for task in SignedTask.objects.filter(role=Role.APPROVER, active=True):
        found.update({person.pk: person for person in entitled_users(task, None)})
    return list(found.values())


def _mail(step: OpenStep, kind: Reminder.Kind, person: User) -> None:
    path = (
        reverse("releases:detail", args=[step.release.pk]) if step.release else signing_url(step.pk)
    )
    with override(language_of(person)):
        names = {
            "title": step.release.title if step.release else step.title,
            "role": Role(step.task.role).label,
            "address": settings.BASE_URL + path,
            "names": ", ".join(_names(signers_now(step))) or "–",
        }
        if kind == Kind.REMINDER:
            subject = _("Still waits for your signature: %(title)s")
            text = _(
                "“%(title)s” still waits for your signature. Your role: %(role)s.\n\n"
                "Here you can read and sign it:\n%(address)s\n"
            )
            queue_mail(
                "signature_overdue", person, subject % names, text % names, urgent=step.is_pressing
            )
        else:
            subject = _("Overdue in your division: %(title)s")
            text = _(
                "“%(title)s” has waited too long for this step: %(role)s. Who may sign it now:"
                " %(names)s.\n\nHere you can read it and assign the signature to somebody else:\n"
                "%(address)s\n"
            )
            queue_mail(
                "signature_escalated",
                person,
                subject % names,
                text % names,
                urgent=step.is_pressing,
            )


def _names(people: Iterable[Any]) -> list[str]:
    return [person.get_full_name() or person.username for person in people]


def forget_past() -> None:
    """Deletes the rows of steps that are over: they say nothing any more."""
    open_states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    Reminder.objects.exclude(task_state_id__in=open_states.values("pk")).delete()
