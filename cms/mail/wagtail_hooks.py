"""Mail in the admin and in the schedule."""

import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.mail.backend import SYSTEM_KIND
from cms.mail.digest import DIGEST_KIND, send_digests
from cms.mail.kinds import MailKind
from cms.mail.preferences import MailSettingsPanel
from cms.mail.sending import forget_texts, sweep
from cms.mail.viewsets import MailViewSet
from cms.schedule.jobs import PeriodicJob


@hooks.register("register_mail_kinds", order=-10)
def register_own_kinds() -> list[MailKind]:
    """What nobody chooses: passwords and the digest itself."""
    account = MailKind(
        SYSTEM_KIND,
        _("Accounts: new passwords, comments on drafts"),
        is_for_staff=False,
        keeps_body=False,  # a link that sets a password
    )
    return [account, MailKind(DIGEST_KIND, _("Daily digest"), is_for_staff=False)]


@hooks.register("register_admin_viewset")
def register_outbox() -> MailViewSet:
    """For administrators."""
    return MailViewSet()


@hooks.register("register_account_settings_panel")
def register_choices(request: HttpRequest, user: Any, profile: Any) -> MailSettingsPanel:
    """For everybody, of their own mails."""
    return MailSettingsPanel(request, user, profile)


@hooks.register("register_periodic_jobs")
def register_mail_jobs() -> list[PeriodicJob]:
    """Finding lost mails, the digest, and forgetting."""
    return [
        PeriodicJob("mail_sweeper", sweep, every=datetime.timedelta(minutes=1)),
        PeriodicJob("mail_digest", send_digests, daily_at=datetime.time(8, 30)),
        PeriodicJob("forget_old_mails", forget_texts, daily_at=datetime.time(3, 15)),
    ]
