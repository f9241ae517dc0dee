"""Relay connections with keyset cursors: deep pages cost what the first does, both ways."""

import base64
import datetime
import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

import graphene
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.db.models.fields.tuple_lookups import (
    Tuple,
    TupleGreaterThan,
    TupleLessThan,
    TupleLookupMixin,
)
from django.utils.translation import gettext_lazy as _

from content_api.compiled.joined import settled, with_ready_text
from content_api.errors import Refused
from content_api.reader import Reader
from content_api.statements import KEPT

MAX_PAGE_SIZE = 100
DEFAULT_PAGE_SIZE = 20
Reading = Callable[[list[Any]], list[Any]]
Order = tuple[str, ...]
Making = Callable[[Reader], tuple[QuerySet, Order]]

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
        return self.has_more_after or self._is_anything(self.before, _reversed(self.order))

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
        at = dict(zip((_name(column) for column in order), values, strict=True))
        outside = _beyond(_reversed(order), values) | Q(**at)
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
    window = _window(rows, order, paging)
    return _cut(list(window.page), window, read, lambda: window.rows)


def repeated_slice(
    reader: Reader, key: Hashable, make: Making, paging: dict[str, Any], shape: str | None = None
) -> Slice:
    """As `slice_of`, for what `make(reader)` gives: rows and their order.

    The SQL is written once for each key and paging: see `Reader.rows`. So whatever else `make`
    depends on must be in the key. With the ready text of a shape, where one is named.
    """
    made: list[Window] = []

    def page(reader: Reader) -> QuerySet:
        made.append(_window(*make(reader), paging, shape))
        return made[-1].page

    ends = tuple(paging.get(name) for name in ("first", "last", "after", "before"))
    known = (key, ends, shape)
    found = settled(reader.rows(known, page), shape)
    window = made[0] if made else _windows.get(known) or _window(*make(reader), paging)
    _windows[known] = window._replace(rows=None, page=None)
    while len(_windows) > KEPT:
        _windows.popitem(last=False)
    return _cut(found, window, reader.read, lambda: _window(*make(reader), paging).rows)


class Window(NamedTuple):
    """Where a page of a list lies in it."""

    rows: Any  # all, as a queryset
    page: Any  # those of the page and one more, as they are read
    order: Order
    size: int
    after: list[Any] | None
    before: list[Any] | None
    is_from_the_end: bool


_windows: OrderedDict[Hashable, Window] = OrderedDict()


def _window(
    rows: QuerySet, order: Order, paging: dict[str, Any], shape: str | None = None
) -> Window:
    size = _size(paging)
    # Only where it may be: a database would take "is not null" for the bound of its index.
    optional = [name for name in map(_name, order) if _column(rows, name).null]
    rows = rows.filter(**{f"{name}__isnull": False for name in optional})
    after, before = (_values_of(paging.get(end), order, rows) for end in ("after", "before"))
    page = with_ready_text(rows, shape)
    if after is not None:
        page = page.filter(_beyond(order, after))
    if before is not None:
        page = page.filter(_beyond(_reversed(order), before))
    is_from_the_end = paging.get("last") is not None
    page = page.order_by(*(_reversed(order) if is_from_the_end else order))
    return Window(rows, page[: size + 1], order, size, after, before, is_from_the_end)


def _cut(found: list[Any], window: Window, read: Reading, whole: Callable[[], QuerySet]) -> Slice:
    """The rows of the page, and whether one more was found beyond it."""
    has_more, found = len(found) > window.size, found[: window.size]
    ends = window.after, window.before
    if window.is_from_the_end:
        return Slice(read(found[::-1]), window.order, whole, False, has_more, *ends)
    return Slice(read(found), window.order, whole, has_more, False, *ends)


def cursor_of(row: Any, order: Order) -> str:
    """An opaque text that names a row's place in an order, and the order."""
    values = [getattr(row, _name(column)) for column in order]
    plain = [value.isoformat() if isinstance(value, datetime.date) else value for value in values]
    text = json.dumps([_mark(order), *plain], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


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


def _name(column: str) -> str:
    return column.removeprefix("-")


def _reversed(order: Order) -> Order:
    return tuple(c.removeprefix("-") if c.startswith("-") else f"-{c}" for c in order)


def _mark(order: Order) -> str:
    """A short name of an order: its cursors mean nothing in another one."""
    return hashlib.sha256(",".join(order).encode()).hexdigest()[:6]


def _values_of(cursor: str | None, order: Order, rows: QuerySet) -> list[Any] | None:
    if not cursor:
        return None
    try:
        padded = cursor.encode() + b"=" * (-len(cursor) % 4)
        mark, *values = json.loads(base64.urlsafe_b64decode(padded))
        columns = [_column(rows, _name(column)) for column in order]
        if mark == _mark(order):
            if len(values) != len(columns) or None in values:
                raise ValueError
            return [column.to_python(value) for column, value in zip(columns, values, strict=True)]
    except (ValueError, TypeError, OverflowError, ValidationError, RecursionError) as error:
        raise Refused(_("This cursor is not one of ours.")) from error
    raise Refused(_("This cursor is of a list in another order."))


def _column(rows: QuerySet, name: str) -> Any:
    """The field of a column, or the type of what an annotation computes."""
    computed = rows.query.annotations.get(name)
    return computed.output_field if computed else rows.model._meta.get_field(name)


class _AsRows(TupleLookupMixin):
    """A comparison of rows also on SQLite: it has them, Django takes it not to."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """`(a, b) > (x, y)`."""
        return super(TupleLookupMixin, self).as_sql(compiler, connection)  # type: ignore[misc]


class _RowsAfter(_AsRows, TupleGreaterThan):  # type: ignore[misc]
    pass


class _RowsBefore(_AsRows, TupleLessThan):  # type: ignore[misc]
    pass


def _beyond(order: Order, values: list[Any]) -> Q:
    """Rows after the given values: greater in the first column, or equal and so on.

    Written so that a database goes straight to the place in its index: as a comparison of rows
    where every column runs the same way, else with a bound on the first column.
    """
    directions = {column.startswith("-") for column in order}
    if len(directions) == 1 and len(order) > 1:
        compare = _RowsBefore if directions == {True} else _RowsAfter
        return Q(compare(Tuple(*map(_name, order)), values))
    condition, equal = Q(), Q()
    for column, value in zip(order, values, strict=True):
        direction = "lt" if column.startswith("-") else "gt"
        condition |= equal & Q(**{f"{_name(column)}__{direction}": value})
        equal &= Q(**{_name(column): value})
    bound = "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{_name(order[0])}__{bound}": values[0]}) & condition
