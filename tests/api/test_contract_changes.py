"""The contract may grow; what would break a front end is refused until somebody gives a reason."""

import pytest
from django.core.management import CommandError, call_command
from graphql import build_schema

from content_api import contract

RELEASED = "type Query { news: String, pages(first: Int): String } enum Kind { A B }"
FEWER = "type Query { pages(first: Int): String } enum Kind { A B }"


@pytest.fixture
def changes(tmp_path, monkeypatch):
    """Another list of recorded changes."""
    path = tmp_path / "changes.toml"
    monkeypatch.setattr(contract, "CHANGES", path)
    return path


def test_the_contract_as_it_is_breaks_nothing():
    call_command("release_schema", check=True)


def test_removed_field_is_refused():
    assert contract.unrecorded(RELEASED, FEWER, {}) == ["Query.news was removed."]


@pytest.mark.parametrize(
    "change",
    [
        "type Query { news: Int, pages(first: Int): String } enum Kind { A B }",
        "type Query { news: String, pages(first: Int!): String } enum Kind { A B }",
        "type Query { news: String, pages: String } enum Kind { A B }",
        "type Query { news: String, pages(first: Int): String } enum Kind { A }",
        "type Query { news(x: Int!): String, pages(first: Int): String } enum Kind { A B }",
    ],
    ids=["type", "argument required", "argument gone", "enum value gone", "new argument required"],
)
def test_other_breaking_changes_are_refused(change: str):
    assert contract.unrecorded(RELEASED, change, {})


def test_new_field_breaks_nothing():
    more = "type Query { news: String, pages(first: Int): String, x: Int } enum Kind { A B C }"

    assert contract.unrecorded(RELEASED, more, {}) == []


def test_recorded_change_is_let_through(changes):
    changes.write_text(
        '[[change]]\nwhat = "Query.news was removed."\ndate = 2027-01-31\nreason = "Use pages."\n'
    )

    assert contract.unrecorded(RELEASED, FEWER, contract.recorded()) == []


@pytest.mark.parametrize(
    "entry", ["date = 2027-01-31", 'reason = "x"', 'date = "soon"\nreason = "x"']
)
def test_change_is_recorded_with_date_and_reason(changes, entry: str):
    changes.write_text(f'[[change]]\nwhat = "x"\n{entry}\n')

    with pytest.raises(CommandError, match="date and a reason"):
        call_command("release_schema", check=True)


@pytest.mark.parametrize(
    ("reason", "is_right"),
    [
        ("2027-01-31: use pages instead.", True),
        ("use pages instead.", False),
        ("2027-02-31: use pages instead.", False),
        ("2027-01-31:", False),
    ],
)
def test_deprecation_has_a_day_and_a_reason(reason: str, is_right: bool):
    schema = build_schema(f'type Query {{ x: Int, news: String @deprecated(reason: "{reason}") }}')

    assert contract.undated_deprecations(schema) == ([] if is_right else ["Query.news"])
