"""Compiles an operation for one choice of its conditions."""

from collections.abc import Iterator
from typing import Any

from graphql import FieldNode, GraphQLObjectType, get_named_type, is_composite_type
from graphql.execution.execute import get_field_def

from content_api.compiled.fields import resolver, telling
from content_api.compiled.objects import ObjectCompleter
from content_api.compiled.running import Run
from content_api.compiled.selections import NotCompiled, Operation
from content_api.compiled.shapes import AskedField, Shape, can_be_kept, only_place, shape_name
from content_api.compiled.values import completer
from content_api.types import object_types

Nodes = list[FieldNode]


class Plan:
    """An operation, ready to run with any variables that give its conditions these values."""

    def __init__(self, operation: Operation, chosen: dict[str, Any]) -> None:
        self.operation = operation
        self.chosen = chosen
        self._objects: dict[tuple[str, tuple[int, ...]], ObjectCompleter] = {}
        self._shape_names: dict[tuple[int, ...], str] = {}
        self._places: list[tuple[Any, Nodes]] = []  # where objects stand: their type, what is asked
        root: Any = operation.schema.query_type
        self._root = self._object(root, operation.root_fields(chosen), [])

    def run(self, context: Any, variables: dict[str, Any]) -> Any:
        """The data of the answer, for variables that were coerced before.

        Whatever graphene would answer with an error raises.
        """
        return self._root(None, Run(self.operation, context, variables))

    def shapes(self, type_name: str) -> Iterator[Shape]:
        """Every shape that this operation may ask of records of a type."""
        type_: Any = self.operation.schema.get_type(type_name)
        done = 0
        while done < len(self._places):  # which compiling an object adds to
            standing, nodes = self._places[done]
            done += 1
            is_possible = standing is type_ or (
                not isinstance(standing, GraphQLObjectType)
                and self.operation.schema.is_sub_type(standing, type_)
            )
            if is_possible and (shape := self._sub_object(type_, nodes).shape):
                yield shape

    def _sub_object(self, type_: GraphQLObjectType, nodes: Nodes) -> ObjectCompleter:
        key = type_.name, tuple(map(id, nodes))
        if key not in self._objects:
            asked = self.operation.sub_fields(self.chosen, type_, nodes)
            self._objects[key] = self._object(type_, asked, nodes)
        return self._objects[key]

    def _object(
        self, type_: GraphQLObjectType, asked: dict[str, Nodes], above: Nodes
    ) -> ObjectCompleter:
        is_record = type_.name in object_types
        fields = [self._field(type_, key, nodes, is_record) for key, nodes in asked.items()]
        shape = None
        if is_record and any(self._is_worth_keeping(type_, asked[f.key], f) for f in fields):
            shape = Shape(self._shape_name(above), type_.name, tuple(fields))
        return ObjectCompleter(type_, fields, shape)

    def _shape_name(self, nodes: Nodes) -> str:
        key = tuple(map(id, nodes))
        if key not in self._shape_names:
            self._shape_names[key] = shape_name(self.operation, self.chosen, nodes)
        return self._shape_names[key]

    def _is_worth_keeping(self, type_: Any, nodes: Nodes, field: AskedField) -> bool:
        """Pictures, blocks, running text: a plain column costs less than the query for its text."""
        found = get_field_def(self.operation.schema, type_, nodes[0])
        return field.can_be_kept and bool(found) and is_composite_type(get_named_type(found.type))

    def _field(self, type_: Any, key: str, nodes: Nodes, is_record: bool) -> AskedField:
        name = nodes[0].name.value
        if name == "__typename":
            return AskedField(
                key, lambda _source, _run: type_.name, lambda value, _run: value, True
            )
        field = get_field_def(self.operation.schema, type_, nodes[0])
        if field is None:
            raise NotCompiled(f"no field {name}")
        inner = get_named_type(field.type)
        if is_composite_type(inner):
            self._places.append((inner, nodes))
        kept = is_record and can_be_kept(self.operation, self.chosen, type_, nodes)
        resolve = resolver(field, nodes[0])
        if type_ is self.operation.schema.query_type:
            place = only_place(self.operation, self.chosen, inner, nodes)
            resolve = telling(resolve, self._shape_name(place) if place else None)
        return AskedField(key, resolve, completer(field.type, nodes, self._sub_object), kept)


def _as_it_is(value: Any, _run: Run) -> Any:
    return value
