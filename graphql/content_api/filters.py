"""Conditions on lists: what a front end may ask for, and the SQL that it becomes."""

import datetime
from typing import Any

import graphene
from django.db.models import Q, QuerySet, Subquery

from cms.publication.models import Address
from content_api.conditions import record_id
from content_api.registry import enums
from content_api.scalars import Date, plain

NewsKind = enums["NewsKind"]
OfficialInformationSection = enums["OfficialInformationSection"]


class PageFilter(graphene.InputObjectType):
    """Conditions that a page must all meet."""

    type = graphene.List(graphene.NonNull(graphene.String), description="Type names.")
    kind = graphene.List(
        graphene.NonNull(graphene.String), description="Keys of the field `kind`, e.g. ACT."
    )
    topic = graphene.List(graphene.NonNull(graphene.String), description="As `topics` names them.")
    fiscal_year = graphene.Int(description="Of the Buddhist era, e.g. 2570.")
    official_information = OfficialInformationSection(description="Fulfils this part of the Act.")
    begins_until = Date(description="Begins on this day or earlier.")
    finishes_from = Date(description="Ends on this day or later.")
    in_force_on = Date(
        description="Begins on this day or earlier, or at no set day, and has not ended by then."
    )
    has_fiscal_year = graphene.Boolean(description="Is about one fiscal year, or about none.")
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


def _key(kind: Any) -> str:
    """A choice as it is stored, from an enum member or its name: `LOCAL_ORDINANCE`."""
    return str(plain(kind)).lower().replace("_", "-")


def normal_path(path: str) -> str:
    """With one slash at either end."""
    inner = path.strip("/")
    return f"/{inner}/" if inner else "/"


def _within(path: str) -> str:
    """A public path without its language: `/th/news/` gives `/news/`."""
    first, _slash, rest = path.strip("/").partition("/")
    return normal_path(rest) if first in ("th", "en") else normal_path(path)


def filtered(
    rows: QuerySet, conditions: dict[str, Any], locale: str, place: dict[str, Any] | None = None
) -> QuerySet:
    """`rows` that meet all conditions of a filter input.

    `place` is that of the reader, as two sites may have the same path. Raises `Refused` for an id
    that is none of ours.
    """
    lookups: dict[str, Any] = {}
    for name, value in conditions.items():
        if value is None:
            continue
        if name == "under":
            lookups["address__path__startswith"] = path = _within(value)
            rows = rows.exclude(address__path=path)
        elif name == "child_of":
            parents = Address.objects.filter(path=_within(value), locale=locale, **(place or {}))
            # One value, not a list of one: a database then takes the rows in their order.
            lookups["parent"] = Subquery(parents.values("subject")[:1])
        elif name == "in_force_on":
            rows = rows.filter(_in_force(value))
        elif name in ("department", "disclosure_item"):
            lookups[name] = record_id(value)
        else:
            lookup, plain = _LOOKUPS[name](value)
            lookups[lookup] = plain
    return rows.filter(**lookups)


def _in_force(day: datetime.date) -> Q:
    """The day of repeal is the first day without force."""
    has_begun = Q(begins_on__isnull=True) | Q(begins_on__lte=day)
    return has_begun & (Q(finishes_on__isnull=True) | Q(finishes_on__gt=day))


_LOOKUPS: dict[str, Any] = {
    "type": lambda value: ("type__in", value),
    "kind": lambda value: ("category__in", [_key(kind) for kind in value]),
    "topic": lambda value: ("topic__in", value),
    "fiscal_year": lambda value: ("fiscal_year", value),
    "has_fiscal_year": lambda value: ("fiscal_year__isnull", not value),
    "official_information": lambda value: (
        "official_information__contains",
        f"|{plain(value)}|",
    ),
    "begins_until": lambda value: ("begins_on__lte", value),
    "finishes_from": lambda value: ("finishes_on__gte", value),
    "is_urgent": lambda value: ("is_urgent", value),
    "posted_from": lambda value: ("posted_on__gte", value),
    "posted_until": lambda value: ("posted_on__lte", value),
}
