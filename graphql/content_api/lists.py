"""The root fields that list publications: pages, news, records without a page."""

from typing import Any

import graphene
from django.db.models import QuerySet

from content_api.connections import (
    RepeatedList,
    Slice,
    connection,
    paging_arguments,
    repeated_slice,
    slice_of,
)
from content_api.filters import NewsFilter, PageFilter, filtered, plain
from content_api.locales import in_languages, locale_arguments, served, wanted
from content_api.orders import PageOrder, RecordOrder, columns_by, ordered
from content_api.reader import Reader, reader_at
from content_api.registry import Page
from content_api.scalars import DateTime
from content_api.types import Node, object_types
from content_api.where import Conditions, PageWhere, RecordWhere, meeting, of_pages, of_records

NodeConnection = connection("Node", Node)
PageConnection = connection("Page", Page)
NewsConnection = connection("News", object_types["NewsPage"])
_NEWS = "NewsPage"

_list_arguments = {
    **locale_arguments,
    **paging_arguments,
    "as_of": DateTime(description="As it stood at that moment; not in the future."),
}


class ListQueries:
    """The root fields about lists."""

    pages = graphene.Field(
        PageConnection,
        required=True,
        filter=PageFilter(description="Simple conditions, all of which a page must meet."),
        where=PageWhere(description="Conditions on any public field, to be met besides `filter`."),
        order=PageOrder(required=True, default_value="newest", description="The newest first."),
        description="Pages of every type.",
        **_list_arguments,
    )
    records = graphene.Field(
        NodeConnection,
        required=True,
        type=graphene.List(
            graphene.NonNull(graphene.String), required=True, description="E.g. Position, Banner."
        ),
        kind=graphene.List(
            graphene.NonNull(graphene.String), description="Keys of `kind` or `group`."
        ),
        where=RecordWhere(description="Conditions on any public field."),
        order=RecordOrder(
            required=True, default_value="menu", description="The office's order first."
        ),
        description="Records without a page of their own.",
        **_list_arguments,
    )
    news = graphene.Field(
        NewsConnection,
        required=True,
        filter=NewsFilter(description="Simple conditions, all of which an item must meet."),
        where=PageWhere(description="Conditions on any public field, besides `filter`."),
        order=PageOrder(required=True, default_value="posted", description="The latest day first."),
        description="Items of news that have a date of posting.",
        **_list_arguments,
    )

    @staticmethod
    def resolve_pages(root: Any, info: Any, **arguments: Any) -> Slice:
        """Pages of every type, filtered."""
        return _listed(info, "pages", arguments)

    @staticmethod
    def resolve_records(
        root: Any, info: Any, type: list[str], kind: list[str] | None = None, **arguments: Any
    ) -> Slice:
        """Records by type and kind."""
        return _listed(info, "records", {**arguments, "filter": {"type": type, "kind": kind}})

    @staticmethod
    def resolve_news(root: Any, info: Any, **arguments: Any) -> Slice:
        """Only what has a day, as readers of news ask for it by day."""
        return _listed(info, "news", arguments)


# What stands in each list before anything is asked of it, and what `where` can say there.
_LISTS: dict[str, tuple[dict[str, Any], Conditions]] = {
    "pages": ({"address__path__isnull": False}, of_pages),
    "records": ({"address__path__isnull": True}, of_records),
    "news": ({"type": _NEWS, "posted_on__isnull": False}, of_pages),
}
_PAGING = {*paging_arguments, "as_of"}  # what asks for another part of one list
MAX_REPEATED = 2000  # characters: more than any of our own questions


def _listed(info: Any, name: str, arguments: dict[str, Any]) -> Slice:
    """The part of a list that the arguments of a root field ask for."""
    reader = reader_at(info, arguments.get("as_of"))
    languages = wanted(arguments["locale"], arguments.get("fallback"))
    order, columns = columns_by(str(plain(arguments["order"])))
    whole, conditions = _LISTS[name]

    def rows(reader: Reader) -> QuerySet:
        rows = reader.effective().filter(in_languages(reader, languages), **whole)
        rows = filtered(rows, arguments.get("filter") or {}, languages[0], reader.place)
        rows = meeting(rows, arguments.get("where"), conditions)
        return ordered(rows, arguments["order"])

    def read(found: list[Any]) -> list[Any]:
        return served(reader, found, languages)

    # Whatever `rows` depends on, but the reader: texts are in quotes, so no two of these are alike.
    key = repr((name, {key: said for key, said in arguments.items() if key not in _PAGING}))
    if len(key) > MAX_REPEATED:  # nobody's memory is filled with what is hardly asked twice
        return slice_of(rows(reader), order, arguments, read)
    asked = RepeatedList(key, rows, order, columns, info.context.ready_shape)
    return repeated_slice(reader, asked, arguments, read)
