"""Stored operations: the questions of our own site and feeds, each a file, called by name."""

from functools import cache
from typing import Any, cast

from django.conf import settings
from graphql import (
    DocumentNode,
    ExecutionResult,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    Node,
    OperationDefinitionNode,
    Visitor,
    execute,
    parse,
    validate,
    visit,
)

from cms.snapshot.snapshot import Snapshot
from content_api.reader import Context
from content_api.schema import schema

FOLDER = settings.BASE_DIR / "graphql" / "operations"


class UnknownOperation(KeyError):
    """No stored operation has this name."""


class OperationFailed(Exception):
    """A stored operation gave errors: a fault of ours, not of the reader."""


def operation_names() -> list[str]:
    """Every stored operation, by file name."""
    return sorted(_operations())


def document(name: str) -> DocumentNode:
    """A stored operation with the fragments that it uses, parsed and validated once.

    Raises `UnknownOperation`.
    """
    try:
        return _operations()[name]
    except KeyError as error:
        raise UnknownOperation(name) from error


def run(name: str, variables: dict[str, Any], draft: Snapshot | None = None) -> ExecutionResult:
    """Runs a stored operation against the public record.

    `draft`, for previews only, stands in for the page that the operation asks for.
    """
    result = execute(
        schema.graphql_schema,
        document(name),
        context_value=Context(draft),
        variable_values=variables,
    )
    return cast(ExecutionResult, result)  # no resolver is asynchronous


def data_of(name: str, variables: dict[str, Any], draft: Snapshot | None = None) -> dict[str, Any]:
    """The data of a stored operation. Raises `OperationFailed` where it gave errors."""
    result = run(name, variables, draft)
    if result.errors:
        raise OperationFailed(f"{name}: {result.errors[0]}") from result.errors[0].original_error
    return result.data or {}


@cache
def _operations() -> dict[str, DocumentNode]:
    definitions: list[tuple[str, Any]] = []
    for path in sorted(FOLDER.glob("*.graphql")):
        for definition in parse(path.read_text(encoding="utf-8")).definitions:
            definitions.append((path.stem, definition))
    fragments = {
        node.name.value: node
        for _stem, node in definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    documents = {}
    for stem, node in definitions:
        if isinstance(node, OperationDefinitionNode):
            used = _fragments_of(node, fragments)
            documents[stem] = DocumentNode(definitions=(node, *used))
            if errors := validate(schema.graphql_schema, documents[stem]):
                raise OperationFailed(f"{stem}.graphql: {errors[0]}")
    return documents


def _fragments_of(node: Node, fragments: dict[str, Any]) -> list[Any]:
    """The fragments that a definition uses, directly or through others, each once."""
    found: dict[str, Any] = {}

    class Collector(Visitor):
        def enter_fragment_spread(self, spread: FragmentSpreadNode, *_args: Any) -> None:
            name = spread.name.value
            if name not in found:
                found[name] = fragments[name]
                visit(fragments[name], self)

    visit(node, Collector())
    return list(found.values())
