"""The only way to send a mail: a row in the outbox, in the caller's transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from cms.mail.kinds import MailKind, mail_kind
from cms.mail.models import MailPreference, OutgoingMail

Delivery = MailPreference.Delivery
State = OutgoingMail.State
_is_silent: ContextVar[bool] = ContextVar("mail_is_silent", default=False)


def queue_mail(
    kind: str,
    to: Any,
    subject: str,
    body: str,
    *,
    language: str | None = None,
    urgent: bool = False,
    about: str = "",
) -> OutgoingMail | None:
    """Writes a mail into the outbox; it is sent in the background after the commit.

    `to` is a user, who may have chosen to get this kind in the daily digest or not at all, or
    an address; `urgent` mails go at once, whatever was chosen. `subject` and `body` are plain
    text in `language` (default: the user's own; for an address the active one). `about` is a
    reference by which the caller finds the mail again. Returns None where nothing is to be sent:
    nobody can be reached, or the person does not want it. Raises `LookupError` for a kind that
    no app registered.
    """
    described = mail_kind(kind)
    user = None if isinstance(to, str) else to
    address = to if user is None else user.email
    if _is_silent.get() or not address or (user and not user.is_active):
        return None
    delivery = Delivery.AT_ONCE if urgent or user is None else delivery_of(user, described)
    if delivery == Delivery.NEVER:
        return None
    mail = OutgoingMail.objects.create(
        kind=kind,
        to=address,
        user=user,
        about=about,
        language=language or (language_of(user) if user else get_language() or "th"),
        subject=" ".join(subject.split())[:500],  # one line: a header
        body=body,
        state=State.HELD if delivery == Delivery.DIGEST else State.WAITING,
        send_after=timezone.now(),
    )
    if mail.state == State.WAITING:
        # robust: the sweeper finds what could not be handed to the queue.
        transaction.on_commit(partial(_enqueue, mail.pk), robust=True)
    return mail


def _enqueue(pk: int) -> None:
    from cms.mail.sending import send

    send.enqueue(pk)


def language_of(user: Any) -> str:
    """The language in which a person reads the admin; that of the office where none is chosen."""
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile and profile.preferred_language) or settings.LANGUAGE_CODE


def delivery_of(user: Any, kind: MailKind) -> str:
    """How a person gets a kind of mail."""
    chosen = MailPreference.objects.filter(user=user, kind=kind.name).first()
    if chosen is None or (chosen.delivery == Delivery.NEVER and not kind.is_optional):
        return Delivery.AT_ONCE
    return chosen.delivery


def forget_about(about: str) -> None:
    """Deletes every mail about something that is itself deleted, sent or not."""
    OutgoingMail.objects.filter(about=about).delete()


@contextmanager
def no_mails() -> Iterator[None]:
    """In this block `queue_mail` writes nothing: for loading what no person does just now."""
    token = _is_silent.set(True)
    try:
        yield
    finally:
        _is_silent.reset(token)
