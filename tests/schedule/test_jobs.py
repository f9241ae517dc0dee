"""Periodic jobs: due at their time, run by one process, again after a failure or a kill."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail import hooks

from cms.schedule import jobs
from cms.schedule.jobs import PeriodicJob, run_if_due
from cms.schedule.models import PeriodicRun

BANGKOK = timezone.get_default_timezone()
MORNING = datetime.datetime(2026, 11, 24, 8, 0, tzinfo=BANGKOK)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable:
    """Sets the clock: so many minutes after 8 o'clock of a working day."""

    def go(minutes: float = 0) -> None:
        moment = MORNING + datetime.timedelta(minutes=minutes)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    go()
    return go


@contextmanager
def only(*registered: PeriodicJob) -> Iterator[None]:
    with hooks.register_temporarily("register_periodic_jobs", lambda: list(registered)):
        yield


def every_ten(run: Callable) -> PeriodicJob:
    return PeriodicJob("test", run, every=datetime.timedelta(minutes=10))


def daily(run: Callable) -> PeriodicJob:
    return PeriodicJob("test", run, daily_at=datetime.time(8, 30))


def test_job_runs_at_once_and_then_at_its_pace(db: Any, at: Callable):
    ran: list[int] = []
    job = every_ten(lambda: ran.append(1))

    done = [run_if_due(job)]
    at(9)
    done.append(run_if_due(job))
    at(10)
    done.append(run_if_due(job))

    assert (done, len(ran)) == ([True, False, True], 2)


def test_daily_job_waits_for_its_time_and_runs_once_a_day(db: Any, at: Callable):
    job = daily(lambda: None)
    done = []
    for minutes in (0, 29, 31, 40, 24 * 60 + 29, 24 * 60 + 31):
        at(minutes)
        done.append(run_if_due(job))

    assert done == [False, False, True, False, False, True]


def test_daily_job_that_was_missed_is_made_up_for_once(db: Any, at: Callable):
    job = daily(lambda: None)
    run_if_due(job)
    at(5 * 24 * 60)

    assert [run_if_due(job), run_if_due(job)] == [True, False]


def test_job_that_fails_is_noted_and_tried_again_soon(db: Any, at: Callable, caplog: Any):
    def fail() -> None:
        raise RuntimeError

    at(31)
    PeriodicRun.objects.create(name="test")
    PeriodicRun.objects.update(known_since=MORNING)
    job = daily(fail)
    done = []
    for minutes in (31, 40, 47):
        at(minutes)
        done.append(run_if_due(job))

    assert done == [True, False, True]
    assert PeriodicRun.objects.get().last_error == "RuntimeError"
    assert "test" in caplog.text


def test_failing_job_keeps_no_other_from_running(db: Any, at: Callable, capsys: Any):
    def fail() -> None:
        raise RuntimeError

    ran: list[int] = []
    second = PeriodicJob("second", lambda: ran.append(1), every=datetime.timedelta(minutes=1))
    with only(every_ten(fail), second):
        PeriodicRun.objects.exclude(name__in=["test", "second"]).delete()
        for job in jobs.due_jobs():
            if job.name in ("test", "second"):
                run_if_due(job)

    assert ran == [1]


def test_job_that_runs_elsewhere_is_left_to_it(db: Any, at: Callable):
    job = every_ten(lambda: None)
    run_if_due(job)
    at(20)
    PeriodicRun.objects.update(alive_at=timezone.now())

    assert not run_if_due(job)


def test_job_of_a_killed_process_is_run_again(db: Any, at: Callable):
    job = every_ten(lambda: None)
    run_if_due(job)
    PeriodicRun.objects.update(alive_at=timezone.now(), last_finished_at=None)
    at(16)

    assert run_if_due(job)
    assert PeriodicRun.objects.get().has_succeeded


def test_process_that_saw_an_older_state_does_not_get_the_job(db: Any, at: Callable):
    row = PeriodicRun.objects.create(name="test")
    run_if_due(every_ten(lambda: None))

    assert not jobs._claim(row, timezone.now())


def test_command_names_what_it_ran(db: Any, capsys: Any):
    with only(every_ten(lambda: None)):
        call_command("run_due_jobs")
        first = capsys.readouterr().out.split()
        call_command("run_due_jobs")
        second = capsys.readouterr().out.split()

    assert "test" in first
    assert "test" not in second


def test_two_jobs_of_one_name_are_refused():
    with only(every_ten(lambda: None), every_ten(lambda: None)), pytest.raises(ValueError):
        jobs.periodic_jobs()


def test_job_has_one_rhythm():
    with pytest.raises(ValueError):
        PeriodicJob("test", lambda: None)
