"""Relay connections with keyset cursors: deep pages cost what the first does, both ways."""

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

import graphene
from django.db.models import Field, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from content_api.compiled.joined import settled, with_ready_text
from content_api.cursors import (
    Order,
    beyond,
    columns_of,
    cursor_of,
    name_of,
    reversed_order,
    values_of,
)
from content_api.errors import Refused
from content_api.reader import Reader

MAX_PAGE_SIZE = 100
DEFAULT_PAGE_SIZE = 20
Reading = Callable[[list[Any]], list[Any]]

# The arguments of every list, for its root field; resolvers hand them on as `paging`.
paging_arguments = {
    "first": graphene.Int(
        description=f"How many: at most {MAX_PAGE_SIZE}, {DEFAULT_PAGE_SIZE} where nothing is said."
    ),
    "after": graphene.String(description="Only what comes after this cursor."),
    "last": graphene.Int(description="Instead of `first`: how many from the end."),
    "before": graphene.String(description="Only what comes before this cursor."),
}


class PageInfo(graphene.ObjectType):
    """Where a slice of a list begins and ends."""

    has_next_page = graphene.Boolean(required=True, description="Whether rows follow.")
    has_previous_page = graphene.Boolean(required=True, description="Whether rows come before.")
    start_cursor = graphene.String(description="Of the first row here.")
    end_cursor = graphene.String(description="Of the last row here.")


class Slice(NamedTuple):
    """One page of a list. What is beyond it is looked up only where somebody asks."""

    rows: list[Any]
    order: Order
    whole: Callable[[], QuerySet]
    has_more_after: bool
    has_more_before: bool
    after: list[Any] | None = None
    before: list[Any] | None = None
    beside: Any = None  # what the extra fields of a connection need to know

    @property
    def all_rows(self) -> QuerySet:
        """The whole list."""
        return self.whole()

    @property
    def has_next_page(self) -> bool:
        """Whether the list goes on after this page."""
        return self.has_more_after or self._is_anything(self.before, reversed_order(self.order))

    @property
    def has_previous_page(self) -> bool:
        """Whether the list has rows before this page."""
        return self.has_more_before or self._is_anything(self.after, self.order)

    @property
    def start_cursor(self) -> str | None:
        """Of the first row."""
        return cursor_of(self.rows[0], self.order) if self.rows else None

    @property
    def end_cursor(self) -> str | None:
        """Of the last row."""
        return cursor_of(self.rows[-1], self.order) if self.rows else None

    def _is_anything(self, values: list[Any] | None, order: Order) -> bool:
        """Whether a row stands at these values or, in this order, before them."""
        if values is None:
            return False
        at = dict(zip((name_of(column) for column in order), values, strict=True))
        outside = beyond(reversed_order(order), values) | Q(**at)
        return self.all_rows.filter(outside).exists()


def connection(
    name: str, node_type: Any, extra: dict[str, Any] | None = None
) -> type[graphene.ObjectType]:
    """The connection type for lists of `node_type`, with its edge type; `extra` adds fields."""
    edge = type(
        f"{name}Edge",
        (graphene.ObjectType,),
        {
            "__doc__": "A row of a list and its cursor.",
            "node": graphene.Field(node_type, required=True, description="The row."),
            "cursor": graphene.String(required=True, description="Its place in this order."),
        },
    )

    def resolve_edges(found: Slice, info: Any) -> list[Any]:
        return [edge(node=row, cursor=cursor_of(row, found.order)) for row in found.rows]

    members = {
        "__doc__": "A part of a list, as in the Relay specification.",
        "edges": graphene.List(
            graphene.NonNull(edge), required=True, description="The rows with their cursors."
        ),
        "nodes": graphene.List(
            graphene.NonNull(node_type), required=True, description="The rows alone."
        ),
        "page_info": graphene.Field(PageInfo, required=True, description="What lies beyond."),
        "total_count": graphene.Int(required=True, description="Of the whole list."),
        "resolve_edges": staticmethod(resolve_edges),
        "resolve_nodes": staticmethod(lambda found, info: found.rows),
        "resolve_page_info": staticmethod(lambda found, info: found),
        "resolve_total_count": staticmethod(lambda found, info: found.all_rows.count()),
        **(extra or {}),
    }
    return type(f"{name}Connection", (graphene.ObjectType,), members)


