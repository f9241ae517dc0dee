"""The root of the schema: what a reader can ask."""

import datetime
from collections import defaultdict
from typing import Any

import graphene
from django.utils import timezone
from graphql import GraphQLError

from cms.publication.models import Publication
from content_api.blocks import block_types
from content_api.connections import connection, slice_of
from content_api.filters import NewsFilter, PageFilter, filtered, normal_path, plain
from content_api.reader import Reader
from content_api.registry import Page
from content_api.results import PageResult, elsewhere
from content_api.scalars import DateTime, Locale
from content_api.types import object_types, public_path

Department, NewsPage = object_types["Department"], object_types["NewsPage"]


class NavigationItem(graphene.ObjectType):
    """A section in the menus, with the sections below it."""

    title = graphene.String(required=True)
    path = graphene.String(required=True)
    children = graphene.List(lambda: graphene.NonNull(NavigationItem), required=True)


class PageOrder(graphene.Enum):
    """The orders in which pages can be listed."""

    NEWEST = "newest"
    MENU = "menu"


_ORDERS = {"newest": ("-id",), "menu": ("sort_order", "title", "id")}


PageConnection = connection("Page", Page)
NewsConnection = connection("News", NewsPage)
_list_arguments = {
    "locale": Locale(required=True, default_value="th"),
    "first": graphene.Int(required=True, default_value=20, description="At most 100."),
    "after": graphene.String(description="The cursor of the row before."),
    "as_of": DateTime(description="As it stood at that moment; not in the future."),
}


class Query(graphene.ObjectType):
    """Everything that is public. Drafts, signers' and citizens' data are not reachable."""

    page = graphene.Field(
        PageResult,
        path=graphene.String(description="Within the language, e.g. /news/flood/."),
        permanent_id=graphene.String(description="Instead of a path."),
        locale=Locale(required=True, default_value="th"),
        as_of=DateTime(description="As it stood at that moment; not in the future."),
        description="What stands at an address; null where nothing ever stood.",
    )
    pages = graphene.Field(
        PageConnection,
        required=True,
        filter=PageFilter(),
        order=PageOrder(required=True, default_value="newest"),
        **_list_arguments,
    )
    news = graphene.Field(NewsConnection, required=True, filter=NewsFilter(), **_list_arguments)
    navigation = graphene.List(
        graphene.NonNull(NavigationItem),
        required=True,
        locale=Locale(required=True, default_value="th"),
        description="The sections in the menus, nested.",
    )
    departments = graphene.List(
        graphene.NonNull(Department),
        required=True,
        locale=Locale(required=True, default_value="th"),
        description="The divisions of the office, in their order.",
    )

    @staticmethod
    def resolve_page(
        root: Any,
        info: Any,
        locale: str,
        path: str | None = None,
        permanent_id: str | None = None,
        as_of: datetime.datetime | None = None,
    ) -> Any:
        """By path or by permanent id."""
        if (path is None) == (permanent_id is None):
            raise GraphQLError("Give either path or permanentId.")
        reader = _reader(info, as_of)
        locale = plain(locale)
        if path is None:
            place: dict[str, Any] = {"address__short_id": permanent_id}
        elif draft := getattr(reader, "draft", None):
            return draft
        else:
            path = normal_path(path)
            place = {"address__path": path}
        found = reader.effective().filter(locale=locale, **place).first()
        if found:
            return reader.read([found])[0]
        return elsewhere(path, permanent_id, locale)

    @staticmethod
    def resolve_pages(
        root: Any,
        info: Any,
        locale: str,
        first: int,
        order: str,
        filter: dict[str, Any] | None = None,
        after: str | None = None,
        as_of: datetime.datetime | None = None,
    ) -> Any:
        """Pages of every type, filtered."""
        reader = _reader(info, as_of)
        rows = reader.effective().filter(locale=plain(locale), address__path__isnull=False)
        rows = filtered(rows, filter or {}, plain(locale))
        return slice_of(rows, _ORDERS[plain(order)], first, after, reader)

    @staticmethod
    def resolve_news(
        root: Any,
        info: Any,
        locale: str,
        first: int,
        filter: dict[str, Any] | None = None,
        after: str | None = None,
        as_of: datetime.datetime | None = None,
    ) -> Any:
        """News, the latest day first."""
        reader = _reader(info, as_of)
        rows = reader.effective().filter(
            locale=plain(locale), type="NewsPage", posted_on__isnull=False
        )
        rows = filtered(rows, filter or {}, plain(locale))
        return slice_of(rows, ("-posted_on", "-id"), first, after, reader)

    @staticmethod
    def resolve_navigation(root: Any, info: Any, locale: str) -> list[NavigationItem]:
        """One query, whatever the depth."""
        found = (
            Publication.objects.effective()
            .filter(locale=plain(locale), in_menu=True, address__path__isnull=False)
            .exclude(type="HomePage")
            .select_related("address")
            .defer("snapshot")
            .order_by("sort_order", "title", "id")
        )
        children = defaultdict(list)
        rows = list(found)
        subjects = {row.subject for row in rows}
        for row in rows:
            children[row.parent if row.parent in subjects else None].append(row)

        def item(row: Publication) -> NavigationItem:
            below = [item(child) for child in children[row.subject]]
            return NavigationItem(title=row.title, path=public_path(row), children=below)

        return [item(row) for row in children[None]]

    @staticmethod
    def resolve_departments(root: Any, info: Any, locale: str) -> list[Publication]:
        """Small: the whole list."""
        reader = _reader(info, None)
        rows = reader.effective().filter(locale=plain(locale), type="Department")
        return reader.read(rows.order_by("sort_order", "id"))


def _reader(info: Any, as_of: datetime.datetime | None) -> Reader:
    if as_of and as_of > timezone.now():
        raise GraphQLError("asOf may not be in the future.")
    return info.context.reader(as_of)


schema = graphene.Schema(
    query=Query, types=[*object_types.values(), *block_types.values()], auto_camelcase=True
)
