"""How much one client may ask for in a minute, counted in points of cost: answers 429 beyond.

A fixed window in Django's cache, which must be Redis where there are several processes. Headers as
in draft-ietf-httpapi-ratelimit-headers: `RateLimit-Policy`, `RateLimit`, and `Retry-After`.
"""

import hashlib
import ipaddress
import time
from functools import lru_cache

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from cms.accounts.client import client_of
from content_api.errors import Code, Refused

WINDOW = 60  # seconds
READY = 1  # point of any request, and all of one whose answer is in the cache
REFUSED = 50  # points of a request that was refused: reading it was work
KEY_HEADER = "X-Api-Key"


class Meter:
    """What one client has spent in the present window, as one request knows it."""

    def __init__(self, request: HttpRequest) -> None:
        self._name, self.quota = _who(request)
        self._used = 0

    @property
    def ends_in(self) -> int:
        """Seconds until the client may begin anew."""
        return WINDOW - int(time.time()) % WINDOW

    @property
    def headers(self) -> dict[str, str]:
        """What the client is told with each answer."""
        if not self.quota:
            return {}
        left = max(0, self.quota - self._used)
        return {
            "RateLimit-Policy": f'"cost";q={self.quota};w={WINDOW}',
            "RateLimit": f'"cost";r={left};t={self.ends_in}',
        }

    def told(self, response: HttpResponse) -> HttpResponse:
        """The response with these headers."""
        for header, value in self.headers.items():
            response.headers[header] = value
        return response

    def admit(self) -> None:
        """Counts a request before anything is done for it.

        Raises `Refused` where no points are left. Whoever has any may ask for an answer
        that is dearer than they are.
        """
        self.spend(READY)
        if self.quota and self._used - READY >= self.quota:
            raise Refused(
                _("Too many requests: ask again in %(seconds)s seconds."),
                Code.LIMIT_RATE,
                seconds=self.ends_in,
            )

    def spend(self, points: int) -> None:
        """Counts what was done for a request."""
        if not self.quota:
            return
        key = f"graphql-rate:{self._name}:{int(time.time()) // WINDOW}"
        try:
            self._used = cache.incr(key, points)
        except ValueError:  # the first of this window, or two at once
            cache.add(key, 0, WINDOW * 2)
            self._used = cache.incr(key, points)


def _who(request: HttpRequest) -> tuple[str, int]:
    """A name that tells clients apart without keeping their addresses, and their quota."""
    given = request.headers.get(KEY_HEADER, "")
    for trusted in settings.GRAPHQL_API_KEYS:
        if constant_time_compare(given, trusted):
            return _hidden(trusted), settings.GRAPHQL_RATE_WITH_KEY
    return _hidden(_network(client_of(request))), settings.GRAPHQL_RATE


@lru_cache(maxsize=1024)
def _network(address: str) -> str:
    """The address itself; of IPv6 the first 64 bits, as one subscriber has all that follow."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address) or parsed.ipv4_mapped:
        return str(getattr(parsed, "ipv4_mapped", None) or parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))


def _hidden(name: str) -> str:
    return hashlib.sha256(f"{settings.SECRET_KEY}:{name}".encode()).hexdigest()[:32]