def slice_of(rows: QuerySet, order: Order, paging: dict[str, Any], read: Reading) -> Slice:
    """The rows that `paging` (first, after, last, before) asks for, handed to `read`.

    `order` are columns or annotations, each "-" for descending; the last must be unique, and rows
    that have nothing in one of them are left out. Raises `Refused` for a page size outside
    0..100, for `first` with `last`, and for a cursor that is not ours or of another order.
    """
    columns = columns_of(rows, order)
    window, rows = _window(paging, order, columns), _with_values(rows, order, columns)
    return _cut(list(_page(rows, window)), window, read, lambda: rows)


class RepeatedList(NamedTuple):
    """A list of which the SQL is written once, to be asked for at other moments and places.

    Two lists of one key must be the same but for the reader: whatever else `rows` depends on must
    be in the key. `columns` are the fields of the order; `shape` that of the ready text wanted.
    """

    key: Hashable
    rows: Callable[[Reader], QuerySet]
    order: Order
    columns: tuple[Field, ...]
    shape: str | None = None


def repeated_slice(
    reader: Reader, asked: RepeatedList, paging: dict[str, Any], read: Reading
) -> Slice:
    """As `slice_of`; cursors are values of the SQL, so that a deep page costs what the first does.

    Where the SQL cannot be used again, the queryset itself is asked: see `Reader.rows`.
    """
    window = _window(paging, asked.order, asked.columns)
    ends = {"after": window.after, "before": window.before}

    def rows(reader: Reader) -> QuerySet:
        return _with_values(asked.rows(reader), asked.order, asked.columns)

    def page(reader: Reader, **values: Any) -> QuerySet:
        def marked(end: str) -> list[Any] | None:
            return ends[end] and [values[f"{end}_{n}"] for n in range(len(asked.order))]

        at = window._replace(after=marked("after"), before=marked("before"))
        return _page(with_ready_text(rows(reader), asked.shape), at)

    values = {
        f"{end}_{place}": value
        for end, given in ends.items()
        for place, value in enumerate(given or ())
    }
    kind = (asked.key, window.size, window.is_from_the_end, asked.shape)
    found = settled(reader.rows(kind, page, **values), asked.shape)
    return _cut(found, window, read, lambda: rows(reader))


class Window(NamedTuple):
    """Where a page of a list lies in it."""

    order: Order
    size: int
    after: list[Any] | None
    before: list[Any] | None
    is_from_the_end: bool


def _window(paging: dict[str, Any], order: Order, columns: tuple[Field, ...]) -> Window:
    after, before = (values_of(paging.get(end), order, columns) for end in ("after", "before"))
    return Window(order, _size(paging), after, before, paging.get("last") is not None)


def _with_values(rows: QuerySet, order: Order, columns: tuple[Field, ...]) -> QuerySet:
    """The rows that have something in every column of the order.

    Asked only where it may be nothing: a database would take "is not null" for the bound of its
    index.
    """
    names = zip(map(name_of, order), columns, strict=True)
    return rows.filter(**{f"{name}__isnull": False for name, column in names if column.null})


def _page(rows: QuerySet, window: Window) -> QuerySet:
    """The rows of a page and one more, as they are read."""
    order = window.order
    if window.after is not None:
        rows = rows.filter(beyond(order, window.after))
    if window.before is not None:
        rows = rows.filter(beyond(reversed_order(order), window.before))
    rows = rows.order_by(*(reversed_order(order) if window.is_from_the_end else order))
    return rows[: window.size + 1]


def _cut(found: list[Any], window: Window, read: Reading, whole: Callable[[], QuerySet]) -> Slice:
    """The rows of the page, and whether one more was found beyond it."""
    has_more, found = len(found) > window.size, found[: window.size]
    ends = window.after, window.before
    if window.is_from_the_end:
        return Slice(read(found[::-1]), window.order, whole, False, has_more, *ends)
    return Slice(read(found), window.order, whole, has_more, False, *ends)


def _size(paging: dict[str, Any]) -> int:
    first, last = paging.get("first"), paging.get("last")
    if first is not None and last is not None:
        raise Refused(_("Give first or last, not both."))
    name, size = ("first", first) if last is None else ("last", last)
    if size is None:
        return DEFAULT_PAGE_SIZE
    if not 0 <= size <= MAX_PAGE_SIZE:
        raise Refused(
            _("%(name)s must be between 0 and %(limit)s."), name=name, limit=MAX_PAGE_SIZE
        )
    return size
