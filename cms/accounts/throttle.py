"""Slows down whoever guesses: growing delays, counted in the database that all processes share.

Three counts for each attempt: of the account from this address (strict), of the account from
anywhere and of the address at any account (both soft). A stranger can therefore make somebody
wait a quarter of an hour at most, and nobody who signed in from where they sit within a month.
"""

import datetime
import unicodedata
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models.functions import Cast, Greatest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.accounts.client import present_client
from cms.accounts.events import tell

FORGET_AFTER = datetime.timedelta(hours=24)  # without a failure, counting begins anew
_TURNS = 10  # as often is begun anew where others count at the same moment
KNOWN_FOR = datetime.timedelta(days=30)  # an address from which the person came in


class Limit(NamedTuple):
    """After `free` failures each further one costs twice the delay of the one before."""

    free: int
    first: datetime.timedelta
    longest: datetime.timedelta

    def delay(self, failures: int) -> datetime.timedelta:
        """How long to wait after so many failures."""
        if failures < self.free:
            return datetime.timedelta(0)
        doublings = min(failures - self.free, 16)
        return min(self.first * 2**doublings, self.longest)


_HALF_MINUTE = datetime.timedelta(seconds=30)
PAIR = Limit(5, _HALF_MINUTE, datetime.timedelta(hours=1))
ACCOUNT = Limit(20, _HALF_MINUTE, datetime.timedelta(minutes=15))
ADDRESS = Limit(100, _HALF_MINUTE, datetime.timedelta(minutes=15))


class Purpose(models.TextChoices):
    """What is guessed. A password is the same one at the door and in the signing dialog."""

    PASSWORD = "password", gettext_lazy("password")
    CODE = "code", gettext_lazy("code of the second factor")
    PAGE = "page", gettext_lazy("password of a private page")


class TooManyAttempts(ValidationError):
    """Nothing is checked before a moment, which its text tells the person: in a form, by itself."""

    def __init__(self, until: datetime.datetime) -> None:
        self.until = until
        # Up to the next full minute: what is promised must hold.
        shown = timezone.localtime(until + datetime.timedelta(seconds=59))
        text = _("Too many wrong attempts. You can try again at %(time)s.")
        super().__init__(text % {"time": shown.strftime("%H:%M")}, code="too_many_attempts")


class Attempts(models.Model):
    """Failed attempts of one kind: at an account, from an address, or both.

    Account and address are keyed hashes: what was typed as a user name may be a password.
    """

    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    account = models.CharField(max_length=32, blank=True)  # empty: any
    address = models.CharField(max_length=32, blank=True)  # empty: any
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "account", "address"], name="one_count_of_attempts"
            )
        ]
        indexes = [models.Index(fields=["failed_at"])]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.purpose}: {self.failures}"

    @property
    def limit(self) -> Limit:
        """Which limit this count has."""
        if not self.address:
            return ACCOUNT
        return PAIR if self.account else ADDRESS

    def is_known(self, now: datetime.datetime) -> bool:
        """Whether the person came in from this very address not long ago."""
        return bool(self.succeeded_at and self.succeeded_at > now - KNOWN_FOR)

    def failures_at(self, now: datetime.datetime) -> int:
        """How many failures count."""
        is_forgotten = self.failed_at is None or self.failed_at < now - FORGET_AFTER
        return 0 if is_forgotten else self.failures

    def blocked_until(self, now: datetime.datetime) -> datetime.datetime | None:
        """Until when one must wait; None where one need not."""
        delay = self.limit.delay(self.failures_at(now))
        until = self.failed_at + delay if self.failed_at and delay else None
        return until if until and until > now else None


