"""The app of the signers' daily work: the queue, the signing screen, reminders."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    """The app of the signers' daily work."""

    name = "cms.moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.moderation import notices, queue_notices
        from cms.moderation.permissions import ReleasePolicy
        from cms.signoff.models import Release

        notices.connect()
        queue_notices.connect()
        register_permission_policy(Release, ReleasePolicy(Release))
