"""The app of mails: an outbox in the database, sent in the background, as each person wishes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    """The app of mails."""

    name = "cms.mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.mail.models import OutgoingMail
        from cms.mail.permissions import OutboxPermissionPolicy
        from cms.mail.preferences import hide_replaced_choices

        register_permission_policy(OutgoingMail, OutboxPermissionPolicy(OutgoingMail))
        hide_replaced_choices()
