"""A mail server, a person with an address, and three kinds of mail."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone
from wagtail import hooks

from cms.mail.kinds import MailKind
from tests.mail.mailbox import Mailbox, mail_server
from tests.office import Office


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """A mail server on this machine."""
    with mail_server(settings) as box:
        yield box


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    kinds = [
        MailKind("news", "News"),
        MailKind("duty", "Duty", is_optional=False),
        MailKind("citizen", "To citizens", is_for_staff=False, is_confidential=True),
    ]
    with hooks.register_temporarily("register_mail_kinds", lambda: kinds):
        yield


@pytest.fixture
def somchai(open_office: Office) -> Any:
    """A reporter with an address."""
    user = open_office.reporter.user
    user.email = "somchai@office.example"
    user.save()
    return user


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Callable:
    """Lets time pass: `travel(hours=5)` from now on."""

    def go(**delta: float) -> None:
        moment = timezone.now() + datetime.timedelta(**delta)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return go
