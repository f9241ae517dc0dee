"""An append-only chain of records: each carries the keyed hash of itself and of its predecessor."""

import hashlib
import hmac
from collections.abc import Iterator
from typing import Any, Self

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from cms.signoff.keys import signature_key
from cms.snapshot.fields import plain
from cms.snapshot.snapshot import canonical_json

FIRST_PREVIOUS_HASH = "0" * 64
_LOCK_ID = 7_245_001  # any number that nothing else in the database uses


class ChainBroken(Exception):
    """A record of the chain is not what was appended, or is missing."""


class ChainedRecord(models.Model):
    """A row that is appended once and never changed; database triggers refuse the rest.

    `sealed_fields` names the columns that the hash covers. `later_sealed_fields` names those
    that were added when rows existed: they are covered wherever they are not empty, so that
    older rows keep their hash, and filling or emptying one is noticed all the same.
    """

    sequence = models.PositiveBigIntegerField(_("sequence number"), unique=True, editable=False)
    previous_hash = models.CharField(max_length=64, editable=False)
    own_hash = models.CharField(max_length=64, unique=True, editable=False)

    sealed_fields: tuple[str, ...] = ()
    later_sealed_fields: tuple[str, ...] = ()

    class Meta:
        abstract = True

    @classmethod
    @transaction.atomic
    def append(cls, **values: Any) -> Self:
        """Adds a record at the end of the chain; concurrent writers wait for each other."""
        lock_chains()
        last = cls._default_manager.order_by("-sequence").first()
        record = cls(**values)
        record.sequence = last.sequence + 1 if last else 1
        record.previous_hash = last.own_hash if last else FIRST_PREVIOUS_HASH
        record.own_hash = record.expected_hash()
        record.save(force_insert=True)
        return record

    def expected_hash(self) -> str:
        """The HMAC-SHA-256 of the sealed columns, the sequence number and the previous hash."""
        message = canonical_json([self.sequence, self.previous_hash, self.sealed_values()])
        return hmac.new(signature_key(), message.encode(), hashlib.sha256).hexdigest()

    def sealed_values(self) -> dict[str, Any]:
        """The columns that the hash covers, as it covers them."""
        sealed = {name: plain(getattr(self, name)) for name in self.sealed_fields}
        for name in self.later_sealed_fields:
            if (value := getattr(self, name)) not in (None, "", 0):
                sealed[name] = plain(value)
        return sealed

    @classmethod
    def verified(cls) -> Iterator[Self]:
        """Yields every record in order, each after it was checked.

        Raises `ChainBroken` at the first that is changed, missing or out of order.
        """
        previous_hash = FIRST_PREVIOUS_HASH
        records = cls._default_manager.order_by("sequence").iterator(chunk_size=500)
        for sequence, record in enumerate(records, start=1):
            name = f"{cls.__name__} {record.sequence}"
            if record.sequence != sequence:
                raise ChainBroken(f"{cls.__name__} {sequence} is missing")
            if record.previous_hash != previous_hash:
                raise ChainBroken(f"{name} does not follow its predecessor")
            if not hmac.compare_digest(record.own_hash, record.expected_hash()):
                raise ChainBroken(f"{name} was changed")
            previous_hash = record.own_hash
            yield record


def lock_chains() -> None:
    """Waits until nobody else appends; for the rest of the transaction.

    An act that locks rows which publishing changes takes this lock first, as publishing does:
    otherwise each of the two could wait for the other.
    """
    # SQLite's IMMEDIATE transactions are already one at a time.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK_ID])
