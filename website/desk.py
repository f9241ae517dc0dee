"""The web site's one way to the office's desks: what readers send, and what they ask afterwards.

In-process, or over HTTP where `GRAPHQL_URL` is set: there the desks stand below `/desk/`, beside
the API.
"""

import re
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import quote, urljoin

import requests
from django.conf import settings
from django.http import HttpRequest

from cms.accounts.client import client_of
from cms.engagement import reception
from cms.engagement.receipts import receipt_pdf
from cms.engagement.uploads import MAX_FILE, MAX_FILES, MAX_TOTAL

__all__ = ["MAX_FILE", "MAX_FILES", "MAX_TOTAL"]
TIMEOUT = 30  # seconds: files go along
_NOT_FOUND, _TOO_MANY = 404, 429


class DeskFailed(Exception):
    """The desk could not answer: a fault on our side. Nothing was taken."""


@dataclass(frozen=True)
class Opened:
    """A form that is shown: the token that belongs into it; why nothing can be sent, or empty."""

    token: str = ""
    closed_reason: str = ""


@dataclass(frozen=True)
class Taken:
    """The office has it. `token` opens the sender's copy, for them alone."""

    token: str


@dataclass(frozen=True)
class Refused:
    """Nothing was taken. `errors` by field id (`""`: the whole form), in the reader's language.

    `token` goes into the next attempt; `staged` are the files that were kept, by field id, each
    with `token`, `filename` and `size` in bytes; `understood` says how each date was read.
    """

    errors: dict[str, list[str]]
    token: str = ""
    staged: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    understood: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """How far a case is (`found`), or why nobody is told (`problem`)."""

    found: dict[str, Any] | None = None
    problem: str = ""
    is_limit: bool = False


def open_form(page: dict[str, Any], language: str) -> Opened | None:
    """The form of a page as it stands now; None where it is not public. Raises `DeskFailed`."""
    if settings.GRAPHQL_URL:
        response = _ask("GET", _form_path(page, language))
        if response.status_code == _NOT_FOUND:
            return None
        answer = _json(response, 200)
        return Opened(answer["token"], answer["closed"])
    form = reception.open_form(_subject(page), language)
    return Opened(form.token, form.closed_reason) if form else None


def send(
    page: dict[str, Any], language: str, data: Any, files: Any, request: HttpRequest
) -> Taken | Refused:
    """Hands on what a reader sent from a page: `data` and `files` as Django reads them.

    Raises `DeskFailed`.
    """
    if settings.GRAPHQL_URL:
        return _sent_over_http(_form_path(page, language), data, files, request)
    result = reception.receive(_subject(page), language, data, files, client_of(request))
    if isinstance(result, reception.Receipt):
        return Taken(result.token)
    staged = {name: [asdict(file) for file in kept] for name, kept in result.staged.items()}
    return Refused(result.errors, result.token, staged, result.understood)


def copy_of(token: str) -> dict[str, Any] | None:
    """The sender's copy; None where the token is not one. Raises `DeskFailed`.

    `reference`, `title`, `locale`, `receivedAt`, `thankYou`, and `facts` and `notice`: lists of
    `{label, value}`.
    """
    if settings.GRAPHQL_URL:
        response = _ask("GET", f"receipts/{quote(token)}/")
        return None if response.status_code == _NOT_FOUND else _json(response, 200)
    copy = reception.receipt(token)
    return copy.as_json() if copy else None


def pdf_of(token: str) -> bytes | None:
    """The sender's copy as a PDF; None where the token is not one. Raises `DeskFailed`."""
    if settings.GRAPHQL_URL:
        response = _ask("GET", f"receipts/{quote(token)}.pdf")
        return None if response.status_code == _NOT_FOUND else _checked(response, 200).content
    copy = reception.receipt(token)
    return receipt_pdf(copy) if copy else None


def status_of(reference: str, language: str, request: HttpRequest) -> Answer:
    """How far the case with a reference number is, however it was typed. Raises `DeskFailed`.

    `reference`, `stateLabel`, `receivedAt`, `answeredAt`, `answer`: no content, no name.
    """
    client = client_of(request)
    if settings.GRAPHQL_URL:
        number = re.sub(r"[^\w-]+", "-", reference)[:40] or "-"
        response = _ask("GET", f"cases/{quote(number)}/{language}/", client)
        if response.status_code in (_NOT_FOUND, _TOO_MANY):
            problem = _json(response, response.status_code)["error"]
            return Answer(problem=problem, is_limit=response.status_code == _TOO_MANY)
        return Answer(_json(response, 200))
    found = reception.status(reference, client)
    if not isinstance(found, reception.Status):
        return Answer(problem=found.message, is_limit=found.is_limit)
    return Answer(
        {
            "reference": found.reference,
            "stateLabel": found.state_label,
            "receivedAt": found.received_at,
            "answeredAt": found.answered_at,
            "answer": found.answer,
        }
    )


def _sent_over_http(path: str, data: Any, files: Any, request: HttpRequest) -> Taken | Refused:
    typed = [(name, value) for name, values in data.lists() for value in values]
    uploads = [
        (name, (file.name, file, file.content_type))
        for name, sent in files.lists()
        for file in sent
    ]
    response = _ask("POST", path, client_of(request), data=typed, files=uploads)
    if response.status_code == 201:
        return Taken(_json(response, 201)["receipt"].rpartition("/")[2].removesuffix(".pdf"))
    answer = _json(response, 413 if response.status_code == 413 else 422)
    return Refused(
        answer["errors"],
        answer.get("token", ""),
        answer.get("staged", {}),
        answer.get("understood", {}),
    )


def _ask(method: str, path: str, client: str = "", **content: Any) -> requests.Response:
    """One request to the desks, in the name of a reader, whose address counts for the limits."""
    try:
        return requests.request(
            method,
            urljoin(settings.GRAPHQL_URL, f"/desk/{path}"),
            headers={"X-Forwarded-For": client} if client else {},
            timeout=TIMEOUT,
            allow_redirects=False,
            **content,
        )
    except requests.RequestException as error:
        # Without the address: it may hold the token of a copy.
        raise DeskFailed(type(error).__name__) from None


def _json(response: requests.Response, status: int) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = _checked(response, status).json()
    except ValueError as error:
        raise DeskFailed("no JSON") from error
    return answer


def _checked(response: requests.Response, status: int) -> requests.Response:
    if response.status_code != status:
        raise DeskFailed(f"status {response.status_code}")
    return response


def _subject(page: dict[str, Any]) -> str:
    """The record behind a page: what its id begins with."""
    return str(page["id"]).partition(":")[0]


def _form_path(page: dict[str, Any], language: str) -> str:
    return f"{page['permanentId']}/{language}/"
