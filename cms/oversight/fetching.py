"""Asks one address on another site whether it answers: politely, and never inside our network."""

import http.client
import ssl
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings

from cms.outgoing.connection import PinnedConnection, PrivateAddress, UnknownHost, deadline
from cms.oversight.addresses import normal_url
from cms.oversight.models import LinkCheck
from cms.oversight.pace import Pace

State, Message = LinkCheck.State, LinkCheck.Message
TIMEOUT = 10  # seconds without a byte
DEADLINE = 30  # seconds for one request as a whole
MAX_BYTES = 64 * 1024  # of an answer's body; what follows is left unread
MAX_REDIRECTS = 5
_TO_GUESTS_ONLY = {401, 403, 429}  # answers of sites that take us for a robot, which we are
_MISSING = {404, 410}
_FIRST_FAULT = 500


class Outcome(NamedTuple):
    """What asking an address found."""

    state: str
    status_code: int | None = None
    message: str = Message.NOTHING


class _Astray(Exception):
    """Redirects lead nowhere."""


def ask(url: str, pace: Pace) -> Outcome:
    """Whether an address answers: HEAD first; GET where HEAD fails, as many sites know no HEAD.

    Follows redirects. Refuses addresses of private networks, also behind redirects and names,
    unless `LINK_CHECK_PRIVATE_ADDRESSES` is set. Never raises for what the other side does.
    """
    outcome = _ask("HEAD", url, pace)
    hopeless = (Message.NO_HOST, Message.CERTIFICATE, Message.PRIVATE)
    if outcome == Outcome(State.OK, outcome.status_code) or outcome.message in hopeless:
        return outcome
    return _ask("GET", url, pace)


def _ask(method: str, url: str, pace: Pace) -> Outcome:
    try:
        return _judged(_final_status(method, url, pace))
    except UnknownHost:
        return Outcome(State.UNREACHABLE, None, Message.NO_HOST)
    except PrivateAddress:
        return Outcome(State.UNREACHABLE, None, Message.PRIVATE)
    except _Astray:
        return Outcome(State.UNREACHABLE, None, Message.REDIRECTS)
    except ssl.SSLError:
        return Outcome(State.UNREACHABLE, None, Message.CERTIFICATE)
    except TimeoutError:
        return Outcome(State.UNREACHABLE, None, Message.TIMEOUT)
    except OSError:
        return Outcome(State.UNREACHABLE, None, Message.NO_CONNECTION)
    except http.client.HTTPException:
        return Outcome(State.UNREACHABLE, None, Message.NOT_HTTP)


def _judged(status: int) -> Outcome:
    if status in _TO_GUESTS_ONLY:
        return Outcome(State.OK, status, Message.GUARDED)
    if status < 400:
        return Outcome(State.OK, status)
    if status in _MISSING:
        return Outcome(State.BROKEN, status, Message.MISSING)
    return Outcome(
        State.BROKEN, status, Message.SITE_FAULT if status >= _FIRST_FAULT else Message.REFUSED
    )


def _final_status(method: str, url: str, pace: Pace) -> int:
    """The status of what stands at the end of the redirects."""
    for _step in range(MAX_REDIRECTS + 1):
        parts = urlsplit(url)
        pace.wait(parts.netloc)
        status, location = _request(method, parts)
        if status not in (301, 302, 303, 307, 308) or not location:
            return status
        url = normal_url(urljoin(url, location))
        if not url:
            break
    raise _Astray


def _request(method: str, parts: SplitResult) -> tuple[int, str]:
    """Status and `Location` of one answer; of its body one piece is read at most."""
    connection = PinnedConnection(parts, TIMEOUT, settings.LINK_CHECK_PRIVATE_ADDRESSES)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    with deadline(connection, DEADLINE):
        connection.request(method, target, headers={"User-Agent": _user_agent(), "Accept": "*/*"})
        response = connection.getresponse()
        if method == "GET":
            response.read1(MAX_BYTES)
        # Headers arrive as Latin-1; addresses that are not ASCII were meant as UTF-8.
        location = response.headers.get("Location", "").encode("latin-1", "ignore")
        return response.status, location.decode("utf-8", "ignore")


def _user_agent() -> str:
    return f"Prakat-link-check/1.0 (+{settings.BASE_URL})"
