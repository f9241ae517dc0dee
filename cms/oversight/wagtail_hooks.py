"""Oversight in the admin: its jobs, the report of broken links, the state of each web link."""

import datetime
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

import pages.wagtail_hooks  # noqa: F401 (registers the list of web links)
from cms.oversight import assessment_hooks, report_hooks  # noqa: F401  # with their hooks
from cms.oversight.columns import LinkStateColumn
from cms.oversight.history import record_coverage
from cms.oversight.link_checks import check_all
from cms.oversight.reports import BrokenLinksView
from cms.schedule.jobs import PeriodicJob
from pages.models import WebLink

web_links: Any = WebLink.snippet_viewset  # type: ignore[attr-defined]
web_links.list_display = (*web_links.list_display, LinkStateColumn())


@hooks.register("register_periodic_jobs")
def check_links_nightly() -> list[PeriodicJob]:
    """Asks every address on other sites, for as long as that takes."""
    return [PeriodicJob("check_links", check_all, daily_at=datetime.time(1, 0))]


@hooks.register("register_periodic_jobs")
def record_coverage_nightly() -> list[PeriodicJob]:
    """Writes down how the office stands, before the links are asked again."""
    return [PeriodicJob("record_coverage", record_coverage, daily_at=datetime.time(0, 10))]


@hooks.register("register_reports_menu_item")
def register_broken_links_menu_item() -> MenuItem:
    """Among the reports."""
    return MenuItem(
        _("Broken links and files"),
        reverse("broken_links"),
        name="broken-links",
        icon_name="link-external",
        order=600,
    )


@hooks.register("register_admin_urls")
def register_broken_links_urls() -> list[Any]:
    """The report, and its rows alone for the filters."""
    return [
        path("reports/broken-links/", BrokenLinksView.as_view(), name="broken_links"),
        path(
            "reports/broken-links/results/",
            BrokenLinksView.as_view(results_only=True),
            name="broken_links_results",
        ),
    ]
