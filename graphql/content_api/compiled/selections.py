"""Which fields an operation asks of a type, resolved before it runs; what cannot be compiled."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    Visitor,
    visit,
)
from graphql.execution.collect_fields import collect_fields, collect_sub_fields

MAX_CONDITIONS = 4  # variables in @skip and @include: each doubles the ways to compile


class NotCompiled(Exception):
    """The operation is left to graphene: the text says why."""


@dataclass(frozen=True)
class Operation:
    """One operation of a document, with its fragments."""

    schema: GraphQLSchema
    node: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]
    conditions: tuple[str, ...]  # the variables that @skip and @include ask

    def root_fields(self, chosen: dict[str, Any]) -> dict[str, list[FieldNode]]:
        """The fields of the root, where the conditions have these values."""
        root: Any = self.schema.query_type
        return collect_fields(self.schema, self.fragments, chosen, root, self.node.selection_set)

    def sub_fields(
        self, chosen: dict[str, Any], type_: GraphQLObjectType, nodes: list[FieldNode]
    ) -> dict[str, list[FieldNode]]:
        """The fields asked of an object of this type below some fields."""
        return collect_sub_fields(self.schema, self.fragments, chosen, type_, nodes)


def operation_of(schema: GraphQLSchema, document: DocumentNode, name: str | None) -> Operation:
    """The operation of a validated document. Raises `NotCompiled`."""
    operations = [
        node for node in document.definitions if isinstance(node, OperationDefinitionNode)
    ]
    if name is not None:
        operations = [node for node in operations if node.name and node.name.value == name]
    if len(operations) != 1 or operations[0].operation != OperationType.QUERY:
        raise NotCompiled("not exactly one query")
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    conditions = _conditions(document)
    if len(conditions) > MAX_CONDITIONS:
        raise NotCompiled("too many conditions")
    return Operation(schema, operations[0], fragments, conditions)


def _conditions(document: DocumentNode) -> tuple[str, ...]:
    found: dict[str, None] = {}

    class Collector(Visitor):
        def enter_field(self, node: FieldNode, *_args: Any) -> None:
            if node.name.value in ("__schema", "__type"):
                raise NotCompiled("introspection")

        def enter_directive(self, node: DirectiveNode, *_args: Any) -> None:
            if node.name.value in ("skip", "include"):
                found.update(dict.fromkeys(variables_in(node)))

    visit(document, Collector())
    return tuple(found)


def variables_in(node: Any) -> Iterator[str]:
    """The names of the variables that stand anywhere in a node."""
    names: list[str] = []

    class Collector(Visitor):
        def enter_variable(self, variable: VariableNode, *_args: Any) -> None:
            names.append(variable.name.value)

    visit(node, Collector())
    return iter(names)
