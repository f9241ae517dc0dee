"""Prometheus metrics of the answers, by the names of stored operations."""

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from prometheus_client import Counter, Histogram, Summary

if TYPE_CHECKING:
    from content_api.observability.observation import Observation

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_LABELS = ("operation", "via")

answers = Counter(
    "prakat_graphql_answers",
    "Answers, by whether they were ready in the cache.",
    [*_LABELS, "cache"],
)
seconds = Histogram("prakat_graphql_seconds", "How long answers took.", _LABELS, buckets=_SECONDS)
cost = Summary("prakat_graphql_cost", "Points of answers that were not in the cache.", _LABELS)
queries = Summary(
    "prakat_graphql_sql_queries", "SQL queries of answers that were not in the cache.", _LABELS
)
errors = Counter("prakat_graphql_errors", "Errors, by code.", [*_LABELS, "code"])


class _Instruments(NamedTuple):
    """Those of one operation, looked up once."""

    hits: Any
    misses: Any
    seconds: Any
    cost: Any
    queries: Any


@cache
def _instruments(operation: str, via: str) -> _Instruments:
    return _Instruments(
        answers.labels(operation, via, "hit"),
        answers.labels(operation, via, "miss"),
        seconds.labels(operation, via),
        cost.labels(operation, via),
        queries.labels(operation, via),
    )


def record(seen: "Observation") -> None:
    """Counts one answer."""
    of = _instruments(seen.operation, seen.via)
    of.seconds.observe(seen.seconds)
    if seen.is_cached:
        of.hits.inc()
    else:
        of.misses.inc()
        of.queries.observe(seen.queries)
        if seen.cost is not None:
            of.cost.observe(seen.cost)
    for code in seen.errors:
        errors.labels(seen.operation, seen.via, code).inc()
