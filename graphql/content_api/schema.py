"""The root of the schema: what a reader can ask."""

import datetime
import uuid
from collections import defaultdict
from typing import Any

import graphene
from django.db.models import QuerySet
from django.utils import timezone
from graphql import GraphQLError

from cms.publication.models import Address, FormerPath, Publication
from content_api.blocks import block_types
from content_api.connections import connection, slice_of
from content_api.reader import Reader
from content_api.registry import Page, build_types, enums
from content_api.scalars import Date, DateTime, Locale
from content_api.types import object_types, public_path

_object_types = build_types()
Department, NewsPage = object_types["Department"], object_types["NewsPage"]
NewsKind = enums["NewsKind"]


class Redirect(graphene.ObjectType):
    """The page has moved."""

    path = graphene.String(required=True, description="Where it stands now.")


class Gone(graphene.ObjectType):
    """What stood here is not public any more."""

    title = graphene.String(required=True)
    reason = graphene.String(description="Why it was withdrawn; null where its time is over.")
    gone_since = DateTime(required=True)


class PageResult(graphene.Union):
    """What stands at an address."""

    class Meta:
        types = (
            *[kind for kind in _object_types if Page in kind._meta.interfaces],
            Redirect,
            Gone,
        )

    @classmethod
    def resolve_type(cls, found: Any, info: Any) -> Any:
        """A publication names its own type."""
        return object_types[found.type] if isinstance(found, Publication) else type(found)


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


class PageFilter(graphene.InputObjectType):
    """Conditions that a page must all meet."""

    type = graphene.List(graphene.NonNull(graphene.String), description="Type names.")
    under = graphene.String(description="Anywhere below this path, e.g. /th/news/.")
    child_of = graphene.String(description="Directly below this path.")
    department = graphene.ID(description="The id of a Department.")
    disclosure_item = graphene.ID(description="The id of a DisclosureItem.")
    is_urgent = graphene.Boolean()


class NewsFilter(graphene.InputObjectType):
    """Conditions that an item of news must all meet."""

    kind = graphene.List(graphene.NonNull(NewsKind))
    department = graphene.ID(description="The id of a Department.")
    is_urgent = graphene.Boolean()
    posted_from = Date(description="This day or later.")
    posted_until = Date(description="This day or earlier.")


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
        locale = _plain(locale)
        if path is None:
            place: dict[str, Any] = {"address__short_id": permanent_id}
        elif draft := getattr(reader, "draft", None):
            return draft
        else:
            path = _normal(path)
            place = {"address__path": path}
        found = reader.effective().filter(locale=locale, **place).first()
        if found:
            return reader.read([found])[0]
        return _elsewhere(path, permanent_id, locale)

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
        rows = reader.effective().filter(locale=_plain(locale), address__path__isnull=False)
        rows = _filtered(rows, filter or {}, _plain(locale))
        return slice_of(rows, _ORDERS[_plain(order)], first, after, reader)

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
            locale=_plain(locale), type="NewsPage", posted_on__isnull=False
        )
        rows = _filtered(rows, filter or {}, _plain(locale))
        return slice_of(rows, ("-posted_on", "-id"), first, after, reader)

    @staticmethod
    def resolve_navigation(root: Any, info: Any, locale: str) -> list[NavigationItem]:
        """One query, whatever the depth."""
        found = (
            Publication.objects.effective()
            .filter(locale=_plain(locale), in_menu=True, address__path__isnull=False)
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
        rows = reader.effective().filter(locale=_plain(locale), type="Department")
        return reader.read(rows.order_by("sort_order", "id"))


def _reader(info: Any, as_of: datetime.datetime | None) -> Reader:
    if as_of and as_of > timezone.now():
        raise GraphQLError("asOf may not be in the future.")
    return info.context.reader(as_of)


def _plain(value: Any) -> Any:
    """Graphene hands on enum members or their values."""
    return getattr(value, "value", value)


def _normal(path: str) -> str:
    """With one slash at either end."""
    inner = path.strip("/")
    return f"/{inner}/" if inner else "/"


def _within(path: str) -> str:
    """A public path without its language: `/th/news/` gives `/news/`."""
    first, _slash, rest = path.strip("/").partition("/")
    return _normal(rest) if first in ("th", "en") else _normal(path)


def _filtered(rows: QuerySet, conditions: dict[str, Any], locale: str) -> QuerySet:
    lookups: dict[str, Any] = {}
    for name, value in conditions.items():
        if value is None:
            continue
        if name == "under":
            lookups["address__path__startswith"] = path = _within(value)
            rows = rows.exclude(address__path=path)
        elif name == "child_of":
            parents = Address.objects.filter(path=_within(value), locale=locale)
            lookups["parent__in"] = parents.values("subject")
        elif name in ("department", "disclosure_item"):
            lookups[name] = _subject_of(value)
        else:
            lookup, plain = _LOOKUPS[name](value)
            lookups[lookup] = plain
    return rows.filter(**lookups)


_LOOKUPS: dict[str, Any] = {
    "type": lambda value: ("type__in", value),
    "kind": lambda value: ("category__in", [_plain(kind) for kind in value]),
    "is_urgent": lambda value: ("is_urgent", value),
    "posted_from": lambda value: ("posted_on__gte", value),
    "posted_until": lambda value: ("posted_on__lte", value),
}


def _subject_of(node_id: str) -> str:
    try:
        return str(uuid.UUID(node_id.partition(":")[0]))
    except ValueError as error:
        raise GraphQLError("This is not an id of ours.") from error


def _elsewhere(path: str | None, permanent_id: str | None, locale: str) -> Redirect | Gone | None:
    """Where a page went that is not at the place that was asked for; null: it never was."""
    if permanent_id is not None:
        address = Address.objects.filter(short_id=permanent_id, locale=locale).first()
    else:
        former = FormerPath.objects.filter(path=path, locale=locale).select_related("address")
        moved = former.first()
        address = moved.address if moved else None
        address = address or Address.objects.filter(path=path, locale=locale).first()
    if address is None:
        return None
    now = timezone.now()
    last = address.publications.filter(effective_from__lte=now).order_by("-sequence").first()
    if last is None:
        return None  # it has not begun: nobody may know
    if last.kind == Publication.Kind.WITHDRAWAL:
        return Gone(title=last.title, reason=last.data["reason"], gone_since=last.effective_from)
    if last.effective_until and last.effective_until <= now:
        return Gone(title=last.title, reason=None, gone_since=last.effective_until)
    return Redirect(path=public_path_of(address)) if address.path else None


def public_path_of(address: Address) -> str:
    """The address below the origin."""
    return f"/{address.locale}{address.path}"


schema = graphene.Schema(
    query=Query, types=[*_object_types, *block_types.values()], auto_camelcase=True
)
