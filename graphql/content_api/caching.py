"""Ready answers, kept in this process for as long as nothing public has changed.

An answer is found by the raw request, so that a hit parses nothing, and holds while the content
version in the database is the one that was read before it was made (docs/decisions/0026).
Nothing is kept of requests with a key in a header, of previews, of errors.
"""

import datetime
from collections.abc import Hashable
from threading import Lock
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from cms.publication.content_version import content_version
from cms.publication.horizon import Horizon, horizon

_OVERHEAD = 1000  # bytes of an entry besides its body, about
_PART = 8  # no answer takes more of the memory than one part in so many


class Kept(NamedTuple):
    """A ready answer, what it was made under, and from when until when it holds."""

    value: Any
    size: int
    version: str
    since: datetime.datetime
    horizon: Horizon


class Look(NamedTuple):
    """A question that may be answered from memory; `kept` where it is.

    Without a key, or without a version, nothing is kept under it.
    """

    key: Hashable
    now: datetime.datetime
    version: str | None = None
    kept: Kept | None = None


class Memory:
    """Answers by their questions, the oldest forgotten first."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, Kept] = {}
        self._size = 0
        self._lock = Lock()
        self._horizon: tuple[str, datetime.datetime, Horizon] | None = None

    def look_up(self, key: Hashable) -> Look:
        """One query, for the content version; none where nothing is kept at all."""
        now = timezone.now()
        if key is None or not settings.RESPONSE_CACHE_MB:
            return Look(key, now)
        try:
            version = content_version()
        except DatabaseError:  # whoever makes the answer will say so
            return Look(key, now)
        kept = self._answers.get(key)
        if kept and kept.version == version and kept.since <= now < kept.horizon.changes_at:
            return Look(key, now, version, kept)
        return Look(key, now, version)

    def keep(self, look: Look, value: Any, size: int) -> None:
        """Keeps what was made after `look`."""
        limit = settings.RESPONSE_CACHE_MB * 1_000_000
        if look.key is None or look.version is None or size > limit // _PART:
            return
        kept = Kept(value, size + _OVERHEAD, look.version, look.now, self.horizon(look))
        with self._lock:
            self._forget(look.key)
            self._answers[look.key] = kept
            self._size += kept.size
            while self._size > limit:
                self._forget(next(iter(self._answers)))

    def horizon(self, look: Look) -> Horizon:
        """Until when an answer of this moment holds. One query for each version and span."""
        known = self._horizon
        if known and known[0] == look.version and known[1] <= look.now < known[2].changes_at:
            return known[2]
        found = horizon(look.now)
        if look.version:
            self._horizon = (look.version, look.now, found)
        return found

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._answers.clear()
            self._size = 0

    def _forget(self, key: Hashable) -> None:
        if kept := self._answers.pop(key, None):
            self._size -= kept.size


memory = Memory()
