"""Answers to assessors in the admin's menus, in the schedule and in the check of the record."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.assessors import urls
from cms.assessors.checking import JOB, check_evidence
from cms.assessors.models import Submission
from cms.assessors.permissions import VIEW
from cms.assessors.submitting import public_paths
from cms.assessors.verify_submissions import verify_submissions
from cms.schedule.jobs import PeriodicJob
from cms.watching.views import JOBS

JOBS[JOB] = (_("Addresses given to assessors (every night)"), JOB)


class AnswersMenuItem(MenuItem):
    """For whoever may see them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By the same rule as the pages."""
        return request.user.has_perm(VIEW)


@hooks.register("register_reports_menu_item")
def register_answers_menu_item() -> MenuItem:
    """Beside oversight."""
    url = reverse("answers:years")
    return AnswersMenuItem(
        _("Answers to assessors"), url, name="answers", icon_name="list-ul", order=495
    )


@hooks.register("register_admin_urls")
def register_answers_urls() -> list[Any]:
    """Below `/admin/answers/`."""
    return [path("answers/", include(urls))]


@hooks.register("register_periodic_jobs")
def check_evidence_nightly() -> list[PeriodicJob]:
    """After the links were asked, before the record is verified."""
    return [PeriodicJob(JOB, check_evidence, daily_at=datetime.time(1, 50))]


@hooks.register("verify_record")
def verify_what_was_submitted() -> Iterator[Submission]:
    """Each submission against its seal and the record."""
    return verify_submissions()


@hooks.register("find_changed_addresses")
def find_pages_of_answers(changes: list[Any]) -> list[str]:
    """For caches that know no tags: what is withdrawn leaves the answers too."""
    return public_paths()


@hooks.register("insert_global_admin_css")
def answers_style() -> str:
    """Long addresses in tables."""
    return format_html('<link rel="stylesheet" href="{}">', static("assessors/assessors.css"))
