"""Reads publications for one request, and everything that they refer to in one query each."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.opendata.downloads import ResourceDownloads, downloads
from cms.publication.models import Address, Publication, PublicSettings
from cms.publication.versions import ORIGINAL, Age, Version, age, corrected_at, histories
from cms.signoff.models import Signature
from content_api.compiled.joined import settled, with_ready_text
from content_api.errors import Refused
from content_api.linked import LinkedPage
from content_api.public_files import FileReading, PublicFile
from content_api.statements import rows_of


class Reader(FileReading):
    """What the public could read at one moment.

    Root resolvers hand the publications that they found to `read`. The first question about
    anything they refer to (divisions, ancestors, links, translations, files, signatures) is
    answered for all of them at once: a list costs as many queries as one item. What those refer
    to in turn (the division of an officer, say) is one more query, whatever their number.
    """

    def __init__(
        self,
        at: datetime.datetime | None = None,
        unlocked: frozenset[str] = frozenset(),
        site: UUID | None = None,
    ) -> None:
        self.at = at
        self.site = site  # by its front page; None: there is but one
        self.unlocked = unlocked  # subjects of restricted pages that may be read
        self.publications: list[Publication] = []
        self._linked: list[LinkedPage] = []
        self._files: dict[str, PublicFile | None] = {}
        self._renditions: dict[str, list[PublicFile]] = defaultdict(list)
        self._signatures: dict[int, Signature | None] = {}
        self._resources: dict[int, dict[str, ResourceDownloads]] = {}
        self._histories: dict[tuple[str, str], list[Version]] = {}
        # Whether something was asked for by its place that is not there: anything may come there.
        self.found_elsewhere = False
        # What other apps know about what was read here, by app and key: filled by whoever asks.
        self.beside: dict[str, dict[str, Any]] = defaultdict(dict)

    def effective(self) -> Any:
        """The publications that stand at this reader's moment, with their addresses."""
        rows = Publication.objects.in_force(self.at).readable(self.unlocked)
        return rows.on_site(self.site).select_related("address")

    def ever(self) -> Any:
        """Every row of the record that may be read, withdrawn or over, with its address."""
        rows = Publication.objects.readable(self.unlocked).on_site(self.site)
        return rows.select_related("address")

    @property
    def place(self) -> dict[str, Any]:
        """The condition on addresses, or former ones, of pages of this site."""
        return {"root": self.site} if self.site else {}

    def rows(
        self, key: Hashable, build: Callable[..., QuerySet], **values: UUID | str
    ) -> list[Any]:
        """The publications, or rows of a `values_list`, that `build(reader, **values)` asks for.

        The SQL is written once for each key, with a reader of another moment in the place of this
        one: see `content_api.statements`.
        """
        if self.unlocked:  # what they open is looked up, and may change
            return list(build(self, **values))

        def build_at(moment: datetime.datetime, **marks: UUID | str) -> QuerySet:
            return build(Reader(moment, site=self.site), **marks)

        return rows_of((key, self.site), self.at or timezone.now(), build_at, **values)

    def standing(
        self, languages: tuple[str, ...], shape: str | None = None, **lookups: str
    ) -> list[Publication]:
        """What stands at this moment in these languages with these texts in its columns.

        With the ready text of a shape, where one is named: see `compiled.joined`.
        """
        names = [f"language_{number}" for number in range(len(languages))]

        def build(reader: Reader, **values: str) -> QuerySet:
            codes = [values.pop(name) for name in names]
            # Of the address, so that its index finds it: a record has the language of its address.
            rows = reader.effective().filter(address__locale__in=codes, **values)
            return with_ready_text(rows, shape)

        by_name = dict(zip(names, languages, strict=True))
        found = self.rows(("standing", len(names), shape), build, **by_name, **lookups)
        return settled(found, shape)

    def read(self, publications: Iterable[Publication]) -> list[Publication]:
        """Notes publications as read here, so that what they refer to is fetched together."""
        found = list(publications)
        for publication in found:
            publication.reader = self  # type: ignore[attr-defined]
        self.publications.extend(found)
        self.__dict__.pop("_related", None)
        return found

    def seen(self) -> list["Publication | LinkedPage"]:
        """Every publication that an answer may have been read from."""
        related = self.__dict__.get("_related", {})
        return [*self.publications, *related.values(), *self._linked]

    def subject(self, subject: str | None, locale: str) -> Publication | None:
        """The publication of a subject that a publication read here names."""
        if not subject:
            return None
        while (subject, locale) not in self._related and subject in self._unasked():
            self._deepen()
        return self._related.get((subject, locale))

    @property
    def knows_related(self) -> bool:
        """Whether what was read here was looked up already."""
        return "_related" in self.__dict__

    def paths(self, targets: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """Where pages stand, by subject and language: as `subject` finds them, by address alone."""
        subjects = sorted({subject for subject, _locale in targets})
        # Few statements for any number: the last subject fills up to a power of two.
        subjects += subjects[-1:] * ((1 << (len(subjects) - 1).bit_length()) - len(subjects))

        def build(reader: Reader, **values: UUID) -> QuerySet:
            with_path = reader.effective().filter(address__path__isnull=False)
            rows = with_path.filter(subject__in=list(values.values()))
            return rows.values_list("subject", "type", "locale", "address__path")

        values = {f"subject_{number}": UUID(key) for number, key in enumerate(subjects)}
        found = self.rows(("paths", len(subjects)), build, **values)
        rows = [(UUID(str(key)), *others) for key, *others in found]
        self._linked += [LinkedPage(key, type_) for key, type_, _locale, _path in rows]
        return {(str(key), locale): f"/{locale}{path}" for key, _type, locale, path in rows}

    def fetch_snapshots(self) -> None:
        """Of all records that came without theirs: `Publication.data` asks."""
        rows = self.publications
        lacking = {row.pk: row for row in rows if row.pk and "snapshot" not in row.__dict__}
        if lacking:
            found = Publication.objects.filter(pk__in=list(lacking))
            for key, snapshot in found.order_by().values_list("pk", "snapshot"):
                lacking[key].snapshot = snapshot

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

    def resource(self, publication: Publication, block_id: str) -> ResourceDownloads | None:
        """What was made of an uploaded table or map, by the id of its block."""
        if publication.pk not in self._resources:
            self._resources.update(downloads(self._with_named()))
        return self._resources.get(publication.pk, {}).get(block_id)

    def corrected_at(self, publication: Publication) -> datetime.datetime | None:
        """When readers last got other words than before."""
        versions = self._history(publication, publication.locale)
        return corrected_at(versions, self.at or timezone.now())

    def age(self, publication: Publication) -> Age:
        """Whether the Thai version is newer, or gone."""
        if publication.locale == ORIGINAL or publication.pk is None:
            return Age()
        columns = {name: getattr(publication, name) for name in Version._fields}
        originals = self._history(publication, ORIGINAL)
        return age(Version(**columns), originals, self.at or timezone.now())

    def signatures(self, publication: Publication) -> list[Signature]:
        """Who signed a publication, in order."""
        sequences = publication.signature_sequences
        if any(sequence not in self._signatures for sequence in sequences):
            self._fetch_signatures()
        found = [self._signatures.get(sequence) for sequence in sequences]
        return [signature for signature in found if signature]

    @cached_property
    def _related(self) -> dict[tuple[str, str], Publication]:
        subjects: set[str] = set()
        paths: set[str] = set()
        for publication in self.publications:
            subjects.add(str(publication.subject))
            if publication.parent:
                subjects.add(str(publication.parent))
            subjects.update(publication.data.get("references", ()))
            paths.update(_paths_above(publication.address.path))
        # One condition on one column: databases use no index for "or" across a join.
        named = Address.objects.filter(subject__in=subjects).values("pk")
        above = Address.objects.filter(path__in=paths).values("pk")
        found = self.effective().filter(address__in=named.union(above) if paths else named)
        self._asked = self._first_asked = frozenset(subjects)
        return self._noted(found)

    def _history(self, publication: Publication, locale: str) -> list[Version]:
        """The versions of a record in a language; the first question fetches those of all."""
        subject = str(publication.subject)
        if (subject, locale) not in self._histories:
            known = {str(other.subject) for other in [publication, *self._with_named()]}
            found = histories(known)
            languages = [code for code, _name in settings.LANGUAGES]
            for key in known:
                self._histories.update({(key, code): found[key, code] for code in languages})
        return self._histories[subject, locale]

    def _unasked(self) -> set[str]:
        """What the related records refer to and nobody has asked the database for yet."""
        asked = self._asked
        return {
            subject
            for (key, _locale), other in self._related.items()
            if key in asked
            for subject in other.data.get("references", ())
            if subject not in asked
        }

    def _deepen(self) -> None:
        unasked = self._unasked()
        self._asked = self._asked | unasked
        self._related.update(self._noted(self.effective().filter(subject__in=unasked)))

    def _noted(self, found: Iterable[Publication]) -> dict[tuple[str, str], Publication]:
        related = {(str(other.subject), other.locale): other for other in found}
        for other in related.values():
            other.reader = self  # type: ignore[attr-defined]
        return related

    def _with_named(self) -> list[Publication]:
        """What was read here, and the records named by it that anybody has asked for so far."""
        if "_related" not in self.__dict__:
            return self.publications
        named = {s for p in self.publications for s in p.data.get("references", ())}
        named |= self._asked - self._first_asked
        others = [other for (key, _locale), other in self._related.items() if key in named]
        return [*self.publications, *others]

    def _fetch_signatures(self) -> None:
        """Every signature that is named and was not fetched yet."""
        sequences = {
            sequence
            for publication in self._with_named()
            for sequence in publication.signature_sequences
            if sequence not in self._signatures
        }
        self._signatures.update(dict.fromkeys(sequences))
        # Whether names are shown is asked in the same query: it is a setting of the office.
        shown = PublicSettings.objects.filter(site__is_default_site=True, show_signer_names=True)
        rows = Signature.objects.filter(sequence__in=sequences).annotate(
            name_is_public=Exists(shown)
        )
        self._signatures.update({row.sequence: row for row in rows})


def reader_at(info: Any, at: datetime.datetime | None) -> Reader:
    """The reader for the argument `asOf`. Raises `Refused` for a moment that is to come."""
    if at and at > timezone.now():
        raise Refused(_("asOf may not be in the future."))
    return info.context.reader(at)


def reader_of(publication: Publication) -> Reader:
    """The reader that found a publication."""
    return publication.reader  # type: ignore[attr-defined]


def _paths_above(path: str | None) -> list[str]:
    """`"/a/b/"` gives `["/", "/a/"]`."""
    if not path or path == "/":
        return []
    parts = path.strip("/").split("/")
    return ["/"] + ["/" + "/".join(parts[:count]) + "/" for count in range(1, len(parts))]
