"""Closures that complete a resolved value by its type: leaves, lists, objects, interfaces."""

from collections.abc import Callable, Sequence
from typing import Any

from graphql import (
    FieldNode,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    is_abstract_type,
    is_leaf_type,
    is_object_type,
)
from graphql.execution.execute import default_type_resolver
from graphql.pyutils import is_iterable

from content_api.compiled.leaves import Leaf, leaf_of
from content_api.compiled.running import Run
from content_api.compiled.selections import NotCompiled

_NULL = "null for a field that is never null"
Complete = Callable[[Any, Run], Any]
# (type, field nodes) -> what completes objects of that type
Objects = Callable[[GraphQLObjectType, list[FieldNode]], Complete]


def completer(type_: Any, nodes: list[FieldNode], objects: Objects) -> Complete:
    """What turns a resolved value of this type into data for the answer.

    Whatever graphql-core would turn into an error raises here instead.
    """
    required = isinstance(type_, GraphQLNonNull)
    inner = type_.of_type if required else type_
    if is_leaf_type(inner):
        return _leaf(leaf_of(inner), required)
    if isinstance(inner, GraphQLList):
        complete = _list(completer(inner.of_type, nodes, objects))
    elif is_object_type(inner):
        complete = objects(inner, nodes)
    elif is_abstract_type(inner):
        complete = _abstract(inner, nodes, objects)
    else:
        raise NotCompiled(f"a value of {type_}")
    return _required(complete) if required else _nullable(complete)


def _leaf(leaf: Leaf, required: bool) -> Complete:
    def complete(value: Any, _run: Run) -> Any:
        if value is None:
            if required:
                raise NotCompiled(_NULL)
            return None
        return leaf(value)

    return complete


def _required(complete: Complete) -> Complete:
    def value_of(value: Any, run: Run) -> Any:
        if value is None:
            raise NotCompiled(_NULL)
        return complete(value, run)

    return _prepared_as(complete, value_of)


def _nullable(complete: Complete) -> Complete:
    def value_of(value: Any, run: Run) -> Any:
        return None if value is None else complete(value, run)

    return _prepared_as(complete, value_of)


def _prepared_as(inner: Complete, outer: Any) -> Complete:
    """Lists hand all their items to `prepare` before they complete each."""
    outer.prepare = getattr(inner, "prepare", None)
    return outer


def _list(complete: Complete) -> Complete:
    prepare = getattr(complete, "prepare", None)

    def items(value: Any, run: Run) -> list[Any]:
        if not is_iterable(value):
            raise NotCompiled("not a list")
        values = list(value)
        if prepare and values:
            prepare(values, run)
        return [complete(item, run) for item in values]

    return items


def _abstract(type_: Any, nodes: list[FieldNode], objects: Objects) -> Complete:
    """An interface or union: the value's own type decides what is asked of it."""
    by_name: dict[str, Any] = {}
    resolve_type: Any = type_.resolve_type or default_type_resolver

    def own(value: Any, run: Run) -> Any:
        name = resolve_type(value, run, type_)
        known = by_name.get(name)
        if known is None:
            known = by_name[name] = objects(_object_type(type_, name, run), nodes)
        return known

    def complete(value: Any, run: Run) -> Any:
        return own(value, run)(value, run)

    def prepare(values: Sequence[Any], run: Run) -> None:
        pairs = [(own(value, run).shape, value) for value in values if value is not None]
        run.ready.fetch([(shape, value) for shape, value in pairs if shape is not None])

    complete.prepare = prepare  # type: ignore[attr-defined]
    return complete


def _object_type(abstract: Any, name: Any, run: Run) -> GraphQLObjectType:
    schema = run.schema
    found = schema.get_type(name) if isinstance(name, str) else None
    if not isinstance(found, GraphQLObjectType) or not schema.is_sub_type(abstract, found):
        raise NotCompiled(f"{abstract} is no {name}")
    return found
