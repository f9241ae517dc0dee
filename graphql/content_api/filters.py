"""Conditions on lists: what a front end may ask for, and the SQL that it becomes."""

import uuid
from typing import Any

import graphene
from django.db.models import QuerySet
from graphql import GraphQLError

from cms.publication.models import Address
from content_api.registry import enums
from content_api.scalars import Date

NewsKind = enums["NewsKind"]


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


def plain(value: Any) -> Any:
    """Graphene hands on enum members or their values: the value."""
    return getattr(value, "value", value)


def normal_path(path: str) -> str:
    """With one slash at either end."""
    inner = path.strip("/")
    return f"/{inner}/" if inner else "/"


def _within(path: str) -> str:
    """A public path without its language: `/th/news/` gives `/news/`."""
    first, _slash, rest = path.strip("/").partition("/")
    return normal_path(rest) if first in ("th", "en") else normal_path(path)


def filtered(rows: QuerySet, conditions: dict[str, Any], locale: str) -> QuerySet:
    """`rows` that meet all conditions of a filter input.

    Raises `GraphQLError` for an id that is none of ours.
    """
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
    "kind": lambda value: ("category__in", [plain(kind) for kind in value]),
    "is_urgent": lambda value: ("is_urgent", value),
    "posted_from": lambda value: ("posted_on__gte", value),
    "posted_until": lambda value: ("posted_on__lte", value),
}


def _subject_of(node_id: str) -> str:
    try:
        return str(uuid.UUID(node_id.partition(":")[0]))
    except ValueError as error:
        raise GraphQLError("This is not an id of ours.") from error
