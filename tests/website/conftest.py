"""A clean slate for the limits of what one reader may send."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_earlier_acts() -> None:
    """The limits count in the cache, which outlives a test."""
    cache.clear()
