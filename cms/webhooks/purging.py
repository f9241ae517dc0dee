"""Empties the caches in front of the site, through Wagtail's frontend-cache backends."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from wagtail import hooks
from wagtail.contrib.frontend_cache.utils import get_backends

from cms.publication.public_changes import PublicChange

# Wagtail's backends tell only this log of what failed.
_LOG = logging.getLogger("wagtail.frontendcache")


class PurgeFailed(Exception):
    """A cache was not emptied; the text says which and why."""


def addresses_of(changes: list[PublicChange]) -> list[str]:
    """The whole addresses that show something else than before, for caches that know no tags.

    Each at the origins of the sites that it concerns. Apps name theirs (feeds, stored operations)
    through the hook `find_changed_addresses`, which is called with the changes of one site and
    returns paths below its origin.
    """
    found: list[str] = []
    for origin in dict.fromkeys(origin for change in changes for origin in change.origins):
        own = [change for change in changes if origin in change.origins]
        paths = [path for change in own for path in change.paths]
        paths += [path for hook in hooks.get_hooks("find_changed_addresses") for path in hook(own)]
        found += [f"{origin}{path}" for path in dict.fromkeys(paths)]
    return found


def purge(tags: list[str], addresses: list[str]) -> None:
    """Empties every configured cache: by tags where it can, else by addresses.

    Raises `PurgeFailed` where one failed; the others were emptied all the same.
    """
    problems = []
    for name, backend in get_backends().items():
        try:
            with _failures() as told:
                _purge(backend, tags, addresses)
        except Exception as error:  # noqa: BLE001  # the other caches must be emptied too
            told = [f"{type(error).__name__}: {error}"]
        problems += [f"{name}: {problem}" for problem in told[:1]]
    if problems:
        raise PurgeFailed("; ".join(problems))


def _purge(backend: Any, tags: list[str], addresses: list[str]) -> None:
    if hasattr(backend, "purge_tags"):
        backend.purge_tags(tags)
        return
    named = [one for one in addresses if backend.invalidates_hostname(urlsplit(one).hostname)]
    if named:
        backend.purge_batch(named)


@contextmanager
def _failures() -> Iterator[list[str]]:
    """The errors that this thread logs inside the block."""
    found: list[str] = []
    handler = _Collector(found)
    _LOG.addHandler(handler)
    try:
        yield found
    finally:
        _LOG.removeHandler(handler)


class _Collector(logging.Handler):
    """Keeps the errors of the thread that made it."""

    def __init__(self, found: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.found, self.thread = found, threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread:
            self.found.append(record.getMessage())
