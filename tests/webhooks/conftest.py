"""A front end that listens, and time that passes."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from tests.webhooks.receiving import Receiver, receiving


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """A server on this machine, to which webhooks may go although it is private."""
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    with receiving() as found:
        yield found


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Callable:
    """Lets time pass: `travel(hours=5)` from now on."""

    def go(**delta: float) -> None:
        moment = timezone.now() + datetime.timedelta(**delta)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return go
