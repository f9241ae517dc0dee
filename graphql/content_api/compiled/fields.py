"""Closures that ask a field of an object: its arguments, its resolver, what it returns."""

from collections.abc import Callable
from functools import partial
from typing import Any

from graphene.types.resolver import dict_or_attr_resolver
from graphql import FieldNode, GraphQLField, default_field_resolver
from graphql.execution.values import get_argument_values

from content_api.compiled.running import Run
from content_api.compiled.selections import variables_in

Resolve = Callable[[Any, Run], Any]


def resolver(field: GraphQLField, node: FieldNode) -> Resolve:
    """What asks a source object for this field.

    Its arguments are coerced once where they are literals, and else once in each run, not once
    for each object. Raises `GraphQLError` for a literal that is none of the argument's type.
    """
    resolve: Any = field.resolve or default_field_resolver
    if not field.args:
        return _default(resolve) or resolve
    values = partial(get_argument_values, field, node)
    if not any(variables_in(node_argument) for node_argument in node.arguments):
        fixed = values({})
        if all(isinstance(value, str | int | float | None) for value in fixed.values()):
            return lambda source, run: resolve(source, run, **fixed)

    def resolve_with_arguments(source: Any, run: Run) -> Any:
        arguments = run.arguments.get(place)
        if arguments is None:
            arguments = run.arguments[place] = values(run.variable_values)
        return resolve(source, run, **arguments)

    place = id(resolve_with_arguments)
    return resolve_with_arguments


def telling(resolve: Resolve, shape: str | None) -> Resolve:
    """The resolver of a root field, while which the context tells what is asked of records."""
    if shape is None:
        return resolve

    def resolve_told(source: Any, run: Run) -> Any:
        run.context.ready_shape = shape
        try:
            return resolve(source, run)
        finally:
            run.context.ready_shape = None

    return resolve_told


def _default(resolve: Any) -> Resolve | None:
    """Graphene's own resolver without its detours: an attribute, or an entry of a dict."""
    if not isinstance(resolve, partial) or resolve.func is not dict_or_attr_resolver:
        return None
    if resolve.keywords or len(resolve.args) != 2:
        return None
    name, default = resolve.args

    def attribute(source: Any, _run: Run) -> Any:
        if isinstance(source, dict):
            return source.get(name, default)
        return getattr(source, name, default)

    return attribute
