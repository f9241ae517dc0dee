"""Ready responses of the endpoint: found by the raw request, given out before anything else runs.

A response is kept as it leaves the last middleware, where the question was public, answered without
an error, and short. What a request presents in a header to get more than others is never
answered from here. The endpoint says what may be kept (`public`), the middleware keeps it.
"""

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from graphql import ExecutionResult

from cms.publication.sites import site_of
from cms.publication.tags import tag_headers
from content_api import freshness
from content_api.answer_tags import tags_of
from content_api.caching import Look, memory
from content_api.context import Context
from content_api.keys import HEADERS
from content_api.observability.observation import Observation, observe_hit

_MAX_QUESTION = 16_384  # bytes: longer ones are not remembered
_READING = ("GET", "HEAD")
# As WSGI names the headers of those who may get what others do not.
_KEYS = [f"HTTP_{name.upper().replace('-', '_')}" for name in (*HEADERS, "Authorization")]
# What a response tells one reader alone.
_PERSONAL = {"ratelimit", "ratelimit-policy", "server-timing"}


class Ready(NamedTuple):
    """A response as it can be given to everybody who asks the same."""

    content: bytes
    headers: dict[str, tuple[str, str]]
    operation: str  # for whoever observes: as when it was made
    cost: int | None


class _Copy(HttpResponse):
    """A response with the headers of another, which were checked when that one was made."""

    def __init__(self, ready: Ready) -> None:
        super().__init__(ready.content, content_type="")
        # Set one by one, each is checked again: that costs more than all the rest of a hit.
        self.headers._store = ready.headers.copy()  # type: ignore[attr-defined]


class ReadyAnswersMiddleware:
    """The first of all: what is ready needs no session, no language and no address resolved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.root = ""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The kept response, or a new one, kept for whoever asks the same."""
        self.root = self.root or reverse("graphql")
        if not request.path.startswith(self.root) or _has_keys(request):
            return self.get_response(request)
        key = _key(request)
        look = memory.look_up(key and (key, site_of(request)))
        if look.kept:
            return _given_again(request, look)
        response = self.get_response(request)
        seen: Observation | None = getattr(response, "public", None)
        return _kept(request, look, response, seen) if seen else response


def public(
    request: HttpRequest,
    response: HttpResponse,
    result: ExecutionResult,
    context: Context,
    seen: Observation,
) -> HttpResponse:
    """Says whether a response may be kept, by us and by others, and what purges it there."""
    if context.is_private or _has_keys(request):
        response.headers["Cache-Control"] = f"private, {freshness.NEVER}"
        return response
    response.headers["Cache-Control"] = freshness.NEVER
    if not result.errors and context.question is not None:
        for name, value in tag_headers(tags_of(context)).items():
            response.headers[name] = value
        response.public = seen  # type: ignore[attr-defined]
    return response


def _has_keys(request: HttpRequest) -> bool:
    meta = request.META
    return any(name in meta for name in _KEYS)


def _given_again(request: HttpRequest, look: Look) -> HttpResponse:
    assert look.kept is not None  # noqa: S101  # see __call__
    ready: Ready = look.kept.value
    response = _Copy(ready)
    if settings.EDGE_SECONDS and request.method in _READING:
        response.headers["Cache-Control"] = freshness.cache_control(look)
    observe_hit(ready.operation, ready.cost, request.META)
    return _unless_known(request, response)


def _kept(
    request: HttpRequest, look: Look, response: HttpResponse, seen: Observation
) -> HttpResponse:
    headers = response.headers
    if request.method in _READING:
        headers["ETag"] = freshness.etag_of(response.content)
        headers["Cache-Control"] = freshness.cache_control(look)
    if not response.cookies:
        store = {
            name.lower(): (name, value)
            for name, value in headers.items()
            if name.lower() not in _PERSONAL
        }
        ready = Ready(response.content, store, seen.operation, seen.cost)
        memory.keep(look, ready, len(response.content))
    if "s-maxage" in headers["Cache-Control"]:  # others will get it from a shared cache
        for name in _PERSONAL:
            headers.pop(name, None)
    return _unless_known(request, response)


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 where the reader has this answer already; answers to POST have no ETag."""
    etag = response.headers.get("ETag")
    if etag and freshness.is_known(request, etag):
        return freshness.not_modified(response)
    return response


def _key(request: HttpRequest) -> Hashable:
    """Everything in a request that a public answer may depend on, as it came.

    None for what is not remembered: long questions, and Apollo's way to leave a document with us.
    """
    meta = request.META
    question: Any
    if request.method in _READING:
        question, kind = meta.get("QUERY_STRING", ""), ""
        leaves_document = "persistedQuery" in question and "query=" in question
    elif request.method == "POST" and int(meta.get("CONTENT_LENGTH") or 0) <= _MAX_QUESTION:
        question, kind = request.body, meta.get("CONTENT_TYPE", "")
        leaves_document = b"persistedQuery" in question and b'"query"' in question
    else:
        return None
    if leaves_document or len(question) > _MAX_QUESTION:
        return None
    origin = "" if "*" in settings.GRAPHQL_ORIGINS else meta.get("HTTP_ORIGIN", "")
    host = meta.get("HTTP_HOST") or meta.get("SERVER_NAME", "")
    # Plain HTTP is led on to HTTPS by what comes after this.
    scheme = meta.get("HTTP_X_FORWARDED_PROTO"), meta.get("wsgi.url_scheme")
    return host, scheme, request.path, kind, question, meta.get("HTTP_ACCEPT", ""), origin
