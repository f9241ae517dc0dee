"""Reads the ready text of records for one answer, and fills its holes."""

import re
from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING, Any

import orjson
from django.db import connections, router

from cms.publication.models import Publication
from content_api.compiled.frozen import MARK
from content_api.models import ReadyJson
from content_api.reader import Reader
from content_api.types import public_path

if TYPE_CHECKING:
    from content_api.compiled.running import Run
    from content_api.compiled.shapes import Shape

HOLE = MARK.encode()
FIELD, LINK, LINK_END = b"F", b"L", b"E"
LINKS = HOLE + LINK
_NONE = (None, None)
_LINKS = re.compile(rb"\x1eL([0-9a-f-]{36})\x1e")


class ReadyTexts:
    """The ready texts that one run has fetched. Only of what readers found: never of drafts."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, int], bytes | None] = {}
        self._unasked: dict[Reader, set[tuple[str, str]]] = defaultdict(set)
        self._addresses: dict[tuple[str, str], str] = {}

    def text(self, shape: "Shape", source: Any) -> bytes | None:
        """What this shape gets of a publication; None where it must be made now."""
        if not _may_be_ready(source):
            return None
        key = shape.name, source.pk
        if key not in self._texts:
            self.fetch([(shape, source)])
        return self._texts.get(key)

    def fetch(self, pairs: list[tuple["Shape", Any]]) -> None:
        """The texts of many records: those that came with them, and one query for the others."""
        wanted: dict[tuple[str, int], Any] = {}
        for shape, source in pairs:
            if not _may_be_ready(source) or (shape.name, source.pk) in self._texts:
                continue
            key = shape.name, source.pk
            kept_for, text = getattr(source, "ready", _NONE)
            if kept_for == shape.name:
                self._note(key, source, text)
            elif is_worth_keeping(source):
                wanted[key] = source
        if wanted:
            texts = _rows(set(wanted))
            for key, source in wanted.items():
                self._note(key, source, texts.get(key))

    def _note(self, key: tuple[str, int], source: Publication, text: bytes | None) -> None:
        self._texts[key] = text
        if text is not None and LINKS in text:
            unasked = self._unasked[source.reader]  # type: ignore[attr-defined]
            unasked.update((found.decode(), source.locale) for found in _LINKS.findall(text))

    def address(self, subject: str, source: Publication) -> str | None:
        """Where a page stands now that a ready text links to; None where it does not.

        The first question fetches all, unless the reader knows them already.
        """
        reader, key = source.reader, (subject, source.locale)  # type: ignore[attr-defined]
        if reader.knows_related:
            target = reader.subject(*key)
            return public_path(target) or None if target else None
        if targets := self._unasked.pop(reader, None):
            self._addresses.update(reader.paths(targets))
        return self._addresses.get(key)


def is_worth_keeping(publication: Publication) -> bool:
    """Whether a record names files: their query is what its text saves, and it costs one itself."""
    return bool(publication.data["files"])


def _may_be_ready(source: Any) -> bool:
    return (
        isinstance(source, Publication)
        and source.pk is not None
        and type(getattr(source, "reader", None)) is Reader  # a draft's reader is another class
    )


def _rows(wanted: set[tuple[str, int]]) -> dict[tuple[str, int], bytes]:
    """The texts that there are, by shape and publication."""
    shapes = sorted({shape for shape, _pk in wanted})
    keys = sorted({pk for _shape, pk in wanted})
    connection = connections[router.db_for_read(ReadyJson)]
    with connection.cursor() as cursor:
        cursor.execute(_sql(len(shapes), len(keys)), [*shapes, *keys])
        return {(shape, pk): bytes(text) for shape, pk, text in cursor.fetchall()}


def _sql(shapes: int, keys: int) -> str:
    """Placeholders alone are filled in: no value enters the text."""
    places = ", ".join(["%s"] * shapes), ", ".join(["%s"] * keys)
    table = ReadyJson._meta.db_table
    return (
        f"SELECT shape, publication_id, text FROM {table}"  # noqa: S608
        f" WHERE shape IN ({places[0]}) AND publication_id IN ({places[1]})"
    )


def filled(text: bytes, shape: "Shape", source: Publication, run: "Run") -> orjson.Fragment:
    """The JSON of a record: its ready text with what may change put into the holes."""
    if HOLE not in text:
        return orjson.Fragment(text)
    pieces = text.split(HOLE)
    holes = range(1, len(pieces), 2)
    for place in holes:
        if pieces[place][:1] == FIELD:
            field = shape.fields[int(pieces[place][1:])]
            pieces[place] = orjson.dumps(field.complete(field.resolve(source, run), run))
    are_shown: list[bool] = []  # of the links that are open
    for place in holes:  # at last, as the fields may have fetched the pages that are linked to
        kind, subject = pieces[place][:1], pieces[place][1:]
        if kind == LINK:
            address = run.ready.address(subject.decode(), source)
            are_shown.append(bool(address))
            pieces[place] = _opening(address) if address else b""
        elif kind == LINK_END:
            pieces[place] = b"</a>" if are_shown.pop() else b""
    return orjson.Fragment(b"".join(pieces))


def _opening(address: str) -> bytes:
    """The tag of a link within a JSON text."""
    return orjson.dumps(f'<a href="{escape(address)}">')[1:-1]
