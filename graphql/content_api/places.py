"""The root fields that find one record: by its address, by its permanent id, by its global id."""

import datetime
import uuid
from typing import Any

import graphene
from django.utils.translation import gettext_lazy as _

from cms.publication.models import Publication
from content_api.errors import Refused
from content_api.locales import locale_arguments, place_of, served, wanted
from content_api.reader import Reader, reader_at
from content_api.results import PageResult, Redirect, elsewhere
from content_api.scalars import DateTime
from content_api.types import Node, public_path

MAX_NODES = 100


class PlaceQueries:
    """The root fields about one record."""

    node = graphene.Field(
        Node,
        id=graphene.ID(required=True, description="As the field `id` of a record gave it."),
        description="A record by its global id; null for whatever is not public now.",
    )
    nodes = graphene.List(
        Node,
        required=True,
        ids=graphene.List(
            graphene.NonNull(graphene.ID), required=True, description=f"At most {MAX_NODES}."
        ),
        description="Records by their global ids, in that order, null where one is not public.",
    )
    page = graphene.Field(
        PageResult,
        path=graphene.String(
            description="As in a browser (/th/news/flood/) or within the language (/news/flood/)."
            " A language in the path goes before `locale`."
        ),
        permanent_id=graphene.String(description="Instead of a path."),
        as_of=DateTime(description="As it stood at that moment; not in the future."),
        description="What stands at an address; null where nothing ever stood.",
        **locale_arguments,
    )

    @staticmethod
    def resolve_node(root: Any, info: Any, id: str) -> Publication | None:
        """One query."""
        return _nodes(info.context.reader(), [id])[0]

    @staticmethod
    def resolve_nodes(root: Any, info: Any, ids: list[str]) -> list[Publication | None]:
        """One query, whatever their number."""
        if len(ids) > MAX_NODES:
            raise Refused(_("At most %(limit)s ids can be asked for."), limit=MAX_NODES)
        return _nodes(info.context.reader(), ids)

    @staticmethod
    def resolve_page(
        root: Any,
        info: Any,
        locale: str,
        fallback: list[str] | None = None,
        path: str | None = None,
        permanent_id: str | None = None,
        as_of: datetime.datetime | None = None,
    ) -> Any:
        """By path or by permanent id."""
        if (path is None) == (permanent_id is None):
            raise Refused(_("Give either path or permanentId."))
        reader = reader_at(info, as_of)
        languages = wanted(locale, fallback)
        if path is None:
            place: dict[str, Any] = {"address__short_id": permanent_id}
        elif draft := getattr(reader, "draft", None):
            return draft
        else:
            named, path = place_of(path)
            languages = wanted(named or locale, fallback)
            place = {"address__path": path}
        rows = reader.standing(languages, info.context.ready_shape, **place)
        rows = [row for row in rows if row.address.path]  # a record has a permanent id too
        found = min(rows, key=lambda row: languages.index(row.locale), default=None)
        if found is None or found.locale != languages[0]:
            reader.found_elsewhere = True  # the wanted one may be published yet
        if found:
            return _better(reader, found, languages) or served(reader, [found], languages)[0]
        for language in languages:
            if gone := elsewhere(info.context.reader(), path, permanent_id, language):
                return gone
        return None


def _better(reader: Reader, found: Publication, languages: tuple[str, ...]) -> Redirect | None:
    """To the same record in a language that is wanted more, where that stands elsewhere."""
    more_wanted = languages[: languages.index(found.locale)]
    if not more_wanted:
        return None
    rows = reader.effective().filter(subject=found.subject, locale__in=more_wanted)
    best = min(rows, key=lambda row: languages.index(row.locale), default=None)
    return Redirect.to(public_path(best)) if best and best.address.path else None


def _nodes(reader: Reader, ids: list[str]) -> list[Publication | None]:
    keys = [_key(node_id) for node_id in ids]
    subjects = {key[0] for key in keys if key}
    rows = reader.read(reader.effective().filter(subject__in=subjects)) if subjects else []
    found = {(row.subject, row.locale): row for row in rows}
    if not all(key in found for key in keys):
        reader.found_elsewhere = True  # it may be published yet
    return [found.get(key) if key else None for key in keys]


def _key(node_id: str) -> tuple[uuid.UUID, str] | None:
    subject, _colon, locale = node_id.partition(":")
    try:
        return uuid.UUID(subject), locale
    except ValueError:
        return None
