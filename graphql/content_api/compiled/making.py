"""Makes the ready text of publications: for each shape that stored operations ask, once."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import product
from typing import Any

import orjson
from django.db import connection
from django.utils import translation
from graphql import DocumentNode

from cms.publication.models import Publication
from content_api.compiled.frozen import Changing, Frozen
from content_api.compiled.plans import Plan
from content_api.compiled.ready import FIELD, HOLE, LINK, LINK_END, is_worth_keeping
from content_api.compiled.running import Run
from content_api.compiled.selections import NotCompiled, operation_of
from content_api.compiled.shapes import AskedField, Shape
from content_api.models import ReadyJson
from content_api.reader import Reader
from content_api.schema import schema

BATCH = 200
_MARKED_LINK = re.compile(rb'<a href=\\"/\\u001e([0-9a-f-]{36})\\u001e\\">(.*?)</a>')
_MARKED = b"\\u001e"


class Shapes:
    """The shapes that some documents ask, by type."""

    def __init__(self, documents: Iterable[DocumentNode]) -> None:
        self._plans = [plan for document in documents for plan in _plans(document)]
        self._by_type: dict[str, dict[str, tuple[Shape, Plan]]] = {}

    def of(self, type_name: str) -> dict[str, tuple[Shape, Plan]]:
        """Each shape of a type by its name, with a plan that asks it."""
        if type_name not in self._by_type:
            self._by_type[type_name] = {
                shape.name: (shape, plan)
                for plan in self._plans
                for shape in plan.shapes(type_name)
            }
        return self._by_type[type_name]

    def make(self, publications: list[Publication]) -> int:
        """Makes what is lacking for some publications; how many texts that were."""
        publications = [row for row in publications if is_worth_keeping(row)]
        Reader().read(publications)
        keys = [publication.pk for publication in publications]
        rows = ReadyJson.objects.filter(publication__in=keys)
        known = set(rows.values_list("shape", "publication_id"))
        made = [
            ReadyJson(publication=publication, shape=name, text=_text(shape, plan, publication))
            for publication in publications
            for name, (shape, plan) in self.of(publication.type).items()
            if (name, publication.pk) not in known
        ]
        ReadyJson.objects.bulk_create(made, ignore_conflicts=True)
        return len(made)


@cache
def stored_shapes() -> Shapes:
    """Those of the stored operations."""
    from content_api.operations import document, operation_names

    return Shapes(document(name) for name in operation_names())


def _plans(document: DocumentNode) -> Iterator[Plan]:
    try:
        operation = operation_of(schema.graphql_schema, document, None)
        for values in product([True, False], repeat=len(operation.conditions)):
            yield Plan(operation, dict(zip(operation.conditions, values, strict=True)))
    except NotCompiled:
        return


def _text(shape: Shape, plan: Plan, publication: Publication) -> bytes:
    """The JSON object of a publication with holes."""
    reader = publication.reader  # type: ignore[attr-defined]
    for sha256 in publication.data["files"]:
        reader.file(sha256, publication)  # the first fetches those of all that were read
    frozen = Frozen(publication, reader)
    run = Run(plan.operation, None, {})
    pieces = []
    with translation.override(publication.locale), _without_queries():
        for number, field in enumerate(shape.fields):
            kept = _kept(field, frozen, run) if field.can_be_kept else None
            hole = HOLE + FIELD + str(number).encode() + HOLE
            pieces.append(orjson.dumps(field.key) + b":" + (hole if kept is None else kept))
    return b"{" + b",".join(pieces) + b"}"


def _kept(field: AskedField, frozen: Frozen, run: Run) -> bytes | None:
    """The JSON of one field; None where it may change for this record, or is an error."""
    asked_before = frozen.reader.links
    try:
        text = orjson.dumps(field.complete(field.resolve(frozen, run), run))
    except Exception:  # noqa: BLE001
        return None  # asked again in every answer, which then says what is wrong
    text, links = _MARKED_LINK.subn(_link, text)
    # Every page that was asked for must stand in a link that was found here.
    if links != frozen.reader.links - asked_before or _MARKED in text:
        return None
    return text


def _link(found: re.Match[bytes]) -> bytes:
    return HOLE + LINK + found[1] + HOLE + found[2] + HOLE + LINK_END + HOLE


@contextmanager
def _without_queries() -> Iterator[None]:
    def refuse(*_args: Any) -> None:
        raise Changing("a query")

    with connection.execute_wrapper(refuse):
        yield
