"""Mails to a person about their own account, lest what somebody else did goes unnoticed."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cms.audit.models import AuditEvent
from cms.mail.kinds import MailKind
from cms.mail.outbox import language_of, queue_mail

Kind = AuditEvent.Kind
KIND = MailKind("account_security", gettext_lazy("Changes to how I sign in"), is_optional=False)
_WORTH_A_MAIL = {
    Kind.PASSWORD_SET,
    Kind.PASSWORD_CHANGED,
    Kind.SECOND_FACTOR_SET_UP,
    Kind.SECOND_FACTOR_REMOVED,
    Kind.SECOND_FACTOR_RESET,
    Kind.RECOVERY_CODE_USED,
    Kind.RECOVERY_CODES_MADE,
}


def tell_person(event: AuditEvent) -> None:
    """Queues a mail where the event concerns how the person signs in."""
    if event.kind not in _WORTH_A_MAIL or event.user is None:
        return
    with override(language_of(event.user)):
        subject = _("Your account: %(event)s") % {"event": event.get_kind_display()}
        text = _(
            "%(event)s\n\nAccount: %(username)s\nDone by: %(actor)s\nAddress: %(address)s\n\n"
            "Was it neither you nor agreed with you? Then tell an administrator at once.\n"
            "%(url)s\n"
        )
        text %= {
            "event": event.get_kind_display(),
            "username": event.username,
            "actor": event.actor or event.username,
            "address": event.address or "–",
            "url": f"{settings.BASE_URL}/admin/account/",
        }
        queue_mail(KIND.name, event.user, subject, text, urgent=True)
