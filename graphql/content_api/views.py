"""GraphQL over HTTP for anonymous readers: JSON only, no cookies, cacheable, errors masked."""

import hashlib
import json
import logging
from functools import lru_cache
from typing import Any, cast

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    execute,
    parse,
    specified_rules,
    validate,
)

from content_api.limits import MAX_TOKENS, LimitsRule
from content_api.operations import UnknownOperation, document
from content_api.reader import Context
from content_api.schema import schema

logger = logging.getLogger(__name__)
MAX_BODY = 200_000  # bytes
GRAPHQL_JSON = "application/graphql-response+json"


class RequestError(Exception):
    """The request is not one that can be answered; the text says why."""


@method_decorator(csrf_exempt, name="dispatch")
class GraphQLView(View):
    """Answers queries at `/graphql/` and stored operations at `/graphql/<name>/`.

    There is nothing to change and no session is read, so nothing needs CSRF protection.
    """

    http_method_names = ["get", "post", "options", "head"]

    def get(self, request: HttpRequest, name: str = "") -> HttpResponse:
        """`?query=&variables=&operationName=`, or a stored operation's variables one by one."""
        parameters = request.GET.dict()
        if name:
            return self._answer(request, _stored(name), _plain_variables(name, parameters), None)
        variables = _loads(str(parameters.get("variables") or "{}"))
        return self._answer(
            request, parameters.get("query"), variables, parameters.get("operationName")
        )

    def post(self, request: HttpRequest, name: str = "") -> HttpResponse:
        """A JSON object with `query`, `variables`, `operationName`."""
        if request.content_type != "application/json":
            return _error_response("Send application/json.", 415)
        if len(request.body) > MAX_BODY:
            return _error_response("The document is too large.", 413)
        body = _loads(request.body)
        if not isinstance(body, dict):
            return _error_response("Send a JSON object.", 400)
        query = _stored(name) if name else body.get("query")
        return self._answer(request, query, body.get("variables"), body.get("operationName"))

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A browser on another origin asks before it posts JSON."""
        response = HttpResponse(status=204)
        response["Allow"] = "GET, HEAD, OPTIONS, POST"
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Allow-Methods"] = "GET, POST"
        response["Access-Control-Allow-Headers"] = "content-type"
        response["Access-Control-Max-Age"] = "86400"
        return response

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turns what is wrong with a request into an answer that says so."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except RequestError as error:
            return _error_response(str(error), 400)
        except UnknownOperation:
            return _error_response("There is no stored operation of this name.", 404)

    def _answer(
        self, request: HttpRequest, query: Any, variables: Any, operation_name: Any
    ) -> HttpResponse:
        if not query or not isinstance(query, str | DocumentNode):
            raise RequestError("Give a query.")
        if variables is not None and not isinstance(variables, dict):
            raise RequestError("variables must be an object.")
        if operation_name is not None and not isinstance(operation_name, str):
            raise RequestError("operationName must be a text.")
        prepared, errors = (query, ()) if isinstance(query, DocumentNode) else _prepared(query)
        if prepared is None or errors:
            result = ExecutionResult(data=None, errors=list(errors))
        else:
            executed = execute(
                schema.graphql_schema,
                prepared,
                context_value=Context(),
                variable_values=variables,
                operation_name=operation_name or None,
            )
            result = cast(ExecutionResult, executed)  # no resolver is asynchronous
        return _response(request, result)


@lru_cache(maxsize=256)
def _prepared(query: str) -> tuple[DocumentNode | None, tuple[GraphQLError, ...]]:
    """A document parsed and validated once; what is wrong with it otherwise."""
    try:
        parsed = parse(query, max_tokens=MAX_TOKENS)
    except GraphQLError as error:
        return None, (error,)
    rules = [*specified_rules, LimitsRule]
    return parsed, tuple(validate(schema.graphql_schema, parsed, rules, max_errors=5))


def _stored(name: str) -> DocumentNode:
    return document(name)


def _plain_variables(name: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """Query-string values as the types that a stored operation declares."""
    operation: Any = document(name).definitions[0]
    declared = {node.variable.name.value: node.type for node in operation.variable_definitions}
    variables: dict[str, Any] = {}
    for key, value in parameters.items():
        if key not in declared:
            raise RequestError(f"This operation has no variable {key[:40]}.")
        inner = getattr(declared[key], "type", declared[key])
        kind = getattr(getattr(inner, "name", None), "value", "")
        if kind in ("String", "ID", "Locale", "Date", "DateTime"):
            variables[key] = value
        else:
            variables[key] = _loads(value)
    return variables


def _loads(text: str | bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise RequestError("This is not JSON.") from error


def _response(request: HttpRequest, result: ExecutionResult) -> HttpResponse:
    body: dict[str, Any] = {}
    if result.errors:
        body["errors"] = [_masked(error) for error in result.errors]
    # No data key where nothing was executed.
    if result.data is not None or not result.errors or any(e.path for e in result.errors):
        body["data"] = result.data
    content = orjson.dumps(body)
    modern = GRAPHQL_JSON in request.headers.get("Accept", "")
    failed = "data" not in body
    response = HttpResponse(
        content,
        status=400 if failed and modern else 200,
        content_type=f"{GRAPHQL_JSON if modern else 'application/json'}; charset=utf-8",
    )
    response["Vary"] = "Accept"
    response["Access-Control-Allow-Origin"] = "*"  # public, read-only, no credentials
    if request.method in ("GET", "HEAD") and not result.errors:
        etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        if request.headers.get("If-None-Match") == etag:
            response = HttpResponse(status=304)
            response["Vary"] = "Accept"
        response["ETag"] = etag
        response["Cache-Control"] = "public, max-age=0, must-revalidate"
    else:
        response["Cache-Control"] = "no-store"
    return response


def _masked(error: GraphQLError) -> dict[str, Any]:
    """The reader's own mistakes in full; ours as one sentence, with the details in the log."""
    original = error.original_error
    if original is None or isinstance(original, GraphQLError):
        return dict(error.formatted)
    logger.error("GraphQL resolver failed", exc_info=original)
    return {"message": "Something went wrong on our side.", "path": error.path}


def _error_response(message: str, status: int) -> HttpResponse:
    content = orjson.dumps({"errors": [{"message": message}]})
    response = HttpResponse(content, status=status, content_type="application/json; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
