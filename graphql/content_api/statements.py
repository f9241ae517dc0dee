"""SQL that Django writes once for each kind of question, to be run with other values from then on.

Building and compiling a queryset takes longer than its query. A statement is compiled from the
queryset itself, so it has every condition that the queryset has: who may read what is decided in
one place.
"""

import datetime
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import QuerySet, UUIDField
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable, ValuesListIterable
from django.utils import timezone

KEPT = 1024  # statements
_NEAR = datetime.timedelta(days=1)
_UUID = UUIDField()
Value = str | int | datetime.date | UUID
# What builds a queryset, from the moment for which it is asked and the values.
Build = Callable[..., QuerySet]


class NotRepeatable(Exception):
    """A queryset whose SQL depends on more than the moment and its values."""


class Statement:
    """The SQL of a queryset, with places for a moment and for values."""

    def __init__(self, build: Build, kinds: dict[str, type]) -> None:
        """`kinds` are the types of the values by name.

        Raises `NotRepeatable` where the SQL depends on more than the moment and the values.
        """
        first, second = (_Marked(build, kinds, set_of_marks) for set_of_marks in (0, 1))
        if first.sql != second.sql or first.others != second.others:
            raise NotRepeatable("the SQL differs with its values, or holds a mark by chance")
        if any(_is_of_now(value) for value in first.others.values()):
            raise NotRepeatable("it depends on the present moment by itself")
        self.model = first.queryset.model
        self.sql, self._parameters, self._places = first.sql, first.parameters, first.places
        self._record = self._record_maker(first.queryset, first.compiler)

    def rows(self, moment: datetime.datetime, values: dict[str, Value]) -> list[Any]:
        """The records, as the queryset would give them."""
        alias = router.db_for_read(self.model)
        connection = connections[alias]
        parameters = self._parameters.copy()
        for place in self._places[""]:
            parameters[place] = connection.ops.adapt_datetimefield_value(moment)
        for name, value in values.items():
            adapted = _adapted(value, connection)
            for place in self._places[name]:
                parameters[place] = adapted
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            found = cursor.fetchall()
        if self._record is None:
            return found
        return [self._record(list(row), connection) for row in found]

    def _record_maker(self, queryset: Any, compiler: Any) -> Callable[[list[Any], Any], Any] | None:
        """What makes records of rows; None for a `values_list`, whose rows are given out."""
        if queryset._iterable_class is ValuesListIterable:
            query = queryset.query
            if queryset._fields != (*query.values_select, *query.annotation_select):
                raise NotRepeatable("the columns stand in another order")
            return None
        if queryset._iterable_class is not ModelIterable:
            raise NotRepeatable("neither records nor rows")
        return _Records(compiler).made


class _Marked:
    """A queryset compiled with marks in the places of the moment and the values.

    Once with each of two sets of marks: what a reader wrote may equal one mark, but not two.
    """

    def __init__(self, build: Build, kinds: dict[str, type], set_of_marks: int) -> None:
        marks = {
            name: _mark(number + 1_000_000 * set_of_marks, kind)
            for number, (name, kind) in enumerate(kinds.items())
        }
        moment = datetime.datetime(1901 + set_of_marks, 2, 3, 4, 5, 6, 789012, tzinfo=datetime.UTC)
        with _no_queries():
            queryset: Any = build(moment, **marks)
        if queryset._prefetch_related_lookups:
            raise NotRepeatable("a query more")
        connection = connections[queryset.db]
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(queryset.db)
        try:
            self.sql, parameters = self.compiler.as_sql()
        except EmptyResultSet as error:
            raise NotRepeatable("nothing is asked of the database") from error
        self.parameters = list(parameters)
        adapted = {name: _adapted(mark, connection) for name, mark in marks.items()}
        adapted[""] = connection.ops.adapt_datetimefield_value(moment)
        self.places = {
            name: [place for place, value in enumerate(parameters) if value == mark]
            for name, mark in adapted.items()
        }
        if not all(self.places.values()):
            raise NotRepeatable("a value does not stand in the SQL as it is")
        marked = {place for places in self.places.values() for place in places}
        self.others = {
            place: value for place, value in enumerate(parameters) if place not in marked
        }


