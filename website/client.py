"""The web site's one way to its data: stored operations of the API, by name."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from content_api import keys, operations, unlocking
from content_api.errors import Code, Refused, code_of
from content_api.observability.observation import collected, server_timing

TIMEOUT = 10  # seconds
_keys: ContextVar[str] = ContextVar("keys", default="")
_read_from: ContextVar[set[str] | None] = ContextVar("read_from", default=None)


class QueryRefused(Exception):
    """The question was wrong, for example a cursor that is not the API's."""


class KeyRefused(QueryRefused):
    """A key or a password opens nothing; the text tells the reader."""


class QueryFailed(Exception):
    """The API could not answer: a fault on our side."""


@contextmanager
def noting_tags() -> Iterator[set[str]]:
    """The tags of every answer that is asked for inside the block: what a page was made of."""
    found: set[str] = set()
    token = _read_from.set(found)
    try:
        yield found
    finally:
        _read_from.reset(token)


@contextmanager
def presenting(key: str) -> Iterator[None]:
    """Every question inside the block is asked with this key to private pages."""
    token = _keys.set(key)
    try:
        yield
    finally:
        _keys.reset(token)


def asks_password(path: str, locale: str) -> bool:
    """Whether a page with a password stands at a path, of which nothing else may be known."""
    if settings.GRAPHQL_URL:
        question = urllib.parse.urlencode({"path": path, "locale": locale})
        return bool(_sent("unlock", f"?{question}")["password"])
    return unlocking.password_is_asked(path, locale)


def key_for(path: str, locale: str, password: str) -> dict[str, Any]:
    """A key (`token`) to the private page at a path, and the `path` below which it opens pages.

    Raises `KeyRefused`: a wrong password, or too many of them.
    """
    asked = {"path": path, "locale": locale, "password": password}
    if settings.GRAPHQL_URL:
        answer = _sent("unlock", "", asked)
        if "errors" in answer:
            raise KeyRefused(answer["errors"][0]["message"])
        return answer
    try:
        return unlocking.key_for(asked)
    except unlocking.REFUSALS as refusal:
        raise KeyRefused(unlocking.sentence(refusal)) from refusal


def query(name: str, variables: dict[str, Any], draft: Any = None) -> dict[str, Any]:
    """The data of a stored operation, in-process, or over HTTP where `GRAPHQL_URL` is set.

    `draft`, a snapshot, stands in for the page that the operation asks for; drafts never leave
    the process. Raises `QueryRefused` and `QueryFailed`.
    """
    if settings.GRAPHQL_URL and draft is None:
        return _over_http(name, variables)
    return _in_process(name, variables, draft)


@contextmanager
def timings() -> Iterator[Callable[[], str]]:
    """What the questions inside took in this process, as `Server-Timing` tells it to staff."""
    with collected() as answers:
        yield lambda: server_timing(answers)


def _in_process(name: str, variables: dict[str, Any], draft: Any) -> dict[str, Any]:
    key = _keys.get()
    try:
        unlocked = keys.subjects_opened(key) if key else frozenset()
    except Refused as refusal:
        raise KeyRefused(refusal.sentence()) from refusal
    result = operations.run(name, variables, draft, unlocked)
    for error in result.errors or ():
        if code_of(error) == Code.BAD_USER_INPUT:
            raise QueryRefused(error.message)
        raise QueryFailed(f"{name}: {error}") from error.original_error
    _note((result.extensions or {}).get("tags", ()))
    return result.data or {}


def _note(tags: Iterable[str]) -> None:
    if (found := _read_from.get()) is not None:
        found.update(tags)


def _over_http(name: str, variables: dict[str, Any]) -> dict[str, Any]:
    answer = _sent(name, "", {"variables": variables})
    for problem in answer.get("errors", ()):
        if problem["extensions"]["code"] == Code.ACCESS_TOKEN_INVALID:
            raise KeyRefused(problem["message"])
        if problem["extensions"]["code"] == Code.BAD_USER_INPUT:
            raise QueryRefused(problem["message"])
        raise QueryFailed(f"{name}: {problem['message']}")
    return answer["data"]


def _sent(name: str, question: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the API says to a GET, or to a POST where there is a body."""
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Accept-Language": get_language() or "th",
        "X-Api-Key": settings.GRAPHQL_API_KEY,
    }
    if key := _keys.get():
        headers["X-Access-Token"] = key
    request = urllib.request.Request(  # noqa: S310 (the operator's own address)
        f"{settings.GRAPHQL_URL.rstrip('/')}/{name}/{question}",
        data=None if body is None else json.dumps(body).encode(),
        headers=headers,
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
            answer = json.load(response)
            _note(response.headers.get("Surrogate-Key", "").split())
    except urllib.error.HTTPError as error:
        if error.code not in (403, 429):
            raise QueryFailed(f"{name}: {error}") from error
        answer = json.load(error)
    except (OSError, ValueError) as error:
        raise QueryFailed(f"{name}: {error}") from error
    return answer
