"""The app of what citizens send to the office, and of the office's answers."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class EngagementConfig(AppConfig):
    """Cases: e-Forms, questions, complaints, corruption complaints and opinions."""

    name = "cms.engagement"
    verbose_name = _("Citizens")
    # Nothing that citizens write: what the public is told of it is counted up to a day's end.
    public_tables = {"engagement_desksettings": ("answer_within_days",)}

    def ready(self) -> None:
        from cms.engagement import mails
        from cms.engagement.setup import ensure_desks

        mails.connect()
        post_migrate.connect(ensure_desks, sender=self, dispatch_uid="engagement.ensure_desks")
