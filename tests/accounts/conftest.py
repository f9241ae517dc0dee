"""A clock that tests move, people to sign in, and browsers at addresses of their own."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from cms.accounts.models import SignInPolicy, User
from cms.accounts.second_factor import new_secret, set_up
from tests.accounts.totp import totp
from tests.office import PASSWORD, Office


class Clock:
    """Django's `timezone.now`, which stands still until it is moved."""

    def __init__(self) -> None:
        self.now = timezone.now().replace(microsecond=0)

    def forward(self, **duration: float) -> None:
        self.now += datetime.timedelta(**duration)

    @property
    def seconds(self) -> float:
        return self.now.timestamp()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(timezone, "now", lambda: found.now)
    return found


@pytest.fixture
def person(open_office: Office) -> User:
    return open_office.reporter.user


@pytest.fixture
def secret(person: User, clock: Clock) -> str:
    """The person's telephone, set up some minutes ago."""
    found = new_secret()
    assert set_up(person, found, totp(found, clock.seconds))
    clock.forward(minutes=5)
    return found


def browser_at(address: str = "203.0.113.5") -> Client:
    return Client(REMOTE_ADDR=address, HTTP_USER_AGENT="Mozilla/5.0 (Test)")


def sign_in(client: Client, username: str, password: str = PASSWORD) -> object:
    return client.post("/admin/login/", {"username": username, "password": password})


def is_signed_in(client: Client) -> bool:
    return client.get("/admin/account/").status_code == 200


def require_second_factor(user: User, hours: int = 8) -> SignInPolicy:
    return SignInPolicy.objects.create(
        group=user.groups.first(), requires_second_factor=True, session_hours=hours
    )
