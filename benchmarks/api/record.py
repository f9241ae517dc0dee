"""Builds a public record of any size: bulk inserts of what the signatures would have made."""

import datetime
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import transaction
from tqdm import tqdm

from benchmarks.api.news import Writer, file_of, posted_on, subject_of
from cms.accounts.models import User
from cms.publication.files import RENDITION_FORMATS, RENDITION_WIDTHS
from cms.publication.models import Address, PinnedFile, Publication, facets
from cms.signoff.chain import FIRST_PREVIOUS_HASH, ChainedRecord
from cms.signoff.models import Signature
from cms.snapshot.fields import References, field_value
from cms.snapshot.snapshot import SCHEMA_VERSION, canonical_json, sha256

LOCALES = ("th", "en")
ROLES = ("reporter", "approver", "publisher")
DEPARTMENTS = [subject_of("department", number) for number in range(5)]
TOP, MIDDLE, BOTTOM = 8, 4, 5  # sections in the menus: 8 + 32 + 160 = 200
BATCH = 500


def build(count: int) -> None:
    """Fills an empty record with `count` items of news in each language, and 200 sections."""
    with transaction.atomic():
        users = [
            User.objects.create(username=role, position=f"ตำแหน่ง {role}", first_name=role)
            for role in ROLES
        ]
        chains = Chains(users)
        items = iter(tqdm(_items(count), total=(count + 206) * 2, desc=f"{count} items"))
        while batch := list(islice(items, BATCH)):
            chains.publish(batch)


class Chains:
    """Appends signatures and publications, each carrying the hash of its predecessor."""

    def __init__(self, users: list[User]) -> None:
        self.users = users
        self.files: dict[str, int] = {}  # primary keys by hash
        self.ends: dict[type[ChainedRecord], tuple[int, str]] = {}

    def publish(self, batch: Iterable[dict[str, Any]]) -> None:
        """Every table's rows of some snapshots."""
        rows = [self._publication(data) for data in batch]
        Signature.objects.bulk_create([row for _p, signed in rows for row in signed])
        Address.objects.bulk_create([publication.address for publication, _signed in rows])
        for publication, _signed in rows:
            publication.address_id = publication.address.pk
        Publication.objects.bulk_create([publication for publication, _signed in rows])
        described = {
            key: file for publication, _signed in rows for key, file in publication.files_.items()
        }
        self._pin({key: file for key, file in described.items() if key not in self.files})
        through = Publication.files.through
        through.objects.bulk_create(
            through(publication_id=publication.pk, pinnedfile_id=self.files[key])
            for publication, _signed in rows
            for key in publication.files_
        )

    def _publication(self, data: dict[str, Any]) -> tuple[Any, list[Signature]]:
        data, path, moment = dict(data), data["path"], data["moment"]
        del data["path"], data["moment"]
        text = canonical_json(data)
        signed = [self._signature(role, data, sha256(text), moment) for role in range(len(ROLES))]
        publication: Any = Publication(
            kind=Publication.Kind.PUBLICATION,
            snapshot=text,
            content_hash=sha256(text),
            signatures=json.dumps([signature.sequence for signature in signed]),
            published_at=moment,
            effective_from=moment,
            **facets(data),
        )
        publication.address = Address(
            subject=data["subject"],
            locale=data["locale"],
            path=path,
            short_id=data["subject"][:8],
        )
        publication.files_ = data["files"]
        return self._sealed(publication), signed

    def _signature(
        self, number: int, data: dict[str, Any], content_hash: str, moment: Any
    ) -> Signature:
        user = self.users[number]
        return self._sealed(
            Signature(
                subject=data["subject"],
                locale=data["locale"],
                subject_type=data["type"],
                title=data["title"],
                role=ROLES[number],
                decision="approve",
                user=user,
                full_name=user.first_name,
                position=user.position,
                content_hash=content_hash,
                signed_at=moment - datetime.timedelta(minutes=len(ROLES) - number - 1),
            )
        )

    def _sealed(self, record: Any) -> Any:
        """As `ChainedRecord.append`, without asking the database for the predecessor."""
        sequence, previous = self.ends.get(type(record), (0, FIRST_PREVIOUS_HASH))
        record.sequence, record.previous_hash = sequence + 1, previous
        record.own_hash = record.expected_hash()
        self.ends[type(record)] = record.sequence, record.own_hash
        return record

    def _pin(self, described: dict[str, dict[str, Any]]) -> None:
        """Rows for files and for the copies that publishing makes of pictures; no bytes."""
        originals = [
            PinnedFile(
                sha256=key,
                filename=file["filename"],
                content_type=file["contentType"],
                size=file["size"],
                width=file["width"],
                height=file["height"],
            )
            for key, file in described.items()
        ]
        PinnedFile.objects.bulk_create(originals)
        self.files.update({file.sha256: file.pk for file in originals})
        pairs = [(file, copy) for file in originals if file.width for copy in _copies(file)]
        PinnedFile.objects.bulk_create([copy for _file, copy in pairs])
        sources = PinnedFile.sources.through
        sources.objects.bulk_create(
            sources(from_pinnedfile_id=copy.pk, to_pinnedfile_id=file.pk) for file, copy in pairs
        )


