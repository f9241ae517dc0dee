"""A publication that shows only what of it can never change: whoever asks for more is told so."""

from typing import Any

from cms.publication.models import Address, Publication
from content_api.public_files import PublicFile
from content_api.reader import Reader

# Sealed or append-only columns, and what is derived from them alone.
_UNCHANGING = frozenset(
    {
        "pk",
        "id",
        "kind",
        "data",
        "content_hash",
        "published_at",
        "effective_from",
        "type",
        "subject",
        "locale",
        "title",
        "category",
        "posted_on",
        "fiscal_year",
        "topic",
        "begins_on",
        "finishes_on",
        "is_urgent",
        "sequence",
    }
)
MARK = "\x1e"  # stands in no JSON text, where control characters are escaped


class Changing(Exception):
    """Something was asked that may change: the answer cannot be kept."""


class Frozen:
    """A publication for resolvers that are marked as immutable."""

    def __init__(self, publication: Publication, reader: Reader) -> None:
        self._publication = publication
        self.reader = FrozenReader(publication, reader)
        self.address = FrozenAddress(publication.address)

    def __getattr__(self, name: str) -> Any:
        if name in _UNCHANGING:
            return getattr(self._publication, name)
        raise Changing(name)


class FrozenAddress:
    """The permanent id is for ever; the path is not."""

    def __init__(self, address: Address) -> None:
        self.short_id = address.short_id
        self.locale = address.locale

    def __getattr__(self, name: str) -> Any:
        raise Changing(name)


class FrozenReader:
    """Knows the files of one publication; a page that it links to is only marked."""

    def __init__(self, publication: Publication, reader: Reader) -> None:
        self._reader = reader
        self._publication = publication
        self.links = 0  # how often another page was asked for

    def file(self, sha256: str, _publication: Any) -> PublicFile | None:
        """A pinned file of this publication."""
        return self._reader.file(sha256, self._publication)

    def renditions(self, sha256: str) -> list[PublicFile]:
        """The copies of an image of this publication."""
        return self._reader.renditions(sha256)

    def subject(self, subject: str | None, _locale: str) -> "LinkTarget | None":
        """A page that is linked to, as far as HTML needs it: where it stands is looked up later."""
        if not subject:
            return None
        self.links += 1
        return LinkTarget(subject)

    def __getattr__(self, name: str) -> Any:
        raise Changing(name)


class LinkTarget:
    """Another page, whose address in a link is a mark."""

    def __init__(self, subject: str) -> None:
        self.locale = MARK
        self.address = _MarkedAddress(f"{subject}{MARK}")

    def __getattr__(self, name: str) -> Any:
        raise Changing(name)


class _MarkedAddress:
    def __init__(self, path: str) -> None:
        self.path = path

    def __getattr__(self, name: str) -> Any:
        raise Changing(name)
