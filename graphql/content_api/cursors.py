"""Keyset cursors: texts that name a row's place in an order, and the SQL for what is beyond."""

import base64
import datetime
import hashlib
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, Field, Q, QuerySet
from django.db.models.fields.tuple_lookups import (
    Tuple,
    TupleGreaterThan,
    TupleLessThan,
    TupleLookupMixin,
)
from django.utils.translation import gettext_lazy as _

from content_api.errors import Refused

# Columns or annotations, each "-" for descending; the last is unique.
Order = tuple[str, ...]
MAX_LENGTH = 4000  # characters: ours are far shorter


def cursor_of(row: Any, order: Order) -> str:
    """An opaque text that names a row's place in an order, and the order."""
    values = [getattr(row, name_of(column)) for column in order]
    plain = [value.isoformat() if isinstance(value, datetime.date) else value for value in values]
    text = json.dumps([_mark(order), *plain], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def name_of(column: str) -> str:
    """A column without its direction."""
    return column.removeprefix("-")


def reversed_order(order: Order) -> Order:
    """The same rows from the end."""
    return tuple(c.removeprefix("-") if c.startswith("-") else f"-{c}" for c in order)


def columns_of(rows: QuerySet, order: Order) -> tuple[Field, ...]:
    """The fields of an order's columns, or the types of what annotations compute."""
    computed, fields = rows.query.annotations, rows.model._meta
    return tuple(
        computed[name].output_field if name in computed else fields.get_field(name)
        for name in map(name_of, order)
    )


def values_of(cursor: str | None, order: Order, columns: tuple[Field, ...]) -> list[Any] | None:
    """The values that a cursor names, one for each column; None without a cursor.

    Raises `Refused` for what is no cursor, holds what no column could, or is of another order.
    """
    if not cursor:
        return None
    try:
        if len(cursor) > MAX_LENGTH:
            raise ValueError
        padded = cursor.encode() + b"=" * (-len(cursor) % 4)
        mark, *values = json.loads(base64.urlsafe_b64decode(padded))
        if mark == _mark(order):
            return [_value(column, value) for column, value in zip(columns, values, strict=True)]
    except (ValueError, TypeError, OverflowError, ValidationError, RecursionError) as error:
        raise Refused(_("This cursor is not one of ours.")) from error
    raise Refused(_("This cursor is of a list in another order."))


def _value(column: Any, plain: Any) -> Any:
    """A value as its column has it. Raises `ValueError`, or what a field raises."""
    is_moment = isinstance(column, DateTimeField)
    value = _moment(plain) if is_moment else column.to_python(plain)
    if value is None or (isinstance(value, str) and "\x00" in value):
        raise ValueError
    column.run_validators(value)  # numbers and texts that are too large
    return value


def _moment(plain: Any) -> datetime.datetime:
    """In UTC, as the database asks for it: at the edge of all years some moments are not."""
    moment = datetime.datetime.fromisoformat(plain)
    if moment.tzinfo is None:
        raise ValueError(plain)
    return moment.astimezone(datetime.UTC)


def _mark(order: Order) -> str:
    """A short name of an order: its cursors mean nothing in another one."""
    return hashlib.sha256(",".join(order).encode()).hexdigest()[:6]


class _AsRows(TupleLookupMixin):
    """A comparison of rows also on SQLite: it has them, Django takes it not to."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """`(a, b) > (x, y)`."""
        return super(TupleLookupMixin, self).as_sql(compiler, connection)  # type: ignore[misc]


class _RowsAfter(_AsRows, TupleGreaterThan):  # type: ignore[misc]
    pass


class _RowsBefore(_AsRows, TupleLessThan):  # type: ignore[misc]
    pass


def beyond(order: Order, values: list[Any]) -> Q:
    """Rows after the given values: greater in the first column, or equal and so on.

    Written so that a database goes straight to the place in its index: as a comparison of rows
    where every column runs the same way, else with a bound on the first column.
    """
    directions = {column.startswith("-") for column in order}
    if len(directions) == 1 and len(order) > 1:
        compare = _RowsBefore if directions == {True} else _RowsAfter
        return Q(compare(Tuple(*map(name_of, order)), values))
    condition, equal = Q(), Q()
    for column, value in zip(order, values, strict=True):
        direction = "lt" if column.startswith("-") else "gt"
        condition |= equal & Q(**{f"{name_of(column)}__{direction}": value})
        equal &= Q(**{name_of(column): value})
    bound = "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{name_of(order[0])}__{bound}": values[0]}) & condition