def _copies(file: PinnedFile) -> Iterator[PinnedFile]:
    for width in sorted(RENDITION_WIDTHS, reverse=True):
        for suffix, content_type in RENDITION_FORMATS.values():
            yield PinnedFile(
                sha256=file_of(file.sha256, width, suffix),
                filename=f"{file.filename.removesuffix('.jpg')}-{width}.{suffix}",
                content_type=content_type,
                size=(file.size * width) // 1600,
                width=width,
                height=width * 2 // 3,
            )


def _items(count: int) -> Iterator[dict[str, Any]]:
    """Every snapshot with its path and moment, in the order in which it was published."""
    for locale in LOCALES:
        for number, department in enumerate(DEPARTMENTS):
            writer = Writer(number, locale)
            fields = {"telephone": "0 2123 4567", "email": "office@example.go.th"}
            yield _snapshot("Department", locale, department, writer, fields, None, None)
        home = subject_of("home")
        yield _snapshot("HomePage", locale, home, Writer(0, locale), {}, None, "")
        yield from _sections(locale, home)
    for number in range(count):
        for locale in LOCALES:
            writer = Writer(number, locale)
            fields = writer.fields(DEPARTMENTS)
            identifier = subject_of("news", number)
            slug = f"item-{number}"
            parent = (subject_of("section", "news"), "/news/")
            yield _snapshot("NewsPage", locale, identifier, writer, fields, parent, slug, number)


def _sections(locale: str, home: str) -> Iterator[dict[str, Any]]:
    """Three levels; the first section is the one for news."""
    for top in range(TOP):
        slug = f"s{top}" if top else "news"
        yield _section(locale, (home, "/"), slug, slug)
        for middle in range(MIDDLE):
            above = (subject_of("section", slug), f"/{slug}/")
            name = f"{slug} {middle}"
            yield _section(locale, above, f"m{middle}", name)
            below = (subject_of("section", name), f"/{slug}/m{middle}/")
            for bottom in range(BOTTOM):
                yield _section(locale, below, f"b{bottom}", f"{name} {bottom}")


def _section(locale: str, parent: tuple[str, str], slug: str, name: str) -> dict[str, Any]:
    fields = {"listing": "news" if slug == "news" else "pages"}
    writer = Writer(sum(name.encode()), locale)
    found = _snapshot(
        "SectionPage", locale, subject_of("section", name), writer, fields, parent, slug
    )
    return {**found, "inMenu": True}


def _snapshot(
    type_name: str,
    locale: str,
    subject: str,
    writer: Writer,
    fields: dict[str, Any],
    parent: tuple[str, str] | None,
    slug: str | None,
    number: int = 0,
) -> dict[str, Any]:
    """As `snapshot_of`, with the type's own defaults for what is not filled in."""
    model: Any = apps.get_model("pages", type_name)
    empty, none = model(), References(locale)
    defaults = {name: field_value(empty, name, none) for name in model.public_fields}
    moment = datetime.datetime.combine(
        posted_on(number), datetime.time(3, number % 5), tzinfo=datetime.UTC
    )
    path = None if slug is None else "/" if parent is None else f"{parent[1]}{slug}/"
    return {
        "schema": SCHEMA_VERSION,
        "type": type_name,
        "subject": subject,
        "locale": locale,
        "title": writer.words(7),
        "fields": {**defaults, **fields},
        "effectiveFrom": None,
        "effectiveUntil": None,
        "signing": {"needsExecutive": False, "assessment": None},
        "parent": parent[0] if parent else None,
        "slug": slug,
        "inMenu": False,
        "files": writer.files,
        "references": sorted(writer.references),
        "path": path,
        "moment": moment,
    }
