"""Walks a schema: questions that reach every field, with every argument, filter and order.

Nothing here knows what the schema holds, so what is added to it is walked as well.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    Undefined,
    get_named_type,
    is_composite_type,
)

MAX_DEPTH = 7
SHALLOW = 2
MAX_WITHIN = 3
PLAIN = {"Int": [1, 2570], "Float": [1.5], "Decimal": ["1.5"], "Boolean": [True, False]}
MOMENTS = {"DateTime": ["2026-11-01T00:00:00Z"], "Date": ["2026-11-20", "2030-01-01"]}


class Question(NamedTuple):
    """A document, and the variables that it is asked with one after the other."""

    document: str
    variables: list[dict[str, Any]]
    label: str


def questions(
    schema: GraphQLSchema,
    asked: list[str],
    usual: dict[str, list[Any]],
    roots: list[str] | None = None,
) -> Iterator[Question]:
    """Asks each root field about the public for all that it leads to, and then, argument by
    argument, with every choice, and with every text of `asked`.

    `usual` gives, by the name of an argument, texts for which there is an answer. `roots` are the
    root fields to ask; by default all.
    """
    assert schema.query_type
    walked: set[str] = set()
    for name in roots or schema.query_type.fields:
        field = schema.query_type.fields[name]
        arguments = {
            key: one for key, one in field.args.items() if _must_be_given(one) or key == "locale"
        }
        texts = [key for key in field.args if key in usual and key not in arguments]
        for text in texts or [""]:
            given = {**arguments, **({text: field.args[text]} if text else {})}
            known = {
                key: usual.get(key) or [*values_of(field.args[key].type, asked)][:2]
                for key in given
            }
            yield _question(schema, name, field, known, MAX_DEPTH)
        for key, one in field.args.items():
            known = {other: _few(field.args[other], other, usual, asked) for other in arguments}
            inputs = get_named_type(one.type)
            if isinstance(inputs, GraphQLInputObjectType):
                if inputs.name in walked:
                    continue  # the same conditions, whatever list they are put to
                walked.add(inputs.name)
                known = {other: values[:1] for other, values in known.items()}
            yield _question(schema, name, field, {**known, key: [*values_of(one.type, asked)]}, 2)


def _many(argument: Any, name: str, usual: dict[str, list[Any]], asked: list[str]) -> list[Any]:
    return usual.get(name) or list(values_of(argument.type, asked))[:2]


def _few(argument: Any, name: str, usual: dict[str, list[Any]], asked: list[str]) -> list[Any]:
    """Both languages; of anything else one value."""
    values = usual.get(name) or list(values_of(argument.type, asked))
    return values if name == "locale" else values[:1]


def _question(
    schema: GraphQLSchema, name: str, field: Any, values: dict[str, list[Any]], depth: int
) -> Question:
    declared = ", ".join(f"${key}: {field.args[key].type}" for key in values)
    passed = ", ".join(f"{key}: ${key}" for key in values)
    head = f"query({declared})" if declared else "query"
    call = f"{name}({passed})" if passed else name
    sets: list[dict[str, Any]] = [{}]
    for key, choices in values.items():
        sets = [{**known, key: value} for known in sets for value in choices]
    selection = _selection(schema, field.type, depth, set())
    varied = max(values, key=lambda key: len(values[key]), default="")
    return Question(f"{head} {{ {call} {selection} }}", sets, f"{name}({varied})")


def values_of(type_: Any, asked: list[str]) -> Iterator[Any]:
    """Every value that is worth trying for an input type; texts are what is asked for."""
    if isinstance(type_, GraphQLNonNull):
        yield from values_of(type_.of_type, asked)
    elif isinstance(type_, GraphQLList):
        if isinstance(get_named_type(type_), GraphQLEnumType | GraphQLScalarType):
            yield list(values_of(get_named_type(type_), asked))
        for value in values_of(type_.of_type, asked):
            yield [value]
    elif isinstance(type_, GraphQLEnumType):
        yield from type_.values
    elif isinstance(type_, GraphQLInputObjectType):
        yield from _objects(type_, asked, 2)
    elif type_.name in PLAIN or type_.name in MOMENTS:
        yield from {**PLAIN, **MOMENTS}[type_.name]
    else:
        yield from asked


def _objects(type_: GraphQLInputObjectType, asked: list[str], depth: int) -> Iterator[dict]:
    """Objects with one field each; of those within themselves (and, or, not) a few are enough."""
    required = {
        key: next(iter(values_of(one.type, asked)))
        for key, one in type_.fields.items()
        if _must_be_given(one)
    }
    for number, (key, one) in enumerate(type_.fields.items()):
        inner = get_named_type(one.type)
        if isinstance(inner, GraphQLInputObjectType):
            turn = MAX_WITHIN * number % len(asked)  # each of them gets other texts than the last
            asked = asked[turn:] + asked[:turn]
            if depth:
                few = MAX_WITHIN if inner is type_ else None
                for value in islice(_objects(inner, asked[:MAX_WITHIN], depth - 1), few):
                    yield {**required, key: [value] if _is_list(one.type) else value}
        else:
            for value in values_of(one.type, asked):
                yield {**required, key: value}


def _selection(schema: GraphQLSchema, type_: Any, depth: int, seen: set) -> str:
    """Every field below a type; each composite one is opened once in a document.

    Near the bottom, what a type has in common with others is enough: its own parts are long.
    """
    named = get_named_type(type_)
    if not is_composite_type(named):
        return ""
    parts = ["__typename"]
    shared: set[str] = set()
    if not isinstance(named, GraphQLUnionType):
        shared = set(named.fields)
        parts += _fields(schema, named, named.fields, depth, seen)
    if not isinstance(named, GraphQLObjectType):
        for possible in _possible_types(schema, named, depth):
            own = {key: one for key, one in possible.fields.items() if key not in shared}
            if inner := _fields(schema, possible, own, depth, seen):
                parts.append(f"... on {possible.name} {{ {' '.join(inner)} }}")
    return "{ " + " ".join(parts) + " }"


def _possible_types(schema: GraphQLSchema, named: Any, depth: int) -> list[Any]:
    found = schema.get_possible_types(named)
    if depth <= SHALLOW:
        shared = [one for possible in found for one in possible.interfaces if one is not named]
        found = [*[one for one in found if not one.interfaces], *shared]
    return [one for _name, one in sorted({one.name: one for one in found}.items())]


def _fields(
    schema: GraphQLSchema, owner: Any, fields: dict[str, Any], depth: int, seen: set
) -> list[str]:
    found = []
    for name, field in fields.items():
        is_leaf = not is_composite_type(get_named_type(field.type))
        if not is_leaf and (depth == 0 or (owner.name, name) in seen):
            continue
        if not is_leaf:
            seen.add((owner.name, name))
        for number, arguments in enumerate(_nested_arguments(field)):
            inner = _selection(schema, field.type, depth - 1, seen) if not is_leaf else ""
            found.append(f"{owner.name}_{name}_{number}: {name}{arguments} {inner}")
    return found


def _nested_arguments(field: Any) -> list[str]:
    """The arguments of a field below the root: as they are, and each choice once."""
    required = {key: one for key, one in field.args.items() if _must_be_given(one)}
    base = {key: _literal(one.type) for key, one in required.items()}
    variants = [base]
    for key, one in field.args.items():
        if isinstance(get_named_type(one.type), GraphQLEnumType):
            values = list(get_named_type(one.type).values)
            variants += [
                {**base, key: f"[{value}]" if _is_list(one.type) else value} for value in values
            ]
    texts = [", ".join(f"{key}: {value}" for key, value in one.items()) for one in variants]
    return [f"({text})" if text else "" for text in dict.fromkeys(texts)]


def _literal(type_: Any) -> str:
    value = next(iter(values_of(type_, ["askzq"])))
    text = f'"{value}"' if isinstance(value, str) else str(value).lower()
    return value if isinstance(get_named_type(type_), GraphQLEnumType) else text


def _must_be_given(one: Any) -> bool:
    return isinstance(one.type, GraphQLNonNull) and one.default_value is Undefined


def _is_list(type_: Any) -> bool:
    inner = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    return isinstance(inner, GraphQLList)
