"""Who sends the present request: its address, for limits and the log."""

from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest

# Set by `PresentRequestMiddleware`: forms and models that are told no request ask here.
_present: ContextVar[HttpRequest | None] = ContextVar("present_request", default=None)


def client_of(request: HttpRequest) -> str:
    """The address of the sender; behind a proxy, the one that the proxy saw.

    Earlier entries of X-Forwarded-For were written by the sender and prove nothing.
    """
    if settings.BEHIND_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "")
        if forwarded:
            return forwarded.rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")


def present_request() -> HttpRequest | None:
    """The request that is being answered; None in commands and background jobs."""
    return _present.get()


def present_client() -> str:
    """The address of the sender of the present request; empty where there is none."""
    request = present_request()
    return client_of(request) if request else ""
