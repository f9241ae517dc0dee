"""Asks the schema a question, as a front end would."""

from typing import Any

from django.utils import translation
from graphql import execute, parse

from content_api.context import Context
from content_api.operations import document
from content_api.schema import schema


def ask(query: str, /, **variables: Any) -> dict[str, Any]:
    """The data of a query; fails the test where there are errors."""
    result = ask_for_result(query, **variables)
    assert result.errors is None, result.errors
    return result.data


def ask_for_result(query: str, /, **variables: Any) -> Any:
    """Data and errors of a query."""
    with translation.override("en"):  # what is said of mistakes
        return execute(
            schema.graphql_schema, parse(query), context_value=Context(), variable_values=variables
        )


def variables_of(name: str, locale: str, path: str = "/news/") -> dict[str, Any]:
    """Values for what a stored operation must be given, and a page size where it takes one."""
    values = {"locale": locale, "path": path, "first": 50, "permanentId": "unknown"}
    values |= {"identifier": "unknown-1", "from": "2026-01-01", "under": path, "filter": {}}
    values |= {"since": "2026-01-01T00:00:00Z", "query": "ข่าว"}
    values |= {"hash": "0" * 64, "framework": "test-list", "fiscalYear": 2566}
    operation: Any = document(name).definitions[0]
    declared = {node.variable.name.value for node in operation.variable_definitions}
    return {key: value for key, value in values.items() if key in declared}
