"""The one place where a prepared document becomes an answer, for the site and for readers afar."""

from functools import cached_property
from typing import Any, cast

import orjson
from graphql import DocumentNode, ExecutionResult, execute

from content_api.compiled.answers import compiled_data
from content_api.context import Context
from content_api.limits.deadline import TimedExecution
from content_api.schema import schema


class CompiledResult(ExecutionResult):
    """The answer of a compiled operation: JSON already, parsed only where somebody asks."""

    def __init__(self, json: bytes) -> None:
        self.json = json
        self.errors = None
        self.extensions = None

    @cached_property
    def data(self) -> dict[str, Any]:  # type: ignore[override]
        """As graphene's executor would hand it on."""
        return orjson.loads(self.json)


def ready_data(result: ExecutionResult) -> Any:
    """An answer's data for `orjson.dumps`: what is JSON already is not parsed for it."""
    return orjson.Fragment(result.json) if isinstance(result, CompiledResult) else result.data


def answer(
    document: DocumentNode,
    variables: dict[str, Any] | None,
    context: Context,
    operation_name: str | None = None,
) -> ExecutionResult:
    """Runs a document that was parsed and validated before, against the public record.

    What goes wrong in a resolver stands in the result's `errors`, with the original exception.
    A compiled operation answers where there is one; graphene does everywhere else, and always
    where the answer is for one reader alone: ready JSON is for everybody.
    """
    context.question = (document, operation_name, variables)
    if not context.is_private:
        json = compiled_data(schema.graphql_schema, document, variables, context, operation_name)
        if json is not None:
            return CompiledResult(json)
    return reference(document, variables, context, operation_name)


def reference(
    document: DocumentNode,
    variables: dict[str, Any] | None,
    context: Context,
    operation_name: str | None = None,
) -> ExecutionResult:
    """As `answer`, by graphene's own executor: what a compiled operation must agree with."""
    result = execute(
        schema.graphql_schema,
        document,
        context_value=context,
        variable_values=variables,
        operation_name=operation_name,
        execution_context_class=TimedExecution,
    )
    return cast(ExecutionResult, result)  # no resolver is asynchronous
