"""What caches are told of an answer: how long it is fresh, what purges it, by what to know it.

`EDGE_SECONDS` 0 (the default): everybody asks each time, so that a withdrawal is seen at once.
More: shared caches keep answers until a purge, never beyond the next scheduled change. Browsers
ask each time in any case, as nobody can purge them.
"""

import datetime
import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags

from content_api.caching import Look, memory

NEVER = "no-store"
_EACH_TIME = "public, max-age=0, must-revalidate"
_REVALIDATION = 30  # seconds at most in which a cache may answer while it asks
_FAILURE = 24 * 60 * 60  # seconds at most in which it may answer where we cannot


def cache_control(look: Look) -> str:
    """The `Cache-Control` of a public answer to a question, or that was found in memory for it.

    What is stale may be given out for a while, but never once something had to leave the public.
    """
    limit = settings.EDGE_SECONDS
    if limit <= 0:
        return _EACH_TIME
    now, horizon = look.now, look.kept.horizon if look.kept else memory.horizon(look)
    fresh = min(limit, _whole_seconds(now, horizon.changes_at))
    hides = _whole_seconds(now, horizon.hides_at) if horizon.hides_at else _FAILURE + limit
    stale = max(0, hides - fresh)
    return (
        f"public, max-age=0, s-maxage={fresh}, "
        f"stale-while-revalidate={min(_REVALIDATION, stale)}, "
        f"stale-if-error={min(_FAILURE, stale)}"
    )


def etag_of(content: bytes) -> str:
    """A strong validator: the same bytes have the same."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def is_known(request: HttpRequest, etag: str) -> bool:
    """Whether the reader has this answer (`If-None-Match`: a list, weak ones too, or `*`)."""
    given = request.META.get("HTTP_IF_NONE_MATCH")
    if given is None:
        return False
    known = parse_etags(given)
    return known == ["*"] or etag in (one.removeprefix("W/") for one in known)


def not_modified(response: HttpResponse) -> HttpResponse:
    """The same response without its body: 304."""
    response.status_code = 304
    response.content = b""
    del response["Content-Type"]
    return response


def _whole_seconds(now: datetime.datetime, until: datetime.datetime) -> int:
    return max(0, int((until - now).total_seconds()))
