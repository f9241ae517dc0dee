"""The alarm where the public record does not hold."""

import logging

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.accounts.models import User
from cms.mail.outbox import language_of, queue_mail
from cms.signoff.roles import GROUP_NAMES

BROKEN_KIND = "record_broken"
logger = logging.getLogger(__name__)


def administrators() -> QuerySet[User]:
    """The accounts in use of the administrators' group."""
    members = User.objects.filter(groups__name=GROUP_NAMES["administrator"], is_active=True)
    return members.select_related("wagtail_userprofile").order_by("pk").distinct()


def sound_alarm(problem: str) -> None:
    """Logs that the record does not hold, and tells every administrator at once."""
    logger.critical("The public record does not hold. %s", problem)
    for user in administrators():
        with override(language_of(user)):
            subject = _("The public record does not hold")
            text = _(
                "The nightly check of signatures and publications found something that was not"
                " signed, or that is missing:\n\n%(problem)s\n\n"
                "Keep the database and its backups as they are, and find out who had access.\n"
                "%(address)s\n"
            )
            text %= {"problem": problem, "address": f"{settings.BASE_URL}/admin/"}
            queue_mail(BROKEN_KIND, user, subject, text, urgent=True)
