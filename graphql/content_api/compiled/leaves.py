"""Values of scalars and enums as JSON holds them, without graphql-core's way around."""

from collections.abc import Callable
from typing import Any

from graphql import GraphQLEnumType, Undefined
from graphql.type.scalars import GRAPHQL_MAX_INT, GRAPHQL_MIN_INT

from content_api.compiled.selections import NotCompiled

Leaf = Callable[[Any], Any]


def leaf_of(type_: Any) -> Leaf:
    """What completes values of a leaf type; None never reaches it.

    The values that nearly every field has are passed on at once, all others go through the type's
    own `serialize`. Raises what that raises, and `NotCompiled` for a value that graphql-core
    refuses.
    """
    serialize = type_.serialize

    def checked(value: Any) -> Any:
        serialized = serialize(value)
        if serialized is None or serialized is Undefined:
            raise NotCompiled("no such value")
        return serialized

    if isinstance(type_, GraphQLEnumType):
        return _enum(checked)
    if type_.name in _SAME:
        return _same(_SAME[type_.name], checked)
    if type_.name == "Int":
        return _whole(checked)
    return checked


# A value of exactly this Python type is already what these scalars make of it.
_SAME: dict[str, type] = {"String": str, "ID": str, "Boolean": bool}


def _same(kind: type, checked: Leaf) -> Leaf:
    def complete(value: Any) -> Any:
        return value if type(value) is kind else checked(value)

    return complete


def _whole(checked: Leaf) -> Leaf:
    def complete(value: Any) -> Any:
        if type(value) is int and GRAPHQL_MIN_INT <= value <= GRAPHQL_MAX_INT:
            return value
        return checked(value)

    return complete


def _enum(checked: Leaf) -> Leaf:
    known: dict[str, str] = {}  # at most one entry for each name and value of the enum

    def complete(value: Any) -> Any:
        if type(value) is not str:
            return checked(value)
        name = known.get(value)
        if name is None:
            name = known[value] = checked(value)
        return name

    return complete
