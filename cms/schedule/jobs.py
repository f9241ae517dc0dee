"""Periodic jobs: which are due, and running each in one process at a time.

Apps register theirs through the hook `register_periodic_jobs`, which returns a list of
`PeriodicJob`. A job may be killed at any moment and is then run again: it must bear that.
"""

import datetime
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DatabaseError, connections
from django.db.models import Q
from django.utils import timezone
from wagtail import hooks

from cms.schedule.models import PeriodicRun

logger = logging.getLogger(__name__)

# The process that runs a job gives signs of life; without one for so long, it is dead.
STALE_AFTER = datetime.timedelta(minutes=3)
_BEAT_SECONDS = 30.0
# What failed is tried again after this time, or when it is due anyway.
RETRY_AFTER = datetime.timedelta(minutes=15)


@dataclass(frozen=True)
class PeriodicJob:
    """Something done again and again: `every` so often, or `daily_at` a time of the office."""

    name: str
    run: Callable[[], object]
    every: datetime.timedelta | None = None
    daily_at: datetime.time | None = None

    def __post_init__(self) -> None:
        if (self.every is None) == (self.daily_at is None):
            raise ValueError(f"{self.name}: give either `every` or `daily_at`.")

    def is_due(self, row: PeriodicRun, now: datetime.datetime) -> bool:
        """Whether it should start now, leaving aside that it may be running.

        A daily job that is new waits for its time; an office that was closed for a week makes
        up for one day.
        """
        started = row.last_started_at
        if started and not row.has_succeeded and now - started >= RETRY_AFTER:
            return True
        if self.every is not None:
            return started is None or now - started >= self.every
        assert self.daily_at is not None  # noqa: S101  # see __post_init__
        return (started or row.known_since) < _last(self.daily_at, now)


def periodic_jobs() -> list[PeriodicJob]:
    """Every job that an app registered. Raises `ValueError` where two have one name."""
    jobs = [job for hook in hooks.get_hooks("register_periodic_jobs") for job in hook()]
    if len({job.name for job in jobs}) != len(jobs):
        raise ValueError("Two periodic jobs have the same name.")
    return jobs


def due_jobs() -> list[PeriodicJob]:
    """The jobs that should start now and do not run."""
    jobs, now = periodic_jobs(), timezone.now()
    known = {row.name: row for row in PeriodicRun.objects.all()}
    for job in jobs:
        if job.name not in known:
            known[job.name], _new = PeriodicRun.objects.get_or_create(name=job.name)
    return [
        job
        for job in jobs
        if not _is_running(known[job.name], now) and job.is_due(known[job.name], now)
    ]


def run_if_due(job: PeriodicJob) -> bool:
    """Runs a job unless another process does or did meanwhile. Returns whether it ran.

    What it raises is logged and noted; it is tried again later.
    """
    row, _new = PeriodicRun.objects.get_or_create(name=job.name)
    now = timezone.now()
    if _is_running(row, now) or not job.is_due(row, now) or not _claim(row, now):
        return False
    error = ""
    try:
        with _heart(row.pk, now):
            job.run()
    except Exception as raised:  # whatever a job does must not end the others
        logger.exception("The periodic job %s failed", job.name)
        error = type(raised).__name__
    PeriodicRun.objects.filter(pk=row.pk, last_started_at=now).update(
        last_finished_at=timezone.now(), last_error=error, alive_at=None
    )
    return True


def _last(time: datetime.time, now: datetime.datetime) -> datetime.datetime:
    """When it was this time of the day for the last time."""
    local = timezone.localtime(now)
    today = datetime.datetime.combine(local.date(), time, local.tzinfo)
    return today if today <= local else today - datetime.timedelta(days=1)


def _is_running(row: PeriodicRun, now: datetime.datetime) -> bool:
    return row.alive_at is not None and row.alive_at > now - STALE_AFTER


def _claim(row: PeriodicRun, now: datetime.datetime) -> bool:
    """One statement, which the database gives to one process alone."""
    unchanged = PeriodicRun.objects.filter(pk=row.pk, last_started_at=row.last_started_at)
    if row.last_started_at is None:
        unchanged = PeriodicRun.objects.filter(pk=row.pk, last_started_at__isnull=True)
    free = Q(alive_at__isnull=True) | Q(alive_at__lte=now - STALE_AFTER)
    return bool(unchanged.filter(free).update(last_started_at=now, alive_at=now))


@contextmanager
def _heart(pk: int, started_at: datetime.datetime) -> Iterator[None]:
    """Signs of life in the database while the block runs, from a thread of its own."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(_BEAT_SECONDS):
            try:
                mine = PeriodicRun.objects.filter(pk=pk, last_started_at=started_at)
                mine.update(alive_at=timezone.now())
            except DatabaseError:
                logger.exception("A sign of life could not be given")
        connections.close_all()

    thread = threading.Thread(target=beat, name="periodic-heart", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
