"""One answer as an operator sees it: how long it took, what it cost, what went wrong."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.http.request import HttpHeaders

from content_api.observability import metrics, slow_log, tracing

_collected: ContextVar[list["Observation"] | None] = ContextVar("observations", default=None)
OTHER = "other"  # documents of readers: their names would be labels without number


@dataclass
class Observation:
    """Filled while an answer is made. Holds no values of variables: they may be personal data."""

    operation: str = OTHER  # the name of a stored operation
    via: str = "http"  # or "site": the public site in this process
    document: str = ""  # of a reader
    variables: tuple[str, ...] = ()  # their names
    cost: int | None = None
    is_cached: bool = False
    errors: list[str] = field(default_factory=list)  # their codes
    queries: int = 0
    database_seconds: float = 0.0
    began: float = field(default_factory=time.perf_counter)
    ended: float | None = None

    @property
    def seconds(self) -> float:
        """From its beginning to its end, or to now."""
        return (self.ended or time.perf_counter()) - self.began

    def note(self, operation: str | None, document: str, variables: Mapping[str, Any]) -> None:
        """What was asked, once it is known: `operation` is None for a document of a reader."""
        self.operation = operation or OTHER
        self.document = document
        self.variables = tuple(variables)

    def count_query(
        self, execute: Callable, sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        """A wrapper for Django's database connection."""
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.queries += 1
            self.database_seconds += time.perf_counter() - began


@contextmanager
def observed(via: str, headers: Mapping[str, str] | None = None) -> Iterator[Observation]:
    """Whatever is answered inside is counted, traced, and logged where it was slow.

    `headers` of a request may name the trace that it belongs to.
    """
    seen = Observation(via=via)
    with tracing.span(seen, headers or {}):
        try:
            with connection.execute_wrapper(seen.count_query):
                yield seen
        except Exception:
            seen.errors.append("INTERNAL_ERROR")
            raise
        finally:
            seen.ended = time.perf_counter()
            metrics.record(seen)
            slow_log.record(seen)
            if (collected := _collected.get()) is not None:
                collected.append(seen)


@contextmanager
def collected() -> Iterator[list[Observation]]:
    """Every answer that is made inside, for the timings of a page that is made of several."""
    found: list[Observation] = []
    token = _collected.set(found)
    try:
        yield found
    finally:
        _collected.reset(token)


def observe_hit(operation: str, cost: int | None, environment: Mapping[str, Any]) -> None:
    """Counts an answer that was ready, and traces it where spans are collected."""
    seen = Observation(operation, cost=cost, is_cached=True)
    if tracing.is_collected():
        with tracing.span(seen, HttpHeaders(environment)):
            pass
    metrics.record(seen)


def server_timing(observations: list[Observation]) -> str:
    """The header of this name (https://www.w3.org/TR/server-timing/). For staff alone."""
    times = []
    for seen in observations:
        database = f'dur={seen.database_seconds * 1000:.1f};desc="{seen.queries} queries"'
        times.append(f"{seen.operation};dur={seen.seconds * 1000:.1f}")
        times.append(f"{seen.operation}_sql;{database}")
    return ", ".join(times)
