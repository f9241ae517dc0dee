"""Mails about reviews of alerts that are overdue."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.accounts.models import User
from cms.alerts.reviews import due_at, reviewers_of, to_review
from cms.mail.models import OutgoingMail
from cms.mail.outbox import language_of, queue_mail
from cms.publication.models import Publication
from cms.thai.dates import format_date

KIND = "alert-review-overdue"


def mail_overdue_reviews() -> None:
    """Tells those who may review an alert that its review is overdue: each person once.

    Run again, it mails only whom it has not told yet.
    """
    for message in to_review():
        due = due_at(message)
        if due < timezone.now():
            for user in reviewers_of(message):
                _remind(user, message, due)


def _remind(user: User, message: Publication, due: Any) -> None:
    about = f"alert-review:{message.pk}"
    if OutgoingMail.objects.filter(about=about, user=user).exists():
        return
    language = language_of(user)
    address = f"{settings.BASE_URL}{reverse('alerts:review', args=[message.pk])}"
    with override(language):
        words = {
            "title": message.title,
            "due": format_date(due, language, "j F Y H:i"),
            "address": address,
        }
        subject = _("The review of an alert is overdue: %(title)s") % words
        body = _(
            "The alert “%(title)s” was released by two people and must be reviewed. The review"
            " was due on %(due)s.\n\nReview it here:\n%(address)s"
        )
        queue_mail(KIND, user, subject, body % words, language=language, urgent=True, about=about)
