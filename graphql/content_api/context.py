"""What the resolvers of one request share: its readers, and the draft that a key shows."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from graphql import DocumentNode

from cms.publication.models import Address, Publication, facets
from cms.publication.sites import UnknownSite, present_site, site_named
from cms.snapshot.snapshot import Snapshot
from content_api.errors import Refused
from content_api.public_files import PublicFile
from content_api.reader import Reader


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

    def file(self, sha256: str, publication: Publication) -> PublicFile | None:
        """A public file, or the draft's own private one."""
        source = self.sources.get(sha256)
        if source is None:
            return super().file(sha256, publication)
        described = self.draft.data["files"][sha256]
        return PublicFile(
            filename=described["filename"],
            content_type=described["contentType"],
            size=described["size"],
            width=described["width"],
            height=described["height"],
            private_path=source.url,
        )


class Context:
    """What the resolvers of one request share: a reader for each moment that it asks about."""

    def __init__(
        self,
        draft: Snapshot | None = None,
        unlocked: frozenset[str] = frozenset(),
        preview: Snapshot | None = None,
    ) -> None:
        """`draft` stands in for the page that is asked for: for our own site, in this process.

        `preview` is what the field of that name shows to whoever presented its key.
        """
        self._readers: dict[tuple[datetime.datetime | None, UUID | None], Reader] = {}
        self._site = present_site()
        self.draft_reader = DraftReader(draft) if draft else None
        # What a compiled operation asks of the records that a root field is finding.
        self.ready_shape: str | None = None
        # What was asked, once it is being answered: document, operation name, variables.
        self.question: tuple[DocumentNode, str | None, dict[str, Any] | None] | None = None
        # The subjects of restricted pages that the reader showed a token for.
        self.unlocked = unlocked
        self._preview = preview
        # The alerts in force, once something has fetched them: the menus do on their way.
        self.alerts: list[Publication] | None = None

    @property
    def is_private(self) -> bool:
        """Whether the answer is for one reader alone: nothing of it may be kept or remembered."""
        return bool(self.draft_reader or self._preview or self.unlocked)

    @property
    def is_for_staff(self) -> bool:
        """Whether the key of a draft was presented: people of the office alone have one."""
        return self._preview is not None

    @cached_property
    def preview_reader(self) -> DraftReader | None:
        """The reader of the draft whose key was presented: of that field, and of no other."""
        return DraftReader(self._preview) if self._preview else None

    def reader(self, at: datetime.datetime | None = None) -> Reader:
        """The reader for a moment; None is now."""
        if at is None and self.draft_reader:
            return self.draft_reader
        key = (at, self._site)
        if key not in self._readers:
            self._readers[key] = Reader(at, self.unlocked, self._site)
        return self._readers[key]

    @contextmanager
    def on_site(self, name: str | None) -> Iterator[None]:
        """Readers of another site than that of the request's host. Raises `Refused`."""
        own = self._site
        try:
            self._site = site_named(name) if name else own
            yield
        except UnknownSite as error:
            raise Refused(_("There is no site of this name.")) from error
        finally:
            self._site = own

    @property
    def readers(self) -> list[Reader]:
        """Those that were asked so far, with what they have read."""
        return list(self._readers.values())
