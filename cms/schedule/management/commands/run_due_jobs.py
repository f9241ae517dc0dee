"""`manage.py run_due_jobs`: what is done again and again, for a timer; or for ever."""

import os
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, connections

from cms.schedule.jobs import PeriodicJob, due_jobs, logger, run_if_due

_PAUSE_SECONDS = 15.0


class Command(BaseCommand):
    """One pass, for a timer that starts it every minute; passes may overlap."""

    help = "Runs every periodic job that is due and that no other process runs."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--forever` goes on until it is told to stop."""
        parser.add_argument(
            "--forever", action="store_true", help="look again and again, as `serve` lets it do"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Names each job that ran."""
        if options["forever"]:
            _Loop().run()
            return
        for job in due_jobs():
            if run_if_due(job):
                self.stdout.write(job.name)


class _Loop:
    """Starts each due job in a thread of its own: one that takes hours keeps no other waiting."""

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self.threads: dict[str, threading.Thread] = {}

    def run(self) -> None:
        """Until SIGTERM or SIGINT. What then still runs is cut off, and done again later."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: self.stopped.set())
        while not self.stopped.is_set():
            close_old_connections()
            try:
                for job in due_jobs():
                    self._start(job)
            except DatabaseError:  # it may come back
                logger.exception("Looking for due jobs failed")
                connections.close_all()
            self.stopped.wait(_PAUSE_SECONDS)
        if any(thread.is_alive() for thread in self.threads.values()):
            os._exit(0)  # Python would wait for the threads that a job started

    def _start(self, job: PeriodicJob) -> None:
        running = self.threads.get(job.name)
        if running and running.is_alive():
            return
        thread = threading.Thread(target=_run, args=[job], name=job.name, daemon=True)
        self.threads[job.name] = thread
        thread.start()


def _run(job: PeriodicJob) -> None:
    try:
        run_if_due(job)
    except DatabaseError:
        logger.exception("The periodic job %s could not be noted", job.name)
    finally:
        connections.close_all()
