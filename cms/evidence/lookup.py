"""Is, was, or never was this hash public? What anybody may learn of a hash, and nothing more.

A hash that belongs to a draft, to an item being signed or to one that is to begin later gets the
same answer, by the same queries, as one that nobody ever made.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from cms.publication.models import PinnedFile, Publication
from cms.thai.digits import to_arabic_digits

_SHA256 = re.compile(r"[0-9a-f]{64}")
_IGNORED = re.compile(r"[\s\u200b\ufeff-]+")
Kind = Publication.Kind


@dataclass(frozen=True)
class PublicPeriod:
    """One publication that names the hash, as much of it as is public."""

    publication: Publication
    file_name: str  # of the file that was asked for; empty for a page, or where it was withdrawn
    note: Publication | None  # of the withdrawal
    follower: Publication | None  # what took its place
    item_is_public: bool  # in any version, now

    @property
    def title(self) -> str:
        """Its title; once withdrawn, only the one that the note of the withdrawal left."""
        return (self.note or self.publication).title

    @property
    def withdrawal_reason(self) -> str | None:
        """As the public was told."""
        return self.note.data["reason"] if self.note else None

    @property
    def public_until(self) -> datetime.datetime | None:
        """When it ended, or will end; None where no end is set."""
        return self.publication.effective_until

    @property
    def is_public(self) -> bool:
        """Whether it stands in public now."""
        return self.note is None and not _is_over(self.publication)


@dataclass(frozen=True)
class Finding:
    """The answer about one hash; without periods it never was public."""

    sha256: str
    is_file: bool = False
    is_derived: bool = False  # a file that the system made from one that was signed for
    periods: list[PublicPeriod] = field(default_factory=list)

    @cached_property
    def state(self) -> str:
        """`public`, `formerly`, `withdrawn` or `never`."""
        if any(period.is_public for period in self.periods):
            return "public"
        if not self.periods:
            return "never"
        return "withdrawn" if self.periods[0].note else "formerly"


def normal_hash(typed: str) -> str | None:
    """A SHA-256 as it was typed or pasted: spaces, capitals and Thai digits do not matter.

    None where it is not 64 hexadecimal digits.
    """
    text = _IGNORED.sub("", to_arabic_digits(typed)).lower().removeprefix("sha256:")
    return text if _SHA256.fullmatch(text) else None


def find(sha256: str) -> Finding:
    """What the public record says about a hash, of a page's content or of a file.

    `sha256` is what `normal_hash` returned.
    """
    pages = list(_begun().filter(content_hash=sha256))
    named = list(_begun().filter(files__sha256=sha256))
    derived = list(_begun().filter(files__renditions__sha256=sha256).distinct())
    found = pages or named or derived
    notes, followers, standing = _aftermath(found)
    pinned = PinnedFile.objects.filter(sha256=sha256).first()
    periods = []
    for row in found:
        note = notes.get((row.address_id, row.withdrawn_at))
        is_told = bool(pinned) and not pages and note is None
        periods.append(
            PublicPeriod(
                publication=row,
                file_name=_name_of(sha256, row, pinned) if pinned and is_told else "",
                note=note,
                follower=None if note else followers.get((row.address_id, row.effective_until)),
                item_is_public=row.address_id in standing,
            )
        )
    is_derived = bool(derived) and not named
    return Finding(sha256, bool(found) and not pages, is_derived, periods)


def _begun() -> QuerySet[Publication]:
    """Everything that ever stood in public, newest first: what was to begin later does not count,
    nor what was replaced before it began, nor what is for some readers only."""
    rows = (
        Publication.objects.readable()
        .filter(kind=Kind.PUBLICATION, effective_from__lte=timezone.now())
        .filter(Q(effective_until__isnull=True) | Q(effective_until__gt=F("effective_from")))
    )
    return rows.select_related("address").order_by("-sequence")


_ByMoment = dict[tuple[int, datetime.datetime | None], Publication]


def _aftermath(found: Iterable[Publication]) -> tuple[_ByMoment, _ByMoment, set[int]]:
    """The notes of withdrawals, and what was published, at the addresses of `found`.

    Both by address and by the moment at which they began; then the addresses of what is public.
    """
    rows = Publication.objects.filter(
        address__in={row.address_id for row in found}, effective_from__lte=timezone.now()
    )
    notes: _ByMoment = {}
    began: _ByMoment = {}
    standing: set[int] = set()
    for row in rows.order_by("sequence"):
        if row.kind == Kind.PUBLICATION and row.withdrawn_at is None and not _is_over(row):
            standing.add(row.address_id)
        target = notes if row.kind == Kind.WITHDRAWAL else began
        target[row.address_id, row.effective_from] = row
    return notes, began, standing


def _is_over(publication: Publication) -> bool:
    until = publication.effective_until
    return until is not None and until <= timezone.now()


def _name_of(sha256: str, publication: Publication, pinned: PinnedFile) -> str:
    """The name under which a publication gives a file; one made from it has its own."""
    described = publication.data["files"].get(sha256)
    return described["filename"] if described else pinned.filename