class _Records:
    """Makes records of the rows of one query: as `ModelIterable`, read once."""

    def __init__(self, compiler: Any) -> None:
        """Which column is which attribute of which model, and how its values are converted."""
        select, info = compiler.select, compiler.klass_info
        converters = compiler.get_converters([column for column, _sql, _alias in select])
        self._converters = [
            (place, convert, expression)
            for place, (convert_all, expression) in converters.items()
            for convert in convert_all
        ]
        self._annotations = list(compiler.annotation_col_map.items())
        self._own = _Columns(info, select)
        beside = info.get("related_klass_infos", ())
        if any(related.get("related_klass_infos") or related["reverse"] for related in beside):
            raise NotRepeatable("related records of related records")
        self._related = [
            (related["field"].cache_name, _Columns(related, select)) for related in beside
        ]

    def made(self, row: list[Any], connection: Any) -> Any:
        """A record with what was selected beside it."""
        for place, convert, expression in self._converters:
            row[place] = convert(row[place], expression, connection)
        related = {name: columns.made(row, connection.alias) for name, columns in self._related}
        record = self._own.made(row, connection.alias, related)
        for name, place in self._annotations:
            setattr(record, name, row[place])
        return record


class _Columns:
    """The places of one model's columns in a row."""

    def __init__(self, info: dict[str, Any], select: Any) -> None:
        self.model = info["model"]
        fields = [(select[place][0].target, place) for place in info["select_fields"]]
        self.names = [field.attname for field, _place in fields]
        self.places = [place for _field, place in fields]
        self.key = next(place for field, place in fields if field.primary_key)

    def made(self, row: list[Any], alias: str, related: dict[str, Any] | None = None) -> Any:
        """A record as `Model.from_db` makes it, without the detour through its arguments.

        None where an outer join found nothing.
        """
        if row[self.key] is None:
            return None
        state = ModelState()
        state.adding, state.db = False, alias
        if related:
            state.fields_cache = related
        record = self.model.__new__(self.model)
        values = [row[place] for place in self.places]
        record.__dict__ = dict(zip(self.names, values, strict=True), _state=state)
        return record


def _mark(number: int, kind: type) -> Value:
    """A value to find its places by."""
    if kind is UUID:
        return UUID(int=0xE000 + number)
    if kind is int:
        return 2_000_000_000 + number  # within every column of whole numbers
    if kind is datetime.date:
        return datetime.date(1801, 1, 1) + datetime.timedelta(days=number)
    if kind is str:
        return f"\ue000{number}\ue000"
    raise NotRepeatable(f"a {kind}")


def _adapted(value: Value, connection: Any) -> Any:
    """As a driver takes it."""
    if isinstance(value, UUID):
        return _UUID.get_db_prep_value(value, connection)
    if isinstance(value, datetime.date):
        return connection.ops.adapt_datefield_value(value)
    return value


@contextmanager
def _no_queries() -> Iterator[None]:
    """What is looked up while a queryset is built would stand in its SQL for good."""

    def refuse(*_args: Any) -> None:
        raise NotRepeatable("a query is made to build it")

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(refuse))
        yield


def _is_of_now(value: Any) -> bool:
    """Whether a value is about the present hour or day: it may not come from an argument."""
    if isinstance(value, str):
        try:
            value = datetime.datetime.fromisoformat(value)
        except ValueError:
            return False
    now = timezone.now()
    if isinstance(value, datetime.datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=datetime.UTC)
        return abs(moment - now) < _NEAR
    return isinstance(value, datetime.date) and abs(value - now.date()).days <= 1


_kept: OrderedDict[Hashable, Statement | None] = OrderedDict()


def rows_of(key: Hashable, moment: datetime.datetime, build: Build, **values: Value) -> list[Any]:
    """The records of the queryset that `build(moment, **values)` makes, or rows of a `values_list`.

    Those rows are as the driver has them: an id is text on SQLite.

    `key` names the kind of question: one key, one `build`, whose other inputs are in the key. The
    values are texts, numbers, days or ids that are compared as they are. Where the SQL cannot be
    used again, the queryset itself is asked.
    """
    kinds = {name: type(value) for name, value in values.items()}
    known = (key, tuple(kinds.items()))
    try:
        statement = _kept[known]
        _kept.move_to_end(known)
    except KeyError:
        try:
            statement = Statement(build, kinds)
        except NotRepeatable:
            statement = None
        _kept[known] = statement
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    if statement is None:
        return list(build(moment, **values))
    return statement.rows(moment, values)
