"""The office's calendar in the admin's settings, and the queue's own housekeeping."""

import datetime

from django.core.management import call_command
from wagtail import hooks

from cms.schedule.jobs import PeriodicJob
from cms.schedule.viewsets import HolidayViewSet


@hooks.register("register_admin_viewset")
def register_holidays() -> HolidayViewSet:
    """For administrators."""
    return HolidayViewSet()


@hooks.register("register_periodic_jobs")
def forget_done_tasks() -> list[PeriodicJob]:
    """The results of done jobs are of no use after some days."""
    return [PeriodicJob("prune_task_results", _prune, daily_at=datetime.time(3, 30))]


def _prune() -> None:
    call_command("prune_db_task_results", backend="queue", queue_name="*", verbosity=0)
