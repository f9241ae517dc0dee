"""Watching in the admin and in the schedule: jobs, mails, the report, and the banner."""

import datetime
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms.evidence.continuity import Span
from cms.mail.kinds import MailKind
from cms.publication.models import Address, Publication
from cms.schedule.jobs import PeriodicJob
from cms.watching import urls
from cms.watching.division_reports import LINKS_KIND, report_broken_links
from cms.watching.drift import watch_drift
from cms.watching.files import check_files
from cms.watching.findings import ALARM_KIND
from cms.watching.models import open_findings
from cms.watching.own_links import check_own_links
from cms.watching.proofs import facts_of, facts_of_record
from cms.watching.reminders import ESCALATION_KIND, REMINDER_KIND, remind_of_reviews
from cms.watching.sampling import sample
from cms.watching.summary import JOB, SUMMARY_KIND, mail_weekly_summary
from cms.watching.views import VIEW_PERMISSION

_BANNER_LINES = 5


@hooks.register("register_periodic_jobs")
def register_jobs() -> list[PeriodicJob]:
    """The nightly checks begin after midnight; what is mailed is there when work begins."""
    return [
        PeriodicJob("watch_drift", watch_drift, every=datetime.timedelta(minutes=5)),
        PeriodicJob("sample_addresses", sample, every=datetime.timedelta(hours=1)),
        PeriodicJob("check_own_links", check_own_links, daily_at=datetime.time(0, 30)),
        PeriodicJob("check_files", check_files, daily_at=datetime.time(0, 40)),
        PeriodicJob("report_broken_links", report_broken_links, daily_at=datetime.time(6, 30)),
        PeriodicJob("remind_of_reviews", remind_of_reviews, daily_at=datetime.time(7, 30)),
        PeriodicJob(JOB, mail_weekly_summary, daily_at=datetime.time(7, 45)),
    ]


@hooks.register("register_mail_kinds")
def register_kinds() -> list[MailKind]:
    """What says that something is wrong, or long overdue, cannot be turned off."""
    return [
        MailKind(ALARM_KIND, _("Watching: something is wrong, or right again"), is_optional=False),
        MailKind(LINKS_KIND, _("Broken links and files of my division")),
        MailKind(REMINDER_KIND, _("Reviews that are due in my division")),
        MailKind(ESCALATION_KIND, _("Reviews that are long overdue"), is_optional=False),
        MailKind(SUMMARY_KIND, _("Weekly summary: due, overdue, waiting for signatures")),
    ]


class ReportMenuItem(MenuItem):
    """For overseers and administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By the same rule as the page itself."""
        return request.user.has_perm(VIEW_PERMISSION)


@hooks.register("register_reports_menu_item")
def register_report_menu_item() -> MenuItem:
    """Among the reports."""
    url = reverse("watching:report")
    return ReportMenuItem(_("Watching"), url, name="watching", icon_name="view", order=510)


@hooks.register("register_admin_urls")
def register_report_urls() -> list[Any]:
    """Below `/admin/watching/`."""
    return [path("watching/", include(urls))]


@hooks.register("insert_global_admin_css")
def watching_style() -> str:
    """Long addresses on narrow screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("watching/watching.css"))


class FindingsBanner(Component):
    """What is wrong now, above everything else on the dashboard."""

    name = "watching"
    template_name = "watching/banner.html"
    order = 1

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The latest findings, and how many there are."""
        findings = list(open_findings()[: _BANNER_LINES + 1])
        count = len(findings) if len(findings) <= _BANNER_LINES else open_findings().count()
        return {"findings": findings[:_BANNER_LINES], "count": count}


@hooks.register("construct_homepage_panels")
def add_banner(request: HttpRequest, panels: list[Any]) -> None:
    """For whoever may see the report, while there is something."""
    if request.user.has_perm(VIEW_PERMISSION) and open_findings().exists():
        panels.insert(0, FindingsBanner())


@hooks.register("find_record_facts")
def find_sample_facts(publication: Publication) -> list[tuple[str, str]]:
    """On the page of a record."""
    return facts_of_record(publication)


@hooks.register("find_certificate_facts")
def find_certificate_facts(address: Address, period: Span) -> list[tuple[str, str]]:
    """On the certificate of publication."""
    return facts_of(address, period)
