"""The web site's one way to its data: stored operations of the API, by name."""

import json
import urllib.request
from typing import Any

from django.conf import settings
from graphql import GraphQLError

from content_api import operations

TIMEOUT = 10  # seconds


class QueryRefused(Exception):
    """The question was wrong, for example a cursor that is not the API's."""


class QueryFailed(Exception):
    """The API could not answer: a fault on our side."""


def query(name: str, variables: dict[str, Any], draft: Any = None) -> dict[str, Any]:
    """The data of a stored operation, in-process, or over HTTP where `GRAPHQL_URL` is set.

    `draft`, a snapshot, stands in for the page that the operation asks for; drafts never leave
    the process. Raises `QueryRefused` and `QueryFailed`.
    """
    if settings.GRAPHQL_URL and draft is None:
        return _over_http(name, variables)
    return _in_process(name, variables, draft)


def _in_process(name: str, variables: dict[str, Any], draft: Any) -> dict[str, Any]:
    result = operations.run(name, variables, draft)
    for error in result.errors or ():
        cause = error.original_error
        if cause is None or isinstance(cause, GraphQLError):
            raise QueryRefused(error.message)
        raise QueryFailed(f"{name}: {error}") from cause
    return result.data or {}


def _over_http(name: str, variables: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310 (the operator's own address)
        f"{settings.GRAPHQL_URL.rstrip('/')}/{name}/",
        data=json.dumps({"variables": variables}).encode(),
        headers={"Content-Type": "application/json", "Accept": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
            answer = json.load(response)
    except (OSError, ValueError) as error:
        raise QueryFailed(f"{name}: {error}") from error
    for problem in answer.get("errors", ()):
        # The API tells readers' mistakes with their place in the query, its own faults without.
        if "locations" in problem:
            raise QueryRefused(problem["message"])
        raise QueryFailed(f"{name}: {problem['message']}")
    return answer["data"]
