"""How far a run is, told while its transaction is open: beside the database, in a shared cache.

On SQLite nobody else can write while the drafts are written, and what the transaction itself
writes is seen by nobody before its end.
"""

import time
from dataclasses import dataclass

from django.core.cache import caches

_SECONDS_BETWEEN = 0.5
_KEPT_SECONDS = 60 * 60
_ALIVE_SECONDS = 120.0


@dataclass(frozen=True)
class Progress:
    """`done` of `total` rows; `total` is 0 while it is not known."""

    done: int = 0
    total: int = 0
    told_at: float = 0.0

    @property
    def is_alive(self) -> bool:
        """Whether the worker gave a sign of life lately."""
        return time.time() - self.told_at < _ALIVE_SECONDS


class Teller:
    """Tells of one run, at most twice a second."""

    def __init__(self, storage_name: str) -> None:
        self._key, self._last = _key(storage_name), 0.0

    def __call__(self, done: int, total: int = 0) -> None:
        now = time.monotonic()
        if now - self._last >= _SECONDS_BETWEEN:
            self._last = now
            told = (done, total, time.time())
            caches["shared"].set(self._key, told, _KEPT_SECONDS)


def progress_of(storage_name: str) -> Progress:
    """The latest word of a run; zeros where there is none."""
    told = caches["shared"].get(_key(storage_name)) if storage_name else None
    return Progress(*told) if told else Progress()


def _key(storage_name: str) -> str:
    return f"import-progress-{storage_name}"
