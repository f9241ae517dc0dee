"""The limits of a document: checked after it was parsed and before anything compares or runs it."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from graphql import (
    DocumentNode,
    ExecutableDefinitionNode,
    FieldNode,
    GraphQLSchema,
    OperationDefinitionNode,
)

from content_api.errors import Code, Refused
from content_api.limits.lexical import MAX_NESTING
from content_api.limits.measuring import Measure, measured
from content_api.limits.overlaps import comparisons

MAX_OPERATIONS = 50  # GraphiQL sends whatever stands in its editor
MAX_COMPARISONS = 10_000  # a hundred times the same field


def check_document(schema: GraphQLSchema, document: DocumentNode) -> dict[str, Measure]:
    """The measure of each operation, by name ("" for one without). Raises `Refused`."""
    operations = [n for n in document.definitions if isinstance(n, OperationDefinitionNode)]
    _refuse_above(
        MAX_OPERATIONS,
        len(operations),
        _("The document has more than %(maximum)s operations."),
        Code.LIMIT_SIZE,
    )
    aliases, directives = _written(document)
    _refuse_above(
        settings.GRAPHQL_MAX_ALIASES,
        aliases,
        _("The document has more than %(maximum)s aliases."),
        Code.LIMIT_ALIASES,
    )
    _refuse_above(
        settings.GRAPHQL_MAX_DIRECTIVES,
        directives,
        _("The document has more than %(maximum)s directives."),
        Code.LIMIT_DIRECTIVES,
    )
    measures = measured(schema, document)
    for measure in measures.values():
        _check_measure(measure)
    _refuse_above(
        MAX_COMPARISONS,
        comparisons(document, MAX_COMPARISONS),
        _("The document asks for the same fields too often."),
        Code.LIMIT_COST,
    )
    return measures


def check_cost(measure: Measure, variables: dict[str, Any] | None) -> int:
    """What an operation costs with its variables. Raises `Refused` where it is too much."""
    sizes = {**measure.defaults, **(variables or {})}
    numbers = {name: _number(value) for name, value in sizes.items()}
    known = {name: number for name, number in numbers.items() if number is not None}
    cost = measure.cost.with_sizes(known)
    _refuse_above(
        settings.GRAPHQL_MAX_COST,
        cost,
        _("The operation costs %(found)s points, more than the %(maximum)s that one may."),
        Code.LIMIT_COST,
    )
    return cost


def told_cost(cost: int) -> dict[str, int]:
    """What an answer says of its cost in `extensions.cost`."""
    return {"requested": cost, "maximum": settings.GRAPHQL_MAX_COST}


def _number(value: Any) -> int | None:
    """How many items a variable asks for: a page size, or a list of ids; else None."""
    if isinstance(value, list):
        return len(value)
    return max(0, value) if isinstance(value, int) and not isinstance(value, bool) else None


def _check_measure(measure: Measure) -> None:
    if measure.introspects and not settings.GRAPHQL_INTROSPECTION:
        raise Refused(_("The schema is not told here: read its file."), Code.INTROSPECTION_DISABLED)
    _refuse_above(
        settings.GRAPHQL_MAX_DEPTH,
        measure.depth,
        _("The document is deeper than %(maximum)s levels."),
        Code.LIMIT_DEPTH,
    )
    _refuse_above(
        MAX_NESTING,
        measure.nesting,
        _("The document has more than %(maximum)s selections in each other."),
        Code.LIMIT_DEPTH,
    )
    _refuse_above(
        settings.GRAPHQL_MAX_FIELDS,
        measure.fields,
        _("The document has more than %(maximum)s fields, with those of its fragments."),
        Code.LIMIT_COST,
    )


def _written(document: DocumentNode) -> tuple[int, int]:
    """How many aliases and directives stand in a document, as written."""
    aliases = directives = 0
    queue: list[Any] = [n for n in document.definitions if isinstance(n, ExecutableDefinitionNode)]
    while queue:
        node = queue.pop()
        directives += len(node.directives)
        if isinstance(node, FieldNode):
            aliases += node.alias is not None
        queue.extend(getattr(node, "variable_definitions", None) or ())
        if getattr(node, "selection_set", None):
            queue.extend(node.selection_set.selections)
    return aliases, directives


def _refuse_above(maximum: int, found: int, text: Any, code: Code) -> None:
    if found > maximum:
        raise Refused(text, code, maximum=maximum, found=found)
