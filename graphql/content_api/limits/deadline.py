"""An answer that takes too long is stopped: in the executor, and in the database.

The executor asks between two objects, the database by its own means: a progress handler on SQLite,
`statement_timeout` on PostgreSQL.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

from django.db import DatabaseError, connection
from django.utils.translation import gettext_lazy as _
from graphql import ExecutionContext

from content_api.errors import Code, Refused

_STEPS = 20_000  # of SQLite's machine, between two looks at the clock: some milliseconds
_ends_at: ContextVar[float | None] = ContextVar("graphql_deadline", default=None)


class TimeIsUp(BaseException):
    """Not an `Exception`: the executor would take that for the error of one field and go on."""


def check_time() -> None:
    """Raises `TimeIsUp` once the time of the present answer is over. Costs 0.1 microseconds."""
    ends_at = _ends_at.get()
    if ends_at is not None and time.monotonic() > ends_at:
        raise TimeIsUp


@contextmanager
def limited_time(seconds: float) -> Iterator[None]:
    """Whatever runs inside, with its queries, may take so long; 0: as long as it likes.

    Raises `Refused` (code LIMIT_TIME) in the place of the answer.
    """
    if not seconds:
        yield
        return
    watch = _Watch(seconds)
    token = _ends_at.set(watch.ends_at)
    try:
        with connection.execute_wrapper(watch):
            yield
    except TimeIsUp as error:
        raise Refused(
            _("The answer took longer than %(maximum)s seconds and was stopped."),
            Code.LIMIT_TIME,
            maximum=f"{seconds:g}",
        ) from error
    finally:
        _ends_at.reset(token)
        watch.end()


class _Watch:
    """Wraps the queries of one answer: each may take what is left of its time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.ends_at = time.monotonic() + seconds
        self.raw: Any = None  # the driver's connection, once it was told

    def __call__(
        self, execute: Callable, sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        check_time()
        if self.raw is None:
            self._begin()
        try:
            return execute(sql, params, many, context)
        except DatabaseError:
            check_time()
            raise

    def _begin(self) -> None:
        self.raw = connection.connection
        if connection.vendor == "sqlite":
            self.raw.set_progress_handler(lambda: time.monotonic() > self.ends_at, _STEPS)
        elif connection.vendor == "postgresql":
            self.raw.execute(f"SET statement_timeout = {int(self.seconds * 1000)}")

    def end(self) -> None:
        """Leaves the connection as it was for whoever has it next."""
        if self.raw is None:
            return
        if connection.vendor == "sqlite":
            self.raw.set_progress_handler(None, 0)
        elif connection.vendor == "postgresql":
            # In a transaction that failed it cannot be told, and need not: it is undone anyway.
            with suppress(DatabaseError), connection.wrap_database_errors:
                self.raw.execute("RESET statement_timeout")


class TimedExecution(ExecutionContext):
    """graphql-core's executor, which looks at the clock before each object."""

    def execute_fields(self, *args: Any) -> Any:
        """As its parent; raises `TimeIsUp`."""
        check_time()
        return super().execute_fields(*args)
