"""Webhooks in the admin and in the schedule, and what they listen to."""

import datetime

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.mail.kinds import MailKind
from cms.publication.public_changes import PublicChange
from cms.schedule.jobs import PeriodicJob
from cms.webhooks.messages import pass_on, tell_of_time
from cms.webhooks.sending import forget, sweep
from cms.webhooks.switching_off import KIND
from cms.webhooks.viewsets import DeliveryViewSet, EndpointViewSet


@hooks.register("public_change")
def pass_on_changes(changes: list[PublicChange]) -> None:
    """In the transaction of the act."""
    pass_on(changes)


@hooks.register("register_admin_viewset")
def register_endpoints() -> EndpointViewSet:
    """For administrators."""
    return EndpointViewSet()


@hooks.register("register_admin_viewset")
def register_deliveries() -> DeliveryViewSet:
    """For administrators."""
    return DeliveryViewSet()


@hooks.register("register_mail_kinds")
def register_webhook_mails() -> list[MailKind]:
    """To administrators."""
    return [MailKind(KIND, _("A webhook was switched off"))]


@hooks.register("register_periodic_jobs")
def register_webhook_jobs() -> list[PeriodicJob]:
    """What begins and ends by itself, lost messages, and forgetting."""
    minute = datetime.timedelta(minutes=1)
    return [
        PeriodicJob("tell_of_time", tell_of_time, every=minute),
        PeriodicJob("webhook_sweeper", sweep, every=minute),
        PeriodicJob("forget_old_deliveries", forget, daily_at=datetime.time(3, 20)),
    ]
