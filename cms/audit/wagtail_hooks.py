"""The audit log in the admin: the report, and one's own sign-ins in the account."""

import datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.accounts.throttle import forget_old_attempts
from cms.audit.account_panel import SignInsPanel
from cms.audit.notices import KIND
from cms.audit.reports import AuditLogView
from cms.audit.retention import delete_old_events
from cms.mail.kinds import MailKind
from cms.schedule.jobs import PeriodicJob


class AuditLogMenuItem(MenuItem):
    """For those who may read the log."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By permission."""
        return request.user.has_perm("audit.view_auditevent")


@hooks.register("register_reports_menu_item")
def register_audit_log_menu_item() -> MenuItem:
    """Among the reports."""
    url = reverse("audit_log")
    return AuditLogMenuItem(_("Audit log"), url, name="audit-log", icon_name="history", order=1100)


@hooks.register("register_admin_urls")
def register_audit_log_urls() -> list[Any]:
    """The report, and its rows alone for the filters."""
    return [
        path("reports/audit-log/", AuditLogView.as_view(), name="audit_log"),
        path(
            "reports/audit-log/results/",
            AuditLogView.as_view(results_only=True),
            name="audit_log_results",
        ),
    ]


@hooks.register("register_account_settings_panel")
def register_sign_ins_panel(request: HttpRequest, user: Any, profile: Any) -> Any:
    """Beside one's second factor."""
    return SignInsPanel(request, user, profile)


@hooks.register("register_permissions")
def register_audit_permissions() -> QuerySet[Permission]:
    """So that reading the log can be given to other groups."""
    return Permission.objects.filter(content_type__app_label="audit")


@hooks.register("register_mail_kinds")
def register_security_mails() -> list[MailKind]:
    """What everybody gets about their own account."""
    return [KIND]


@hooks.register("register_periodic_jobs")
def register_audit_jobs() -> list[PeriodicJob]:
    """Each night what is old enough goes."""
    night = datetime.time(3, 10)
    return [
        PeriodicJob("delete_old_audit_events", delete_old_events, daily_at=night),
        PeriodicJob("forget_old_attempts", forget_old_attempts, daily_at=night),
    ]
