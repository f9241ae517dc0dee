"""What is asked of a type of record, parted into what can be kept for ever and what cannot."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    Visitor,
    get_named_type,
    is_composite_type,
    is_leaf_type,
    print_ast,
    visit,
)
from graphql.execution.execute import get_field_def

from content_api.compiled.code_version import code_version
from content_api.compiled.selections import Operation, variables_in
from content_api.compiled.values import Complete
from content_api.immutable import is_immutable
from content_api.types import object_types


class AskedField(NamedTuple):
    """One entry of an object: its key in the answer, what asks it and what completes it."""

    key: str
    resolve: Callable[[Any, Any], Any]
    complete: Complete
    can_be_kept: bool


@dataclass(frozen=True)
class Shape:
    """The fields that one operation asks of one type, under a name that is the same everywhere."""

    name: str
    type_name: str
    fields: tuple[AskedField, ...]


def shape_name(operation: Operation, chosen: dict[str, Any], nodes: list[FieldNode]) -> str:
    """A hash of all that a kept text depends on, but the record: what is asked below, and code."""
    used: dict[str, str] = {}
    for node in nodes:
        _add_fragments(operation, node, used)
    asked = [print_ast(node.selection_set) for node in nodes if node.selection_set]
    parts = [code_version(), repr(sorted(chosen.items())), *asked]
    parts += [used[name] for name in sorted(used)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def is_published(schema: GraphQLSchema, type_: Any) -> bool:
    """Whether objects of a type are publications, or some of them."""
    if isinstance(type_, GraphQLObjectType):
        return type_.name in object_types
    return any(possible.name in object_types for possible in schema.get_possible_types(type_))


def only_place(
    operation: Operation, chosen: dict[str, Any], type_: Any, nodes: list[FieldNode]
) -> list[FieldNode] | None:
    """The nodes that ask of publications below a root field; None where several do, or none.

    Such as `nodes` of a connection, or the root field itself.
    """
    places = _places(operation, chosen, type_, nodes)
    return places[0] if len(places) == 1 else None


def _places(
    operation: Operation, chosen: dict[str, Any], type_: Any, nodes: list[FieldNode]
) -> list[list[FieldNode]]:
    if not is_composite_type(type_):
        return []
    if is_published(operation.schema, type_):
        return [nodes]
    if not isinstance(type_, GraphQLObjectType):
        return []
    found = []
    for below in operation.sub_fields(chosen, type_, nodes).values():
        field = get_field_def(operation.schema, type_, below[0])
        if field is not None:
            found += _places(operation, chosen, get_named_type(field.type), below)
    return found


def can_be_kept(
    operation: Operation, chosen: dict[str, Any], type_: GraphQLObjectType, nodes: list[FieldNode]
) -> bool:
    """Whether a field and all that is asked below it are marked as immutable, without variables."""
    if nodes[0].name.value == "__typename":
        return True
    field = get_field_def(operation.schema, type_, nodes[0])
    if field is None or not is_immutable(field.resolve):
        return False
    if any(next(variables_in(argument), None) for node in nodes for argument in node.arguments):
        return False
    inner = get_named_type(field.type)
    if is_leaf_type(inner) or not is_composite_type(inner):
        return True
    for possible in _possible_types(operation, inner):
        below = operation.sub_fields(chosen, possible, nodes)
        if not all(can_be_kept(operation, chosen, possible, found) for found in below.values()):
            return False
    return True


def _possible_types(operation: Operation, type_: Any) -> list[GraphQLObjectType]:
    if isinstance(type_, GraphQLObjectType):
        return [type_]
    return list(operation.schema.get_possible_types(type_))


def _add_fragments(operation: Operation, node: Any, used: dict[str, str]) -> None:
    """The text of every fragment below a node, each once."""

    class Collector(Visitor):
        def enter_fragment_spread(self, spread: FragmentSpreadNode, *_args: Any) -> None:
            name = spread.name.value
            if name not in used:
                used[name] = print_ast(operation.fragments[name])
                _add_fragments(operation, operation.fragments[name], used)

    visit(node, Collector())
