"""`kill -9` at any moment of signing, publishing and withdrawing leaves no half state."""

import json

import pytest

from cms.publication.verify import verify_publications
from tests.crash.driver import ACTS
from tests.crash.running import run_driver
from tests.office import Office

# Where, in the statements of each act, the process dies. An act takes 60 to 150 of them, and
# the last numbers are never reached where it takes fewer: then it ends by itself.
POINTS = {
    "reporter": range(3, 70, 6),
    "approver": range(2, 70, 6),
    "publisher": range(1, 160, 6),
    "torn file": range(1, 4),
    "withdrawal": range(1, 60, 5),
}
KILLED = -9


@pytest.fixture
def kills(ruined_database: str) -> list[dict]:
    """What was seen after each kill."""
    points = [(act, number) for act in ACTS for number in POINTS[act]]
    return run_driver("driver", json.dumps(points), ruined_database)


def test_the_office_that_is_copied_holds(open_office: Office):
    assert sum(1 for _record in verify_publications())


def test_a_killed_process_leaves_no_half_state(kills: list[dict]):
    killed = [kill for kill in kills if kill["ended"] == KILLED]

    assert len(killed) >= 50
    assert {kill["act"] for kill in killed} == set(ACTS)
    for kill in kills:
        assert kill["ended"] in (KILLED, 0), kill
        for seen in (kill["seen"], kill["finished"]):
            assert "problem" not in seen, kill
            # A step is approved where it is signed, and an item is public where all signed.
            assert seen["approved"] == seen["standing"], kill
            assert seen["live"] == bool(seen["publications"]), kill
        # Whoever was interrupted can do it again, once.
        assert kill["again"] == 0, kill
        assert kill["finished"] == EXPECTED[kill["act"]] | {
            "checked": kill["finished"]["checked"],
        }, kill


EXPECTED = {
    "reporter": {
        "signatures": 1,
        "standing": 1,
        "approved": 1,
        "run": "in_progress",
        "publications": 0,
        "public": 0,
        "live": False,
    },
    "approver": {
        "signatures": 2,
        "standing": 2,
        "approved": 2,
        "run": "in_progress",
        "publications": 0,
        "public": 0,
        "live": False,
    },
    "publisher": {
        "signatures": 3,
        "standing": 3,
        "approved": 3,
        "run": "approved",
        "publications": 1,
        "public": 1,
        "live": True,
    },
    "withdrawal": {
        "signatures": 5,
        "standing": 3,
        "approved": 3,
        "run": "approved",
        "publications": 2,
        "public": 0,
        "live": True,
    },
}
EXPECTED["torn file"] = EXPECTED["publisher"]
