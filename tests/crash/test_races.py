"""Two processes at one moment: one wins, the record holds, and nothing is signed twice."""

import json

import pytest

from tests.crash.running import run_driver

pytestmark = pytest.mark.django_db  # or the database to copy is not made
ROUNDS = 4
NAMES = (
    "two publishers",
    "one token twice",
    "approver twice",
    "publisher and editor",
    "publisher and return",
    "two withdrawals",
    "withdrawal and new version",
    "two submissions",
)


@pytest.fixture(scope="module")
def outcomes(ruined_database: str) -> dict[str, list[dict]]:
    """What came of each race, in each round."""
    seen = run_driver("race_driver", json.dumps([*NAMES] * ROUNDS), ruined_database)
    return {name: [one for one in seen if one["race"] == name] for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_both_ended_and_the_record_holds(outcomes: dict, name: str):
    assert len(outcomes[name]) == ROUNDS
    for outcome in outcomes[name]:
        assert set(outcome["ends"]) <= {0, 3}, outcome
        assert outcome["seen"], outcome


@pytest.mark.parametrize("name", ["two publishers", "one token twice", "publisher and return"])
def test_one_signature_counts_for_one_step(outcomes: dict, name: str):
    for outcome in outcomes[name]:
        assert sorted(outcome["ends"]) == [0, 3], outcome
        assert outcome["seen"]["signatures"] == 1, outcome
        assert len(outcome["seen"]["kinds"]) <= 1, outcome


def test_an_approver_who_presses_twice_signs_once(outcomes: dict):
    for outcome in outcomes["approver twice"]:
        assert sorted(outcome["ends"]) == [0, 3], outcome
        assert outcome["seen"]["signatures"] == 1
        assert outcome["seen"]["kinds"] == []


def test_what_is_saved_at_the_last_signature_is_not_published(outcomes: dict):
    for outcome in outcomes["publisher and editor"]:
        assert "ถ้อยคำที่ไม่มีใครลงนาม" not in outcome["seen"]["titles"], outcome


def test_an_item_is_withdrawn_once(outcomes: dict):
    for outcome in outcomes["two withdrawals"]:
        assert sorted(outcome["ends"]) == [0, 3], outcome
        assert outcome["seen"]["kinds"] == ["publication", "withdrawal"]
        assert outcome["seen"]["public"] == 0


def test_a_withdrawal_never_takes_a_version_that_it_was_not_signed_for(outcomes: dict):
    for outcome in outcomes["withdrawal and new version"]:
        assert outcome["seen"]["kinds"] in (
            ["publication", "publication"],
            ["publication", "withdrawal", "publication"],
        ), outcome
        assert outcome["seen"]["public"] == 1, outcome


def test_an_item_has_one_open_run(outcomes: dict):
    for outcome in outcomes["two submissions"]:
        assert outcome["seen"]["open_runs"] == 1, outcome
