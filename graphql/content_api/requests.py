"""What a reader asks: an HTTP request as a GraphQL request, after the GraphQL-over-HTTP draft."""

from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header
from graphql import (
    GraphQLEnumType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    type_from_ast,
)

from content_api.errors import Code, Refused
from content_api.locales import place_of
from content_api.operations import StoredOperation, stored_operation
from content_api.schema import schema

LANGUAGES = ("en", "th")
_OBJECTS = ("variables", "extensions")
_TEXTS = ("query", "documentId", "operationName")
_NOT_TEXTUAL = {"Int", "Float", "Boolean", "JSON"}


@dataclass(frozen=True)
class GraphQLRequest:
    """One question. `stored` is an operation called by name; otherwise the document stands in
    `query`, or is named by `document_id`, or by Apollo's `extensions.persistedQuery`.
    """

    query: str | None = None
    document_id: str | None = None
    stored: StoredOperation | None = None
    variables: dict[str, Any] | None = None
    operation_name: str | None = None
    extensions: dict[str, Any] | None = None


def parse(request: HttpRequest, name: str = "") -> GraphQLRequest:
    """The question of a request to `/graphql/`, or to `/graphql/<name>/`.

    Raises `Refused` for what is no question.
    """
    stored = stored_operation(name) if name else None
    if request.method in ("GET", "HEAD"):
        if stored:
            return GraphQLRequest(stored=stored, variables=_plain(stored, request.GET))
        parameters: dict[str, Any] = request.GET.dict()
        for key in _OBJECTS:
            if key in parameters:
                parameters[key] = _loads(parameters[key] or "null")
    elif request.method == "POST":
        parameters = _body(request)
    else:
        raise Refused(_("Use GET or POST."), Code.METHOD_NOT_ALLOWED)
    return _checked(parameters, stored)


def language(request: HttpRequest) -> str:
    """In which language the reader is told of mistakes: by `Accept-Language`, else English."""
    header = request.headers.get("Accept-Language", "").lower()
    for code, _weight in parse_accept_lang_header(header):
        if (short := code.partition("-")[0]) in LANGUAGES:
            return short
    return "en"


def _body(request: HttpRequest) -> dict[str, Any]:
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if request.content_type != "application/json" or charset not in ("utf-8", "utf8"):
        raise Refused(_("Send application/json in UTF-8."), Code.UNSUPPORTED_MEDIA_TYPE)
    # The header first: nothing of a body that is too large is read.
    limit = settings.GRAPHQL_MAX_BODY
    if int(request.META.get("CONTENT_LENGTH") or 0) > limit or len(request.body) > limit:
        raise Refused(
            _("The request is larger than %(limit)s bytes."), Code.LIMIT_SIZE, limit=limit
        )
    body = _loads(request.body)
    if isinstance(body, list):
        raise Refused(_("Send one operation at a time."), Code.BATCHING_NOT_SUPPORTED)
    if not isinstance(body, dict):
        raise Refused(_("Send a JSON object."), Code.BAD_REQUEST)
    return body


def _checked(parameters: dict[str, Any], stored: StoredOperation | None) -> GraphQLRequest:
    for kinds, names in (((str,), _TEXTS), ((dict,), _OBJECTS)):
        for name in names:
            value = parameters.get(name)
            if value is not None and not isinstance(value, kinds):
                text = (
                    _("%(name)s must be a text.")
                    if str in kinds
                    else _("%(name)s must be an object.")
                )
                raise Refused(text, Code.BAD_REQUEST, name=name)
    query, document_id = parameters.get("query"), parameters.get("documentId")
    extensions = parameters.get("extensions")
    given = [query, document_id, stored, (extensions or {}).get("persistedQuery")]
    if not any(given):
        raise Refused(_("Give a query or a documentId."), Code.BAD_REQUEST)
    if bool(document_id) + bool(stored) + bool(query) > 1:
        raise Refused(_("Give one document only."), Code.BAD_REQUEST)
    return GraphQLRequest(
        query=query or None,
        document_id=document_id or None,
        stored=stored,
        variables=parameters.get("variables"),
        operation_name=parameters.get("operationName") or None,
        extensions=extensions,
    )


def _plain(stored: StoredOperation, query: QueryDict) -> dict[str, Any]:
    """The query string's values as the types that a stored operation declares."""
    declared = {
        node.variable.name.value: type_from_ast(schema.graphql_schema, node.type)
        for node in stored.operation.variable_definitions
    }
    variables = {}
    for key, values in query.lists():
        if key not in declared:
            raise Refused(
                _("This operation has no variable %(name)s."), Code.BAD_REQUEST, name=key[:40]
            )
        variables[key] = _value(declared[key], values)
    if "locale" in declared:  # what a browser's path says already need not be said again
        variables.setdefault("locale", _language_of(variables.get("path")))
    return variables


def _language_of(path: Any) -> str:
    """Of a public path (`/en/news/`), or else the language of the original."""
    named = place_of(path)[0] if isinstance(path, str) else None
    return (named or LANGUAGES[-1]).upper()


def _value(kind: GraphQLInputType | Any, values: list[str]) -> Any:
    """Texts and enum values as they are, a list by repeating its name, all else as JSON."""
    if isinstance(kind, GraphQLNonNull):
        return _value(kind.of_type, values)
    if isinstance(kind, GraphQLList) and not values[0].startswith("["):
        return [_value(kind.of_type, [value]) for value in values]
    is_scalar = isinstance(kind, GraphQLScalarType) and kind.name not in _NOT_TEXTUAL
    if is_scalar or isinstance(kind, GraphQLEnumType):
        return values[-1]
    return _loads(values[-1])


def _loads(text: str | bytes) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Refused(_("This is not JSON."), Code.BAD_REQUEST) from error
