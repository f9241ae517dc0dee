"""Asks the schema a question, as a front end would."""

from typing import Any

from graphql import execute, parse

from content_api.reader import Context
from content_api.schema import schema


def ask(query: str, **variables: Any) -> dict[str, Any]:
    """The data of a query; fails the test where there are errors."""
    result = ask_for_result(query, **variables)
    assert result.errors is None, result.errors
    return result.data


def ask_for_result(query: str, **variables: Any) -> Any:
    """Data and errors of a query."""
    return execute(
        schema.graphql_schema, parse(query), context_value=Context(), variable_values=variables
    )
