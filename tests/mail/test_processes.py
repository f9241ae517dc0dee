"""Processes: one that is killed with a mail in its hands, several that want the same work."""

import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.mail.mailbox import Mailbox, free_port
from tests.mail.worker import OfficeProcess, own_database

WRITE = """
from django.db import transaction
from cms.mail.outbox import queue_mail
with transaction.atomic():
    queue_mail("system", "somying@example.com", "เรื่อง", "เนื้อความ")
"""
LATER = """
import datetime
from django.utils import timezone
from cms.mail.models import OutgoingMail
from cms.mail import sending
assert OutgoingMail.objects.get().state == "sending"
OutgoingMail.objects.update(claimed_at=timezone.now() - datetime.timedelta(minutes=6))
sending.sweep()
"""
MANY = """
from cms.mail.outbox import queue_mail
for number in range(20):
    queue_mail("system", f"somying{number}@example.com", "เรื่อง", "เนื้อความ")
"""
RACE = """
import datetime, pathlib, time
from django.conf import settings
from cms.mail import sending
from cms.schedule.jobs import PeriodicJob, run_if_due
while not (pathlib.Path(settings.DATA_DIR) / "go").exists():
    time.sleep(0.01)
if run_if_due(PeriodicJob("race", lambda: time.sleep(3), every=datetime.timedelta(hours=1))):
    print("ran")
sending.send_due.call()
"""
STATE = "from cms.mail.models import OutgoingMail; print(OutgoingMail.objects.get().state)"


class SlowMailbox(Mailbox):
    """Takes its time over the first mail, so that the worker can be killed meanwhile."""

    reached = threading.Event()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """The first one hangs until its worker is gone."""
        if not self.reached.is_set():
            self.reached.set()
            await asyncio.sleep(30)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture(scope="module")
def slow() -> Iterator[SlowMailbox]:
    """A mail server."""
    box = SlowMailbox(free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture(scope="module")
def office(
    slow: SlowMailbox,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Iterator[OfficeProcess]:
    """An installation of its own, on the kind of database on which the tests run."""
    with django_db_blocker.unblock(), own_database() as url:
        office = OfficeProcess(tmp_path_factory.mktemp("office"), slow.port, url)
        office.run("migrate", "--verbosity", "0")
        yield office


def test_mail_of_a_killed_worker_is_sent_by_the_next(slow: SlowMailbox, office: OfficeProcess):
    office.python(WRITE)

    doomed = office.start("db_worker", "--backend", "queue")
    try:
        assert slow.reached.wait(60), "the worker never reached the mail server"
    finally:
        doomed.kill()
        doomed.communicate()
    office.python(LATER)
    office.run("db_worker", "--backend", "queue", "--batch")

    assert office.python(STATE).strip() == "sent"
    deadline = time.monotonic() + 10
    while not slow.to("somying@example.com") and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(set(slow.ids)) == 1


def test_work_that_several_processes_want_is_done_once(slow: SlowMailbox, office: OfficeProcess):
    slow.reached.set()  # it takes its time no more
    slow.mails.clear()
    office.python(MANY)
    processes = [office.start("shell", "--no-imports", "-c", RACE) for _process in range(3)]
    time.sleep(1)
    (Path(office.environment["DATA_DIR"]) / "go").touch()
    outputs = [process.communicate(timeout=240)[0] for process in processes]

    assert [process.returncode for process in processes] == [0, 0, 0], outputs
    assert sorted(to[0] for to, _subject, _text in slow.mails) == sorted(
        f"somying{number}@example.com" for number in range(20)
    )
    assert sum("ran" in output for output in outputs) == 1


def test_loop_of_periodic_jobs_runs_until_it_is_told_to_stop(office: OfficeProcess):
    loop = office.start("run_due_jobs", "--forever")
    names = (
        "from cms.schedule.models import PeriodicRun;"
        "print(*PeriodicRun.objects.filter(last_finished_at__isnull=False))"
    )
    try:
        deadline = time.monotonic() + 90
        while "mail_sweeper" not in office.python(names):
            assert time.monotonic() < deadline
            time.sleep(1)
    finally:
        loop.terminate()
        loop.communicate(timeout=60)

    assert loop.returncode == 0
