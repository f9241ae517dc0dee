"""From a public hearing to what came of it: the result names its hearing, not the other way."""

from functools import reduce
from operator import or_
from typing import Any

import graphene
from django.db.models import Q

from cms.publication.models import Publication
from content_api.reader import Reader, reader_of
from content_api.types import Link


def hearing_fields() -> dict[str, Any]:
    """The field `results` of a hearing, with its resolver."""

    def resolve_results(publication: Publication, info: Any) -> list[Publication]:
        return _results(reader_of(publication))[_key(publication.subject, publication.locale)]

    return {
        "results": graphene.List(
            graphene.NonNull(Link),
            required=True,
            description="The pages that say what came of the hearing, the earliest first.",
        ),
        "resolve_results": staticmethod(resolve_results),
    }


def _results(reader: Reader) -> dict[tuple[str, str], list[Publication]]:
    """The results of all hearings that were read here, found in one query."""
    hearings = [row for row in reader.publications if row.type == "ConsultationPage"]
    wanted = frozenset(_key(row.subject, row.locale) for row in hearings)
    found: dict[tuple[str, str], list[Publication]]
    known, found = getattr(reader, "hearing_results", (None, {}))
    if known != wanted:
        found = {key: [] for key in wanted}
        for row in _naming(reader, wanted):
            found.get(_key(row.data["fields"]["consultation"], row.locale), []).append(row)
        reader.hearing_results = (wanted, found)  # type: ignore[attr-defined]
    return found


def _naming(reader: Reader, wanted: frozenset[tuple[str, str]]) -> list[Publication]:
    """Public results whose snapshots name one of the hearings."""
    # A subject is a random UUID: where it stands in a snapshot, the record is referred to.
    named = reduce(or_, [Q(snapshot__contains=subject, locale=loc) for subject, loc in wanted])
    rows = reader.effective().filter(named, type="ConsultationResultPage")
    return list(rows.filter(address__path__isnull=False).order_by("id"))


def _key(subject: Any, locale: str) -> tuple[str, str]:
    return str(subject), locale
