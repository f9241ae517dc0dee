"""From when to when something stood in public, by the record: periods, gaps, versions."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from cms.publication.models import Address, Publication
from cms.publication.verify import verified_history


@dataclass(frozen=True)
class Span:
    """A stretch of time; both ends are moments."""

    start: datetime.datetime
    end: datetime.datetime


@dataclass(frozen=True)
class Version:
    """One publication and the part of the period in which it stood in public."""

    publication: Publication
    span: Span


@dataclass(frozen=True)
class Continuity:
    """What the record says about one subject in one language within a period."""

    period: Span
    versions: list[Version]
    gaps: list[Span]
    withdrawals: list[Publication]

    @property
    def is_uninterrupted(self) -> bool:
        """Whether something stood in public at every moment of the period."""
        return bool(self.versions) and not self.gaps

    @property
    def changes(self) -> int:
        """How often another content took the place of the one before, within the period."""
        hashes = [version.publication.content_hash for version in self.versions]
        return sum(one != other for one, other in pairwise(hashes))


def continuity(address: Address, period: Span) -> Continuity:
    """The versions that stood in public within a period, and the gaps between them.

    Every row is recomputed first. Raises `RecordBroken` where the record does not hold.
    """
    rows = verified_history(address)
    published = [row for row in rows if row.kind == Publication.Kind.PUBLICATION]
    versions = [Version(row, span) for row in published if (span := _within(row, period))]
    versions.sort(key=lambda version: version.span.start)
    withdrawals = [
        row
        for row in rows
        if row.kind == Publication.Kind.WITHDRAWAL
        and period.start <= row.effective_from <= period.end
    ]
    gaps = list(_gaps((version.span for version in versions), period))
    return Continuity(period, versions, gaps, withdrawals)


def _within(publication: Publication, period: Span) -> Span | None:
    """The part of the period in which a publication stood; None where there is none."""
    start = max(publication.effective_from, period.start)
    end = min(publication.effective_until or period.end, period.end)
    return Span(start, end) if start < end else None


def _gaps(spans: Iterable[Span], period: Span) -> Iterator[Span]:
    reached = period.start
    for span in spans:
        if span.start > reached:
            yield Span(reached, span.start)
        reached = max(reached, span.end)
    if reached < period.end:
        yield Span(reached, period.end)
