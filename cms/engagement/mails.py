"""Mails to the sender and to the desk, through the outbox; the log of cases notes their fate."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cms.engagement.case_events import CaseEvent, log
from cms.engagement.cases import Case
from cms.engagement.channels import Channel
from cms.engagement.permissions import handlers_of
from cms.mail.kinds import MailKind
from cms.mail.models import OutgoingMail
from cms.mail.outbox import language_of, queue_mail
from cms.mail.sending import mail_failed, mail_sent

# Confidential: whoever watches the outbox must not learn that somebody wrote to the office.
KINDS = [
    MailKind("case_waits", gettext_lazy("A case waits at my desk"), is_confidential=True),
    MailKind(
        "case_received",
        gettext_lazy("To citizens: received"),
        is_for_staff=False,
        is_confidential=True,
    ),
    MailKind(
        "case_answered",
        gettext_lazy("To citizens: answered"),
        is_for_staff=False,
        is_confidential=True,
    ),
]
_NAMES = {kind.name for kind in KINDS}


def tell_sender_received(case: Case) -> None:
    """The reference number, to whoever left an address. No word of what was sent.

    Nor the address of the copy: a mistyped address would hand the case to a stranger.
    """
    if not case.email:
        return
    with override(case.locale):
        subject = _("Received: %(reference)s") % {"reference": case.reference}
        text = _(
            "%(office)s has received what you sent.\n\n"
            "Reference number: %(reference)s\n\n"
            "With this number you can ask on our web site how far it is:\n%(address)s\n"
        )
        _queue("case_received", case, case.email, subject, text % _names(case))


def tell_sender_answered(case: Case) -> None:
    """The answer; for corruption complaints only that there is one."""
    if not case.email:
        return
    with override(case.locale):
        subject = _("Answered: %(reference)s") % {"reference": case.reference}
        text = _(
            "%(office)s has answered.\n\nReference number: %(reference)s\n\n"
            "You can read where it stands on our web site:\n%(address)s\n"
        )
        text = text % _names(case)
        if case.channel != Channel.CORRUPTION:
            text += f"\n{case.answer}\n"
        _queue("case_answered", case, case.email, subject, text)


def tell_handlers(case: Case) -> None:
    """A case waits, to each member of its desk with an address: no content, no name."""
    path = reverse(f"citizens_{case.channel}:case", args=[case.reference])
    for user in handlers_of(case.channel).select_related("wagtail_userprofile"):
        with override(language_of(user)):
            desk = Channel(case.channel).label
            subject = _("%(desk)s %(reference)s waits")
            subject %= {"desk": desk, "reference": case.reference}
            text = _("A new case waits at your desk:\n%(address)s\n")
            text = text % {"address": f"{settings.BASE_URL}{path}"}
            _queue("case_waits", case, user, subject, text)


def _queue(kind: str, case: Case, to: Any, subject: str, text: str) -> None:
    queue_mail(kind, to, subject, text, about=case.reference)


def _names(case: Case) -> dict[str, str]:
    english = case.locale == "en"
    return {
        "office": settings.SITE_NAME_EN if english else settings.SITE_NAME_TH,
        "reference": case.reference,
        "address": f"{settings.BASE_URL}{reverse('status', args=[case.locale])}",
    }


def connect() -> None:
    """Listens to what becomes of the mails; called once."""
    mail_sent.connect(_note_sent, dispatch_uid="engagement.mail_sent")
    mail_failed.connect(_note_failure, dispatch_uid="engagement.mail_failed")


def _note_sent(mail: OutgoingMail, **kwargs: Any) -> None:
    _note(mail, CaseEvent.Kind.MAILED)


def _note_failure(mail: OutgoingMail, **kwargs: Any) -> None:
    """At the first failure and when it is given up, not at each try of three days."""
    if mail.attempts == 1 or mail.state == OutgoingMail.State.FAILED:
        _note(mail, CaseEvent.Kind.MAIL_FAILED)


def _note(mail: OutgoingMail, kind: CaseEvent.Kind) -> None:
    if mail.kind not in _NAMES:
        return
    case = Case.objects.filter(reference=mail.about).first()
    if case:
        log(case, kind)
