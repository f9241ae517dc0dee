"""What a reader gets: status, content type and headers, after the GraphQL-over-HTTP draft."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import MediaType
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import conditional_page, require_safe
from graphql import ExecutionResult

from content_api.errors import Code, Refused, told
from content_api.execution import ready_data
from content_api.keys import has_keys
from content_api.requests import language

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
METHODS = "GET, HEAD, OPTIONS, POST"
# Where a request is refused as such, whatever is accepted; else 400, or 200 with plain JSON.
_STATUS = {
    Code.BAD_REQUEST: 400,
    Code.BATCHING_NOT_SUPPORTED: 400,
    Code.PERSISTED_QUERY_HASH_MISMATCH: 400,
    Code.STORED_OPERATIONS_ONLY: 403,
    Code.FORBIDDEN: 403,
    Code.PREVIEW_TOKEN_INVALID: 403,
    Code.ACCESS_TOKEN_INVALID: 403,
    Code.UNLOCK_REFUSED: 403,
    Code.OPERATION_NOT_FOUND: 404,
    Code.METHOD_NOT_ALLOWED: 405,
    Code.NOT_ACCEPTABLE: 406,
    Code.LIMIT_SIZE: 413,
    Code.UNSUPPORTED_MEDIA_TYPE: 415,
    Code.LIMIT_RATE: 429,
    Code.LIMIT_TIME: 503,
}


def accepted(request: HttpRequest) -> str:
    """The media type that the reader prefers of those that we speak.

    JSON where any type will do, as older clients expect. Raises `Refused` where none will.
    """
    modern, plain = _range(request, GRAPHQL_JSON), _range(request, JSON)
    if modern is None and plain is None:
        raise Refused(_("We speak application/graphql-response+json."), Code.NOT_ACCEPTABLE)
    if modern is None or str(modern.sub_type) == "*":
        return JSON
    return JSON if plain and plain.quality > modern.quality else GRAPHQL_JSON


def answered(request: HttpRequest, result: ExecutionResult, otherwise: Code) -> HttpResponse:
    """The response to a document: its data, and what was wrong.

    `otherwise` is the code of errors that graphql-core found by itself: see `errors.told`.
    """
    body: dict[str, Any] = {}
    if result.errors:
        with translation.override(language(request)):
            body["errors"] = [told(error, otherwise) for error in result.errors]
    # No data key where nothing was executed.
    data = ready_data(result)
    if data is not None or not result.errors or any(e.path for e in result.errors):
        body["data"] = data
    if result.extensions:
        body["extensions"] = result.extensions
    kind = accepted(request)
    status = 400 if "data" not in body and kind == GRAPHQL_JSON else 200
    return _response(request, body, status, kind)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The response to a request that was not executed."""
    try:
        kind = accepted(request)
    except Refused:
        kind = JSON
    with translation.override(language(request)):
        body = {"errors": [told(refusal, refusal.code)]}
    status = _STATUS.get(refusal.code, 400 if kind == GRAPHQL_JSON else 200)
    response = _response(request, body, status, kind)
    if status == 405:
        response["Allow"] = METHODS
    response["Cache-Control"] = "private, no-store" if has_keys(request) else "no-store"
    return response


def preflight(request: HttpRequest) -> HttpResponse:
    """A browser on another origin asks before it posts JSON or sends a header of its own."""
    response = HttpResponse(status=204, headers={"Allow": METHODS})
    share(request, response)
    if "Access-Control-Allow-Origin" in response:
        response["Access-Control-Allow-Methods"] = "GET, HEAD, POST"
        response["Access-Control-Allow-Headers"] = "*, Authorization"
        response["Access-Control-Max-Age"] = "86400"
    return response


def shared(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """For texts beside the endpoint that scripts of the configured origins may read too."""

    @require_safe
    @conditional_page
    @wraps(view)
    def readable(request: HttpRequest) -> HttpResponse:
        response = view(request)
        share(request, response)
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    return readable


def _response(request: HttpRequest, body: Any, status: int, kind: str) -> HttpResponse:
    content_type = f"{kind}; charset=utf-8"
    response = HttpResponse(orjson.dumps(body), status=status, content_type=content_type)
    patch_vary_headers(response, ["Accept", "Accept-Language"] if "errors" in body else ["Accept"])
    share(request, response)
    return response


def share(request: HttpRequest, response: HttpResponse) -> None:
    """Lets scripts of the configured origins read: without credentials, as all is public."""
    origins = settings.GRAPHQL_ORIGINS
    if "*" in origins:
        response["Access-Control-Allow-Origin"] = "*"
    else:
        patch_vary_headers(response, ["Origin"])
        if (origin := request.headers.get("Origin")) in origins:
            response["Access-Control-Allow-Origin"] = origin or ""
    if "Access-Control-Allow-Origin" in response:
        response["Access-Control-Expose-Headers"] = "*"


def _range(request: HttpRequest, media_type: str) -> MediaType | None:
    """The most specific range of `Accept` that holds a media type; parameters do not matter."""
    main, _slash, sub = media_type.partition("/")
    holding = [
        accepted
        for accepted in request.accepted_types
        if accepted.main_type in (main, "*") and accepted.sub_type in (sub, "*")
    ]
    return max(holding, key=lambda accepted: accepted.specificity, default=None)
