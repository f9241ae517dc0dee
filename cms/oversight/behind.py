"""Which translations are behind their original, of what counts for the duties of the office."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from cms.publication.versions import ORIGINAL, age, histories

TRANSLATION = "en"
_CHUNK = 1_000  # subjects whose versions are compared at once


class Translations:
    """Originals and translations of what counts, to tell which translations are behind."""

    def __init__(self) -> None:
        self._begun: dict[tuple[UUID, str], Any] = {}
        self._standings: dict[UUID, set[Any]] = defaultdict(set)

    def note(self, row: Any, standing: Any) -> None:
        """Keeps what the comparison needs."""
        self._begun[row.subject, row.locale] = row
        if row.locale == TRANSLATION:
            self._standings[row.subject].add(standing)

    def outdated(self, at: datetime.datetime) -> dict[Any, int]:
        """How many translations are behind, by duty. Only what may be is looked at in full."""
        counted: dict[Any, int] = defaultdict(int)
        suspects = [subject for subject in self._standings if self._may_be_behind(subject)]
        for chunk in _chunks(suspects):
            versions = histories(chunk)
            for subject in chunk:
                if _is_behind(subject, versions, at):
                    for standing in self._standings[subject]:
                        counted[standing] += 1
        return counted

    def _may_be_behind(self, subject: UUID) -> bool:
        original = self._begun.get((subject, ORIGINAL))
        translation = self._begun[subject, TRANSLATION]
        return original is None or (
            original.published_at > translation.published_at
            or original.effective_from > translation.effective_from
        )


def _is_behind(subject: UUID, versions: Any, at: datetime.datetime) -> bool:
    own = versions[str(subject), TRANSLATION]
    standing = next((version for version in reversed(own) if version.stands(at)), None)
    if standing is None:
        return False
    found = age(standing, versions[str(subject), ORIGINAL], at)
    return bool(found.newer_since or found.gone_since)


def _chunks(subjects: list[UUID]) -> Iterator[list[UUID]]:
    for start in range(0, len(subjects), _CHUNK):
        yield subjects[start : start + _CHUNK]
