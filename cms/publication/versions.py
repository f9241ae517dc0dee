"""The versions of a record in time: which were corrections, and whether a translation is behind.

The Thai version is the original. A translation is outdated while readers of Thai have another
content than the one beside which the translation was signed (docs/decisions/0018).
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef

from cms.publication.models import Publication

ORIGINAL = settings.LANGUAGE_CODE


class Version(NamedTuple):
    """One row of the public record without its words."""

    kind: str
    content_hash: str
    published_at: datetime.datetime
    effective_from: datetime.datetime
    effective_until: datetime.datetime | None
    withdrawn_at: datetime.datetime | None

    @property
    def has_begun_ever(self) -> bool:
        """False for what was replaced before its time began."""
        return self.effective_until != self.effective_from

    def stands(self, at: datetime.datetime) -> bool:
        """Whether this is what readers have at a moment (as `Publication.objects.effective`)."""
        return (
            self.kind == Publication.Kind.PUBLICATION
            and self.withdrawn_at is None
            and self.effective_from <= at
            and (self.effective_until is None or self.effective_until > at)
        )


class Age(NamedTuple):
    """How a translation stands to the original."""

    newer_since: datetime.datetime | None = None  # the original is newer
    gone_since: datetime.datetime | None = None  # the original is not public any more


def histories(subjects: Iterable[Any]) -> dict[tuple[str, str], list[Version]]:
    """The rows of each subject by `(subject, locale)`, the oldest first; one query."""
    rows = Publication.objects.filter(subject__in=set(subjects)).order_by("sequence")
    found: dict[tuple[str, str], list[Version]] = defaultdict(list)
    for subject, locale, *columns in rows.values_list("subject", "locale", *Version._fields):
        found[str(subject), locale].append(Version(*columns))
    return found


def follows_another() -> Exists:
    """Whether a publication took the place of another one at the moment at which it began."""
    before = Publication.objects.filter(
        address=OuterRef("address"),
        sequence__lt=OuterRef("sequence"),
        effective_until=OuterRef("effective_from"),
        effective_from__lt=OuterRef("effective_from"),
        kind=Publication.Kind.PUBLICATION,
        withdrawn_at=None,
    )
    return Exists(before)


def shown_versions(versions: list[Version], at: datetime.datetime) -> list[Version]:
    """Those that a reader may know of: begun by then, and not withdrawn since."""
    return [
        version
        for version in versions
        if version.kind == Publication.Kind.PUBLICATION
        and version.withdrawn_at is None
        and version.has_begun_ever
        and version.effective_from <= at
    ]


def corrected_at(versions: list[Version], at: datetime.datetime) -> datetime.datetime | None:
    """When readers last got other words than before; None where there was only one version."""
    steps = list(pairwise(shown_versions(versions, at)))
    changes = [new for old, new in steps if new.content_hash != old.content_hash]
    return changes[-1].effective_from if changes else None


def age(translation: Version, originals: list[Version], at: datetime.datetime) -> Age:
    """Whether the original went on, or went away, after `translation` was signed.

    The translation is held to be of the newest original that was signed, and had begun, when
    the translation was and did. Any other content makes it outdated, until a further translation
    is signed: which words of the original changed is not weighed.
    """
    standing = next((version for version in reversed(originals) if version.stands(at)), None)
    if standing is None:
        return Age(gone_since=_gone_since(originals, at))
    rows = [row for row in originals if row.kind == Publication.Kind.PUBLICATION]
    rows = [row for row in rows if row.has_begun_ever and row.effective_from <= at]
    translated = [row for row in rows if _came_first(row, translation)]
    base = translated[-1].content_hash if translated else None
    if standing.content_hash == base:
        return Age()
    began = standing.effective_from
    for row in reversed(rows):  # from when on every version was another one
        if row.content_hash == base or row in translated:
            break
        began = row.effective_from
    return Age(newer_since=max(began, translation.effective_from))


def _came_first(original: Version, translation: Version) -> bool:
    return (
        original.published_at <= translation.published_at
        and original.effective_from <= translation.effective_from
    )


def _gone_since(originals: list[Version], at: datetime.datetime) -> datetime.datetime | None:
    begun = [row for row in originals if row.has_begun_ever and row.effective_from <= at]
    if not begun:
        return None  # it never was public
    last = begun[-1]
    if last.kind == Publication.Kind.WITHDRAWAL:
        return last.effective_from
    is_over = last.effective_until and last.effective_until <= at
    return last.effective_until if is_over and last.withdrawn_at is None else None
