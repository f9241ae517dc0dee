"""Sending what waits in the outbox: one try, trying again, finding what was lost.

A mail is sent at least once: a worker that dies between the mail server's answer and the note of
it leaves a mail that is sent again, with the same Message-ID.
"""

import datetime
import logging
import time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Q, QuerySet
from django.dispatch import Signal
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from cms.mail.kinds import mail_kinds
from cms.mail.models import OutgoingMail
from cms.mail.permissions import RETRY

logger = logging.getLogger(__name__)

State = OutgoingMail.State
TRY_AGAIN_STATES = (State.FAILED, State.WAITING)
# The first wait after a failure; each further one is twice as long, up to the longest.
FIRST_WAIT = datetime.timedelta(minutes=1)
LONGEST_WAIT = datetime.timedelta(hours=4)
GIVE_UP_AFTER = datetime.timedelta(days=3)  # from the first failure
# No try takes so long (EMAIL_TIMEOUT): whoever made it is dead.
STALE_AFTER = datetime.timedelta(minutes=5)
KEEP_TEXTS = datetime.timedelta(days=90)
_ROUND_SECONDS = 300  # other jobs want the worker too

mail_sent = Signal()  # mail
mail_failed = Signal()  # mail: a try failed; its state tells whether it was the last


@task(backend="queue")
def send(mail_id: int) -> None:
    """What the worker runs for one mail. It may be called any number of times."""
    send_now(mail_id)


@task(backend="queue")
def send_due() -> None:
    """Sends whatever waits, the oldest first: for mails that no job of their own waits for."""
    began = time.monotonic()
    for mail_id in list(_due().order_by("pk").values_list("pk", flat=True)):
        if time.monotonic() - began > _ROUND_SECONDS:
            send_due.enqueue()
            return
        send_now(mail_id)


def send_now(mail_id: int) -> None:
    """Makes one try; returns at once where the mail does not wait (any more, or yet)."""
    claimed = (
        _due()
        .filter(pk=mail_id)
        .update(state=State.SENDING, claimed_at=timezone.now(), attempts=F("attempts") + 1)
    )
    if not claimed:
        return
    mail = OutgoingMail.objects.get(pk=mail_id)
    try:
        _message(mail).send()
    except Exception as error:  # noqa: BLE001  # whatever it was: nothing may be lost
        _try_later(mail, type(error).__name__)
    except BaseException:  # the worker is told to stop: another one goes on
        _mine(mail).update(state=State.WAITING, attempts=F("attempts") - 1)
        raise
    else:
        _note_sent(mail)


def _due() -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(state=State.WAITING, send_after__lte=timezone.now())


def _mine(mail: OutgoingMail) -> QuerySet[OutgoingMail]:
    """The row while it is still this try's: a sweeper may have taken it for dead."""
    return OutgoingMail.objects.filter(pk=mail.pk, state=State.SENDING, claimed_at=mail.claimed_at)


def _message(mail: OutgoingMail) -> EmailMessage:
    host = urlsplit(settings.BASE_URL).hostname
    return EmailMessage(
        mail.subject,
        _text(mail),
        to=[mail.to],
        headers={"Message-ID": f"<{mail.uuid}@{host}>", "Auto-Submitted": "auto-generated"},
        connection=get_connection(settings.MAIL_BACKEND),
    )


def _text(mail: OutgoingMail) -> str:
    """The text; for members of the office with the way to their choices."""
    if mail.user_id is None:
        return mail.body
    with translation.override(mail.language):
        footer = _("What you get by mail, and when, you choose in your account:")
    return f"{mail.body.rstrip()}\n\n-- \n{footer}\n{settings.BASE_URL}/admin/account/\n"


def _note_sent(mail: OutgoingMail) -> None:
    changes = {"state": State.SENT, "sent_at": timezone.now(), "last_error": ""}
    kind = mail_kinds().get(mail.kind)
    if kind and not kind.keeps_body:
        changes["body"] = ""
    if _mine(mail).update(**changes):
        mail_sent.send_robust(OutgoingMail, mail=mail)


def _try_later(mail: OutgoingMail, error: str) -> None:
    """Waits longer after each failure; gives up days after the first one."""
    now = timezone.now()
    give_up_at = mail.give_up_at or now + GIVE_UP_AFTER
    state = State.FAILED if now >= give_up_at else State.WAITING
    wait = min(FIRST_WAIT * 2 ** min(mail.attempts - 1, 10), LONGEST_WAIT)
    changed = _mine(mail).update(
        state=state, send_after=now + wait, give_up_at=give_up_at, last_error=error
    )
    if not changed:
        return
    # The error by its class alone: its text may name addresses.
    name = f"{mail} {mail.about}".strip()
    logger.error("Mail %s could not be sent, try %s: %s", name, mail.attempts, error)
    if state == State.WAITING:
        send.using(run_after=now + wait).enqueue(mail.pk)
    mail.refresh_from_db()
    mail_failed.send_robust(OutgoingMail, mail=mail)


def try_again(mail: OutgoingMail, user: Any) -> bool:
    """Puts what failed, or waits for a later try, at the head of the line.

    Raises `PermissionDenied` where `user` may not.
    """
    if not user.has_perm(RETRY):
        raise PermissionDenied
    stuck = OutgoingMail.objects.filter(pk=mail.pk, state__in=TRY_AGAIN_STATES)
    freed = stuck.exclude(body="").update(
        state=State.WAITING, send_after=timezone.now(), give_up_at=None, attempts=0
    )
    if freed:
        send.enqueue(mail.pk)
    return bool(freed)


def sweep() -> None:
    """Finds what a killed process left: mails without a job, half-made tries, running jobs."""
    now = timezone.now()
    OutgoingMail.objects.filter(state=State.SENDING, claimed_at__lt=now - STALE_AFTER).update(
        state=State.WAITING, send_after=now
    )
    jobs = DBTaskResult.objects.filter(task_path__in=[send.module_path, send_due.module_path])
    # The queue would call the killed worker's job running for ever.
    longest = STALE_AFTER + datetime.timedelta(seconds=_ROUND_SECONDS)
    jobs.running().filter(started_at__lt=now - longest).update(
        status=TaskResultStatus.FAILED, finished_at=now
    )
    is_asked_for = jobs.filter(task_path=send_due.module_path, status=TaskResultStatus.READY)
    if _due().exists() and not is_asked_for.exists():
        send_due.enqueue()


def forget_texts() -> None:
    """Deletes addresses and texts of mails that are over for long."""
    before = timezone.now() - KEEP_TEXTS
    over = Q(state=State.SENT) | Q(state=State.BUNDLED) | Q(state=State.FAILED)
    OutgoingMail.objects.filter(over, created_at__lt=before).update(to="", subject="", body="")
