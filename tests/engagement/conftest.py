"""Forms in public, and a clean slate for the limits."""

import datetime
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.engagement.standing import Form
from tests.office import Office


@pytest.fixture(autouse=True)
def _no_earlier_acts() -> None:
    """The limits count in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def question_form(open_office: Office) -> Form:
    """The office's question desk."""
    return Form("question")


@pytest.fixture
def corruption_form(open_office: Office) -> Form:
    """The office's desk for reports of corruption."""
    return Form("corruption")


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Callable:
    """Lets time pass: `travel(seconds=5)`."""
    start = timezone.now()
    return lambda seconds: monkeypatch.setattr(
        timezone, "now", lambda: start + datetime.timedelta(seconds=seconds)
    )
