"""The small office of `world.py`."""

import pytest
from django.core.cache import cache

from tests.office import Office
from tests.transparency.world import World


@pytest.fixture(autouse=True)
def nobody_wrote_before() -> None:
    """The desks count how much one address sends."""
    cache.clear()


@pytest.fixture
def world(open_office: Office, monkeypatch) -> World:
    """On its first day, with nothing in it yet."""
    return World(open_office, monkeypatch)