class Trial:
    """One attempt. It counts as failed from its beginning, so that many at once count as many."""

    def __init__(self, purpose: str, username: str) -> None:
        """Begins an attempt; raises `TooManyAttempts` while one must wait.

        To be called outside of a transaction that may be rolled back: the count would be too.
        """
        self.purpose, self.username = purpose, username
        self.now = timezone.now()
        for _turn in range(_TURNS):
            self.rows = _rows(purpose, _keys(username))
            if until := _blocked_until(self.rows, self.now):
                raise TooManyAttempts(until)
            if self._counts():
                return
        raise TooManyAttempts(self.now + _HALF_MINUTE)

    def _counts(self) -> bool:
        """Counts a failure unless somebody else counted one since the rows were read.

        One statement and no lock: whoever comes second finds other numbers, and reads again.
        """
        unchanged, failures = models.Q(), []
        for row in self.rows:
            unchanged |= models.Q(pk=row.pk, failures=row.failures)
            value = models.Value(row.failures_at(self.now) + 1)
            failures.append(models.When(pk=row.pk, then=value))
        counted = Attempts.objects.filter(unchanged).update(
            failures=_one_of(failures, "failures"), failed_at=self.now
        )
        # Fewer: the rows that were counted stay so, as a failure too many does no harm.
        return counted == len(self.rows)

    def succeeded(self) -> None:
        """Takes back the count; the account's from this address begins anew."""
        failures, failed_at = [], []
        for row in self.rows:
            is_row = models.Q(pk=row.pk)
            one_less = Greatest(models.F("failures") - 1, 0)
            failures.append(models.When(is_row, then=0 if row.limit is PAIR else one_less))
            failed_at.append(models.When(is_row, then=models.Value(row.failed_at)))
        Attempts.objects.filter(pk__in=[row.pk for row in self.rows]).update(
            failures=_one_of(failures, "failures"),
            failed_at=_one_of(failed_at, "failed_at"),
            succeeded_at=timezone.now(),
        )

    def failed(self, user: Any = None) -> None:
        """Leaves the count as it is, and tells the log where waiting begins."""
        if any(row.limit.delay(row.failures_at(self.now) + 1) for row in self.rows):
            tell("locked_out", user=user, subject=self.username, detail=str(self.purpose))


def blocked_until(purpose: str, username: str) -> datetime.datetime | None:
    """Until when no attempt at this account from the present address is taken; None: now."""
    return _blocked_until(_existing(purpose, _keys(username)), timezone.now())


def unblock(username: str) -> None:
    """Forgets every failure at an account, wherever it came from."""
    Attempts.objects.filter(account=_hash("account", username)).update(failures=0)


def is_blocked(username: str) -> bool:
    """Whether somebody must wait at this account, at any address."""
    now = timezone.now()
    rows = Attempts.objects.filter(account=_hash("account", username), failures__gt=0)
    return any(row.blocked_until(now) for row in rows)


def forget_old_attempts() -> None:
    """Deletes counts that no longer count; for a job that runs now and then."""
    now = timezone.now()
    Attempts.objects.filter(failed_at__lt=now - FORGET_AFTER).exclude(
        succeeded_at__gt=now - KNOWN_FOR
    ).delete()


def _keys(username: str) -> list[tuple[str, str]]:
    """Account and address of each count; without a request there is the account's only."""
    account = _hash("account", username)
    client = present_client()
    if not client:
        return [(account, "")]
    address = _hash("address", client)
    return [(account, address), (account, ""), ("", address)]


def _hash(kind: str, value: str) -> str:
    folded = unicodedata.normalize("NFKC", value).strip().casefold()
    return salted_hmac(f"cms.accounts.throttle.{kind}", folded, algorithm="sha256").hexdigest()[:32]


def _one_of(cases: list[models.When], name: str) -> Any:
    """Another value for each row, in one statement."""
    field: Any = Attempts._meta.get_field(name)
    chosen: Any = models.Case(*cases, output_field=field)
    # PostgreSQL does not see of which type a CASE without a value is.
    return Cast(chosen, field) if connection.features.requires_casted_case_in_updates else chosen


def _existing(purpose: str, keys: list[tuple[str, str]]) -> list[Attempts]:
    wanted = models.Q()
    for account, address in keys:
        wanted |= models.Q(account=account, address=address)
    return list(Attempts.objects.filter(wanted, purpose=purpose))


def _rows(purpose: str, keys: list[tuple[str, str]]) -> list[Attempts]:
    """The counts of these keys, made where they lack."""
    rows = _existing(purpose, keys)
    if len(rows) < len(keys):
        missing = set(keys) - {(row.account, row.address) for row in rows}
        Attempts.objects.bulk_create(
            [Attempts(purpose=purpose, account=a, address=b) for a, b in sorted(missing)],
            ignore_conflicts=True,
        )
        rows = _existing(purpose, keys)
    return rows


def _blocked_until(rows: list[Attempts], now: datetime.datetime) -> datetime.datetime | None:
    # Only what was typed here counts for somebody who is known here.
    is_known = any(row.limit is PAIR and row.is_known(now) for row in rows)
    found = [row.blocked_until(now) for row in rows if row.limit is PAIR or not is_known]
    return max((until for until in found if until), default=None)
