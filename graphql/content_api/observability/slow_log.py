"""The log of slow operations: what was asked for, and nothing of what a reader put into it."""

import hashlib
import logging
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from content_api.observability.observation import Observation

logger = logging.getLogger("content_api.slow")


def record(seen: "Observation") -> None:
    """Logs an answer that took longer than `GRAPHQL_SLOW_MS`; 0 switches it off."""
    milliseconds = seen.seconds * 1000
    if not settings.GRAPHQL_SLOW_MS or milliseconds < settings.GRAPHQL_SLOW_MS:
        return
    # Literals in a document may be personal data too: its hash tells documents apart.
    logger.warning(
        "Slow GraphQL operation %s via %s: %d ms, %d in %d queries, cost %s, document %s,"
        " variables %s, errors %s",
        seen.operation,
        seen.via,
        milliseconds,
        seen.database_seconds * 1000,
        seen.queries,
        seen.cost,
        hashlib.sha256(seen.document.encode()).hexdigest()[:16] if seen.document else "-",
        ",".join(name[:40] for name in seen.variables[:20]) or "-",
        ",".join(seen.errors) or "-",
    )
