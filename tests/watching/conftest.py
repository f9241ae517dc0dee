"""An office whose people have addresses, a mail server, a web site, and time that passes."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cms.mail import sending
from cms.mail.models import OutgoingMail
from cms.signoff.roles import GROUP_NAMES
from cms.watching.division_reports import LINKS_KIND
from cms.watching.findings import ALARM_KIND
from cms.watching.reminders import ESCALATION_KIND, REMINDER_KIND
from cms.watching.summary import SUMMARY_KIND
from tests.crash.conftest import ruined_database  # noqa: F401 (a fixture)
from tests.mail.conftest import travel  # noqa: F401 (a fixture)
from tests.mail.mailbox import Mailbox, mail_server
from tests.office import Office
from tests.oversight.conftest import site  # noqa: F401 (a fixture)

KINDS = (ALARM_KIND, LINKS_KIND, REMINDER_KIND, ESCALATION_KIND, SUMMARY_KIND)


def give_address(clerk: Any) -> str:
    """Gives an account an address, and returns it."""
    clerk.user.email = f"{clerk.user.username}@office.example"
    clerk.user.save()
    return clerk.user.email


@pytest.fixture
def mailed_office(open_office: Office) -> Office:
    """The office, where everybody can be reached."""
    for role in GROUP_NAMES:
        give_address(getattr(open_office, role))
    return open_office


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """A mail server on this machine."""
    with mail_server(settings) as box:
        yield box


@pytest.fixture
def received(mailbox: Mailbox) -> Callable[[str], list[tuple[str, str]]]:
    """Sends what watching wrote; then what somebody got: `received("administrator")`."""

    def fetch(username: str) -> list[tuple[str, str]]:
        OutgoingMail.objects.exclude(kind__in=KINDS).delete()
        sending.send_due.call()
        return mailbox.to(f"{username}@office.example")

    return fetch
