"""The report "Watching": what is wrong, what was, when each job ran, and how the site answered."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.schedule.models import PeriodicRun
from cms.watching.models import Finding, Pass, SampleDay, open_findings

VIEW_PERMISSION = "watching.view_finding"
# Each job with its label and the `Pass` in which it notes how far it is ("" where it is short).
JOBS: dict[str, tuple[Any, str]] = {
    "watch_drift": (_("Drafts, chains and files against the record (every 5 minutes)"), "glance"),
    "sample_addresses": (_("Samples over the network (every hour)"), "samples"),
    "check_own_links": (_("Links within the site (every night)"), "own_links"),
    "check_links": (_("Links to other sites (every night)"), ""),
    "check_files": (_("Public files, read to the end (every night)"), "files"),
    "report_broken_links": (_("Report to the divisions (every morning)"), ""),
    "remind_of_reviews": (_("Reminders of reviews (every morning)"), ""),
    "mail_weekly_summary": (_("Weekly summary (Monday morning)"), ""),
}
_SHOWN = 100  # findings of each list
_DAYS = 14


class WatchingView(WagtailAdminTemplateMixin, TemplateView):
    """For overseers and administrators."""

    template_name = "watching/report.html"
    page_title = _("Watching")
    header_icon = "view"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises `PermissionDenied` for everybody else."""
        if not request.user.has_perm(VIEW_PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Five questions to the database, whatever there is to show."""
        ended = Finding.objects.filter(over_at__isnull=False).order_by("-over_at")
        return {
            **super().get_context_data(**kwargs),
            "findings": open_findings()[:_SHOWN],
            "ended": ended[:_SHOWN],
            "jobs": _jobs(),
            "days": _days(),
        }


def _jobs() -> list[dict[str, Any]]:
    """Each job of watching with its last run, and how far the pass is that belongs to it."""
    runs = {run.name: run for run in PeriodicRun.objects.filter(name__in=list(JOBS))}
    passes = {row.name: row for row in Pass.objects.all()}
    return [
        {"label": label, "run": runs.get(name), "progress": passes.get(pass_name)}
        for name, (label, pass_name) in JOBS.items()
    ]


def _days() -> list[Any]:
    """How often the sampled addresses answered on each of the last days, the latest first."""
    since = timezone.localdate() - datetime.timedelta(days=_DAYS)
    rows = SampleDay.objects.filter(day__gt=since).order_by("-day").values("day")
    return list(rows.annotate(answers=Sum("answered"), failures=Sum("failed")))
