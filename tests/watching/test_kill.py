"""`kill -9` at any moment of a job: run again, everybody was told everything, and nothing twice."""

import json

import pytest

from tests.crash.running import run_driver

pytestmark = pytest.mark.django_db  # or no test database would be there to copy

KILLED = -9
# Where, in the statements of each job, the process dies; 0: it lives, and says what is right.
POINTS = {
    "reminders": [0, *range(3, 30, 5)],
    "summary": [0, *range(10, 60, 10)],
    "division reports": [0, *range(2, 14, 3)],
    "files": [0, *range(2, 40, 8)],
    "drift": [0, *range(4, 60, 12)],
    "coverage": [0, 3, 5, 8, 11],
}


@pytest.fixture(scope="module")
def runs(ruined_database: str) -> list[dict]:
    """What was seen after each kill."""
    points = [(job, number) for job, numbers in POINTS.items() for number in numbers]
    return run_driver("kill_driver", json.dumps(points), ruined_database, package="tests.watching")


def test_jobs_that_live_tell_what_there_is(runs: list[dict]):
    for run in runs:
        if run["statement"] == 0:
            assert run["ended"] == 0, run
            assert run["seen"]["mails"] or run["seen"]["recorded"], run


@pytest.mark.parametrize("job", POINTS)
def test_killed_job_that_runs_again_tells_everything_once(runs: list[dict], job: str):
    right = next(run for run in runs if run["job"] == job and run["statement"] == 0)
    killed = [run for run in runs if run["job"] == job and run["ended"] == KILLED]

    assert len(killed) >= 4
    for run in killed:
        assert run["again"] == [0, 0], run
        if job in ("files", "drift"):  # what was found before the kill may be told by itself
            assert run["seen"]["findings"] == right["seen"]["findings"], run
            assert set(run["seen"]["mails"]) == set(right["seen"]["mails"]), run
        else:
            assert run["seen"]["mails"] == right["seen"]["mails"], run
        for what in ("named", "recorded"):
            assert run["seen"][what] == right["seen"][what], run
