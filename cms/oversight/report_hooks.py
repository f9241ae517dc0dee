"""The oversight report in the admin: its addresses, its place among the reports, its looks."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.oversight.duty_views import DutyView
from cms.oversight.home_panels import panels_for
from cms.oversight.models import Review
from cms.oversight.report_views import CoverageReportView
from cms.oversight.review_views import ReviewsSection, review_view
from cms.oversight.scorecards import ScorecardsView, ScorecardView
from cms.oversight.verify_reviews import verify_reviews
from cms.publication.models import Publication

_ROOT = "reports/oversight/"


@hooks.register("register_admin_urls")
def register_oversight_urls() -> list[Any]:
    """The report, and the page of each duty; year 0: of a duty that is not yearly."""
    return [
        path(_ROOT, CoverageReportView.as_view(), name="coverage_report"),
        path(f"{_ROOT}<uuid:item>/<int:year>/", DutyView.as_view(), name="duty"),
        path(f"{_ROOT}divisions/", ScorecardsView.as_view(), name="scorecards"),
        path(f"{_ROOT}divisions/<uuid:division>/", ScorecardView.as_view(), name="scorecard"),
        path(f"{_ROOT}review/<int:pk>/", review_view, name="review"),
    ]


@hooks.register("construct_homepage_panels")
def show_duties(request: HttpRequest, panels: list[Any]) -> None:
    """By role."""
    panels += panels_for(request.user)


@hooks.register("find_record_sections")
def find_reviews(publication: Publication, user: Any) -> list[ReviewsSection]:
    """The reviews of a record."""
    return [ReviewsSection(publication, user)]


@hooks.register("verify_record")
def verify_signed_reviews() -> Iterator[Review]:
    """Each review against its signature."""
    return verify_reviews()


@hooks.register("register_reports_menu_item")
def register_oversight_menu_item() -> MenuItem:
    """First among the reports."""
    return MenuItem(
        _("Oversight"),
        reverse("coverage_report"),
        name="oversight",
        icon_name="glasses",
        order=490,
    )


@hooks.register("insert_global_admin_css")
def oversight_style() -> str:
    """Tables and charts, here and on the dashboard."""
    return format_html('<link rel="stylesheet" href="{}">', static("oversight/oversight.css"))
