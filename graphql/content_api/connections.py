"""Relay connections over publications, with keyset cursors: deep pages cost what the first does."""

import base64
import datetime
import json
from typing import Any, NamedTuple

import graphene
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from graphql import GraphQLError

from cms.publication.models import Publication

MAX_PAGE_SIZE = 100


class PageInfo(graphene.ObjectType):
    """Where a slice of a list begins and ends."""

    has_next_page = graphene.Boolean(required=True)
    has_previous_page = graphene.Boolean(required=True)
    start_cursor = graphene.String()
    end_cursor = graphene.String()


class Slice(NamedTuple):
    """One page of a list: its rows, how they are ordered, and what the page info says."""

    rows: list[Publication]
    order: tuple[str, ...]
    all_rows: QuerySet
    has_next_page: bool
    has_previous_page: bool

    @property
    def start_cursor(self) -> str | None:
        """Of the first row."""
        return cursor_of(self.rows[0], self.order) if self.rows else None

    @property
    def end_cursor(self) -> str | None:
        """Of the last row."""
        return cursor_of(self.rows[-1], self.order) if self.rows else None


def connection(name: str, node_type: Any) -> type[graphene.ObjectType]:
    """The connection type for lists of `node_type`, with its edge type."""
    edge = type(
        f"{name}Edge",
        (graphene.ObjectType,),
        {
            "__doc__": "A row of a list and its cursor.",
            "node": graphene.Field(node_type, required=True),
            "cursor": graphene.String(required=True),
        },
    )

    def resolve_edges(found: Slice, info: Any) -> list[Any]:
        return [edge(node=row, cursor=cursor_of(row, found.order)) for row in found.rows]

    members = {
        "__doc__": "A part of a list, as in the Relay specification.",
        "edges": graphene.List(graphene.NonNull(edge), required=True),
        "nodes": graphene.List(graphene.NonNull(node_type), required=True),
        "page_info": graphene.Field(PageInfo, required=True),
        "total_count": graphene.Int(required=True, description="Of the whole list."),
        "resolve_edges": staticmethod(resolve_edges),
        "resolve_nodes": staticmethod(lambda found, info: found.rows),
        "resolve_page_info": staticmethod(lambda found, info: found),
        "resolve_total_count": staticmethod(lambda found, info: found.all_rows.count()),
    }
    return type(f"{name}Connection", (graphene.ObjectType,), members)


def slice_of(
    rows: QuerySet, order: tuple[str, ...], first: int, after: str | None, reader: Any
) -> Slice:
    """The `first` rows after a cursor.

    `order` are columns without nulls, each "-" for descending; the last must be unique. Raises
    `GraphQLError` for a page size outside 0..100 or a cursor that is not ours.
    """
    if not 0 <= first <= MAX_PAGE_SIZE:
        raise GraphQLError(f"first must be between 0 and {MAX_PAGE_SIZE}.")
    window = rows.order_by(*order)
    if after:
        window = window.filter(_beyond(order, _values_of(after, order)))
    found = list(window[: first + 1])
    return Slice(reader.read(found[:first]), order, rows, len(found) > first, bool(after))


def cursor_of(row: Publication, order: tuple[str, ...]) -> str:
    """An opaque text that names a row's place in an order."""
    values = [getattr(row, name.lstrip("-")) for name in order]
    plain = [value.isoformat() if isinstance(value, datetime.date) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode()


def _values_of(cursor: str, order: tuple[str, ...]) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        columns: list[Any] = [Publication._meta.get_field(n.lstrip("-")) for n in order]
        if len(values) != len(columns):
            raise ValueError
        return [column.to_python(value) for column, value in zip(columns, values, strict=True)]
    except (ValueError, TypeError, OverflowError, ValidationError) as error:
        raise GraphQLError("This cursor is not one of ours.") from error


def _beyond(order: tuple[str, ...], values: list[Any]) -> Q:
    """Rows after the given values: greater in the first column, or equal and so on."""
    condition, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        column = name.lstrip("-")
        direction = "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{column}__{direction}": value})
        equal &= Q(**{column: value})
    return condition
