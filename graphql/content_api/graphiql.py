"""GraphiQL for people who open `/graphql/` in a browser: the schema's documentation, to try."""

from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLNamedType,
    get_named_type,
    is_required_input_field,
    type_from_ast,
)

from content_api.operations import StoredOperation, stored_operations
from content_api.requests import language
from content_api.responses import GRAPHQL_JSON, JSON
from content_api.schema import schema

# Built by `make graphiql` from the packages that clients/package-lock.json names.
BUILT = "content_api/graphiql/graphiql.js"
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "connect-src 'self'",
        "font-src 'self' data:",  # GraphiQL's style sheet holds its fonts
        "img-src 'self' data:",
        "script-src 'self'",
        "style-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    ]
)
_EXAMPLES: dict[str, Any] = {"path": "/news/", "under": "/news/", "first": 5, "hash": "0" * 64}
_EXAMPLES |= {"Date": "2026-01-01", "DateTime": "2026-01-01T00:00:00Z", "Int": 5, "Boolean": True}


def is_wanted(request: HttpRequest) -> bool:
    """Whether the reader is a person with a browser, who likes HTML better than JSON."""
    kinds = [JSON, GRAPHQL_JSON, "text/html"]
    return request.method in ("GET", "HEAD") and request.get_preferred_type(kinds) == kinds[-1]


def page(request: HttpRequest) -> HttpResponse:
    """GraphiQL with the stored operations as examples; without its scripts, a list of these."""
    code = language(request)
    with translation.override(code):
        context = {
            "language": code,
            "is_built": finders.find(BUILT) is not None,
            "operations": [_example(operation) for operation in stored_operations()],
        }
        response = render(request, "content_api/graphiql.html", context)
    response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response["Cache-Control"] = "no-cache"
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    return response


def _example(operation: StoredOperation) -> dict[str, Any]:
    variables = {
        node.variable.name.value: _value(
            node.variable.name.value,
            get_named_type(type_from_ast(schema.graphql_schema, node.type)),  # type: ignore[arg-type]
        )
        for node in operation.operation.variable_definitions
        if node.type.kind == "non_null_type" and node.default_value is None
    }
    address = reverse("stored_operation", args=[operation.name])
    return {
        "name": operation.name,
        "query": operation.body,
        "variables": variables,
        "href": f"{address}?{urlencode(variables)}" if variables else address,
    }


def _value(name: str, kind: GraphQLNamedType) -> Any:
    """Something that a variable may be, for a first try."""
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        return {
            key: _value(key, get_named_type(field.type))  # type: ignore[arg-type]
            for key, field in kind.fields.items()
            if is_required_input_field(field)
        }
    return _EXAMPLES.get(name, _EXAMPLES.get(kind.name, ""))
