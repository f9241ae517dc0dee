"""The root fields that list publications: pages, news, records without a page."""

from typing import Any

import graphene
from django.db.models import QuerySet

from content_api.connections import Slice, connection, paging_arguments, slice_of
from content_api.filters import NewsFilter, PageFilter, filtered
from content_api.locales import in_languages, locale_arguments, served, wanted
from content_api.orders import PageOrder, RecordOrder, in_order
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
        reader = reader_at(info, arguments.get("as_of"))
        return _listed(reader, reader.effective().filter(address__path__isnull=False), arguments)

    @staticmethod
    def resolve_records(
        root: Any, info: Any, type: list[str], kind: list[str] | None = None, **arguments: Any
    ) -> Slice:
        """Records by type and kind."""
        reader = reader_at(info, arguments.get("as_of"))
        arguments["filter"] = {"type": type, "kind": kind}
        return _listed(
            reader, reader.effective().filter(address__path__isnull=True), arguments, of_records
        )

    @staticmethod
    def resolve_news(root: Any, info: Any, **arguments: Any) -> Slice:
        """Only what has a day, as readers of news ask for it by day."""
        reader = reader_at(info, arguments.get("as_of"))
        rows = reader.effective().filter(type=_NEWS, posted_on__isnull=False)
        return _listed(reader, rows, arguments)


def _listed(
    reader: Reader,
    rows: QuerySet,
    arguments: dict[str, Any],
    conditions: Conditions = of_pages,
) -> Slice:
    """The part of a list that the arguments of a root field ask for."""
    languages = wanted(arguments["locale"], arguments.get("fallback"))
    rows = rows.filter(in_languages(reader, languages))
    rows = filtered(rows, arguments.get("filter") or {}, languages[0], reader.place)
    rows = meeting(rows, arguments.get("where"), conditions)
    rows, columns = in_order(rows, arguments["order"])
    return slice_of(rows, columns, arguments, lambda found: served(reader, found, languages))
