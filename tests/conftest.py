"""Fixtures that every test may use: the accounts of an office and its public front page."""

import pytest

from tests.office import Office


@pytest.fixture
def office(db) -> Office:
    """Accounts for every role, with both front pages as drafts."""
    return Office()


@pytest.fixture
def open_office(office: Office) -> Office:
    """The same, with the Thai and the English front page and a news section published."""
    office.open()
    return office
