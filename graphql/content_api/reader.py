"""Reads publications for one request, and everything that they refer to in one query each."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Exists, F, Q
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from cms.publication.models import Address, PinnedFile, Publication, PublicSettings, facets
from cms.signoff.models import Signature
from cms.snapshot.snapshot import Snapshot

_SUBJECT_LINK = re.compile(r'data-subject=\\"([0-9a-f-]{36})\\"')


class PublicFile(NamedTuple):
    """A file as readers see it; `path` is its address below the site's root."""

    path: str
    filename: str
    content_type: str
    size: int
    width: int | None
    height: int | None

    @classmethod
    def of(cls, pinned: PinnedFile, filename: str = "") -> "PublicFile":
        """A pinned file, under the name that a publication gives it."""
        return cls(
            pinned.path_as(filename or pinned.filename),
            filename or pinned.filename,
            pinned.content_type,
            pinned.size,
            pinned.width,
            pinned.height,
        )


class Reader:
    """What the public could read at one moment.

    Root resolvers hand the publications that they found to `read`. The first question about
    anything they refer to (divisions, ancestors, links, translations, files, signatures) is
    answered for all of them at once: a list costs as many queries as one item.
    """

    def __init__(self, at: datetime.datetime | None = None) -> None:
        self.at = at
        self.publications: list[Publication] = []

    def effective(self) -> Any:
        """The publications that stand at this reader's moment, with their addresses."""
        return Publication.objects.effective(self.at).select_related("address")

    def read(self, publications: Iterable[Publication]) -> list[Publication]:
        """Notes publications as read here, so that what they refer to is fetched together."""
        found = list(publications)
        for publication in found:
            publication.reader = self  # type: ignore[attr-defined]
        self.publications.extend(found)
        for name in ("_related", "_files", "_signatures"):
            self.__dict__.pop(name, None)
        return found

    def subject(self, subject: str | None, locale: str) -> Publication | None:
        """The publication of a subject that one of the read publications names."""
        return self._related.get((subject, locale)) if subject else None

    def translations(self, publication: Publication) -> list[Publication]:
        """The same subject in the other languages, by language code."""
        subject = str(publication.subject)
        others = [
            other
            for (key, locale), other in sorted(self._related.items())
            if key == subject and locale != publication.locale
        ]
        return others

    def ancestors(self, publication: Publication) -> list[Publication]:
        """The pages above, from the front page down."""
        by_path = {
            other.address.path: other
            for (_subject, locale), other in self._related.items()
            if locale == publication.locale
        }
        paths = _paths_above(publication.address.path)
        return [by_path[path] for path in paths if path in by_path]

    def file(self, sha256: str) -> PublicFile | None:
        """A pinned file of one of the read publications."""
        return self._files[0].get(sha256)

    def renditions(self, sha256: str) -> list[PublicFile]:
        """The scaled copies of an image, narrow first."""
        return self._files[1].get(sha256, [])

    def signatures(self, publication: Publication) -> list[Signature]:
        """Who signed a publication, in order."""
        return [
            self._signatures[sequence]
            for sequence in publication.signature_sequences
            if sequence in self._signatures
        ]

    @cached_property
    def _related(self) -> dict[tuple[str, str], Publication]:
        subjects: set[str] = set()
        paths: set[str] = set()
        for publication in self.publications:
            subjects.add(str(publication.subject))
            for named in (publication.department, publication.disclosure_item, publication.parent):
                if named:
                    subjects.add(str(named))
            subjects.update(_SUBJECT_LINK.findall(publication.snapshot))
            paths.update(_paths_above(publication.address.path))
        found = self.effective().filter(Q(subject__in=subjects) | Q(address__path__in=paths))
        related = {(str(other.subject), other.locale): other for other in found}
        for other in related.values():
            other.reader = self
        return related

    @cached_property
    def _files(self) -> tuple[dict[str, PublicFile], dict[str, list[PublicFile]]]:
        names = {
            sha256: described["filename"]
            for publication in self.publications
            for sha256, described in publication.data["files"].items()
        }
        pinned: dict[str, PublicFile] = {}
        renditions: dict[str, list[PublicFile]] = defaultdict(list)
        if names:
            query = Q(sha256__in=names) | Q(sources__sha256__in=names)
            rows = PinnedFile.objects.filter(query).annotate(source_sha256=F("sources__sha256"))
            for file in rows.order_by("width", "pk"):
                pinned[file.sha256] = PublicFile.of(file, names.get(file.sha256, ""))
                if file.source_sha256:
                    renditions[file.source_sha256].append(PublicFile.of(file))
        return pinned, renditions

    @cached_property
    def _signatures(self) -> dict[int, Signature]:
        sequences = {
            sequence
            for publication in self.publications
            for sequence in publication.signature_sequences
        }
        # Whether names are shown is asked in the same query: it is a setting of the office.
        shown = PublicSettings.objects.filter(site__is_default_site=True, show_signer_names=True)
        rows = Signature.objects.filter(sequence__in=sequences).annotate(
            name_is_public=Exists(shown)
        )
        return {row.sequence: row for row in rows}


class DraftReader(Reader):
    """Shows one draft among the public pages, as it would stand there: for previews only."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__()
        self.sources: dict[str, FieldFile] = snapshot.sources
        data = snapshot.data
        standing = Address.objects.filter(subject=data["subject"], locale=data["locale"]).first()
        parent = Address.objects.filter(subject=data["parent"], locale=data["locale"]).first()
        above = (parent and parent.path) or "/"
        path = "/" if data["slug"] in ("", None) else f"{above}{data['slug']}/"
        address = Address(
            subject=data["subject"],
            locale=data["locale"],
            path=path,
            short_id=standing.short_id if standing else "",
        )
        now = timezone.now()  # the contract has these dates on every page
        self.draft = Publication(
            address=address,
            kind=Publication.Kind.PUBLICATION,
            snapshot=snapshot.text,
            content_hash=snapshot.content_hash,
            signatures="[]",
            published_at=now,
            effective_from=now,
            **facets(data),
        )
        self.read([self.draft])

    def file(self, sha256: str) -> PublicFile | None:
        """A public file, or the draft's own private one."""
        source = self.sources.get(sha256)
        if source is None:
            return super().file(sha256)
        described = self.draft.data["files"][sha256]
        return PublicFile(
            path=source.url,
            filename=described["filename"],
            content_type=described["contentType"],
            size=described["size"],
            width=described["width"],
            height=described["height"],
        )


class Context:
    """What the resolvers of one request share: a reader for each moment that it asks about."""

    def __init__(self, draft: Snapshot | None = None) -> None:
        self._readers: dict[datetime.datetime | None, Reader] = {}
        self.draft_reader = DraftReader(draft) if draft else None

    def reader(self, at: datetime.datetime | None = None) -> Reader:
        """The reader for a moment; None is now."""
        if at is None and self.draft_reader:
            return self.draft_reader
        return self._readers.setdefault(at, Reader(at))


def reader_of(publication: Publication) -> Reader:
    """The reader that found a publication."""
    return publication.reader  # type: ignore[attr-defined]


def _paths_above(path: str | None) -> list[str]:
    """`"/a/b/"` gives `["/", "/a/"]`."""
    if not path or path == "/":
        return []
    parts = path.strip("/").split("/")
    return ["/"] + ["/" + "/".join(parts[:count]) + "/" for count in range(1, len(parts))]
