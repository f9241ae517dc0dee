"""Hypothesis makes valid documents of any schema: fragments, aliases, directives, variables."""

import json
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_required_argument,
)
from hypothesis import strategies as st

from content_api.schema import schema

SCHEMA = schema.graphql_schema
DEPTH = 6


@dataclass
class Asked:
    """A document and its variables."""

    query: str
    variables: dict[str, Any]


@dataclass
class Writing:
    """A document as it is written: its fragments and the variables declared so far."""

    draw: Any
    values: dict[str, Any]  # what arguments of a name may be: sensible for this schema
    fragments: list[str] = field(default_factory=list)
    declared: dict[str, str] = field(default_factory=dict)
    variables: dict[str, Any] = field(default_factory=dict)
    aliases: int = 0

    def selection(self, type_: Any, depth: int) -> str:
        """A selection set of one to five members for a type."""
        count = self.draw(st.integers(1, 5))
        return "{ " + " ".join(self._member(type_, depth) for _ in range(count)) + " }"

    def _member(self, type_: Any, depth: int) -> str:
        kind = self.draw(st.sampled_from(["field"] * 6 + ["inline", "fragment", "typename"]))
        if kind == "typename" or (kind == "field" and not getattr(type_, "fields", None)):
            return "__typename"
        if kind == "field":
            return self._field(type_, depth)
        inner = self._overlapping(type_)
        if kind == "inline":
            return f"... on {inner}{self._directive()} {self.selection(inner, depth)}"
        name = f"F{len(self.fragments)}"
        self.fragments.append("")
        place = len(self.fragments) - 1
        self.fragments[place] = f"fragment {name} on {inner} {self.selection(inner, depth)}"
        return f"...{name}{self._directive()}"

    def _overlapping(self, type_: Any) -> Any:
        choices = [type_]
        if is_abstract_type(type_):
            choices += SCHEMA.get_possible_types(type_)
        if isinstance(type_, GraphQLObjectType):
            choices += type_.interfaces
        return self.draw(st.sampled_from(choices))

    def _field(self, type_: Any, depth: int) -> str:
        fields = {
            name: found
            for name, found in type_.fields.items()
            if depth > 0 or not is_composite_type(get_named_type(found.type))
        }
        if not fields:
            return "__typename"
        name = self.draw(st.sampled_from(sorted(fields)))
        found = fields[name]
        alias = ""
        arguments = self._arguments(found.args)
        if arguments or self.draw(st.integers(0, 5)) == 0:
            self.aliases += 1
            alias = f"a{self.aliases}: "
        inner = get_named_type(found.type)
        below = f" {self.selection(inner, depth - 1)}" if is_composite_type(inner) else ""
        return f"{alias}{name}{arguments}{self._directive()}{below}"

    def _arguments(self, args: dict[str, Any]) -> str:
        given = []
        for name, argument in args.items():
            if not is_required_argument(argument) and self.draw(st.integers(0, 2)):
                continue
            value = self._value(name, argument.type)
            if self.draw(st.booleans()):
                given.append(f"{name}: {self._variable(argument.type, value)}")
            else:
                given.append(f"{name}: {_literal(value, argument.type)}")
        return f"({', '.join(given)})" if given else ""

    def _variable(self, type_: Any, value: Any) -> str:
        name = f"v{len(self.declared)}"
        self.declared[name] = str(type_)
        self.variables[name] = value
        return f"${name}"

    def _directive(self) -> str:
        if self.draw(st.integers(0, 7)):
            return ""
        condition = self.draw(st.sampled_from(["true", "false", "$t", "$f"]))
        if condition.startswith("$"):
            self.declared[condition[1:]] = "Boolean!"
            self.variables[condition[1:]] = condition == "$t"
        return f" @{self.draw(st.sampled_from(['skip', 'include']))}(if: {condition})"

    def _value(self, name: str, type_: Any) -> Any:
        if isinstance(type_, GraphQLNonNull):
            return self._value(name, type_.of_type)
        known = None if isinstance(type_, GraphQLInputObjectType) else self.values.get(name)
        if known and isinstance(known[0], list) == isinstance(type_, GraphQLList):
            return self.draw(st.sampled_from(known))
        if isinstance(type_, GraphQLList):
            return [self._value(name, type_.of_type) for _ in range(self.draw(st.integers(0, 2)))]
        if isinstance(type_, GraphQLEnumType):
            return self.draw(st.sampled_from(sorted(type_.values)))
        if isinstance(type_, GraphQLInputObjectType):
            names = self.draw(
                st.lists(st.sampled_from(sorted(type_.fields)), max_size=2, unique=True)
            )
            required = [key for key, item in type_.fields.items() if str(item.type).endswith("!")]
            return {key: self._value(key, type_.fields[key].type) for key in {*names, *required}}
        return self.draw(st.sampled_from(_SCALARS.get(type_.name, ["x"])))


_SCALARS: dict[str, list[Any]] = {
    "Int": [0, 1, 3, 2569],
    "Float": [0, 1.5],
    "Boolean": [True, False],
    "Date": ["2026-01-01"],
    "DateTime": ["2026-01-01T00:00:00Z"],
}


def _literal(value: Any, type_: Any) -> str:
    """A value as it is written in a document."""
    if isinstance(type_, GraphQLNonNull):
        return _literal(value, type_.of_type)
    if value is None:
        return "null"
    if isinstance(type_, GraphQLList):
        values = value if isinstance(value, list) else [value]
        return f"[{', '.join(_literal(item, type_.of_type) for item in values)}]"
    if isinstance(type_, GraphQLInputObjectType):
        parts = [f"{key}: {_literal(item, type_.fields[key].type)}" for key, item in value.items()]
        return f"{{{', '.join(parts)}}}"
    return value if isinstance(type_, GraphQLEnumType) else json.dumps(value, ensure_ascii=False)


@st.composite
def documents(draw: Any, values: dict[str, list[Any]]) -> Asked:
    """A document that may still break a rule about merging: validate it."""
    writing = Writing(draw, values)
    body = writing.selection(SCHEMA.query_type, DEPTH)
    declared = ", ".join(f"${name}: {kind}" for name, kind in writing.declared.items())
    query = " ".join([f"query Q{f'({declared})' if declared else ''} {body}", *writing.fragments])
    return Asked(query, writing.variables)
