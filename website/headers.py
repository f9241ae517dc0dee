"""What browsers and caches are told: how fresh a page is, and what it may do."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_safe

from cms.publication.tags import tag_headers
from website.client import noting_tags

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "style-src 'self'",
        "script-src 'self'",
        # Video players, loaded only after the reader agreed.
        "frame-src https://www.youtube-nocookie.com https://player.vimeo.com",
        "frame-ancestors 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        "object-src 'none'",
    ]
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
_ADMIN = "/admin/"


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For readers: GET and HEAD only, with an ETag, to be asked for again each time.

    A view that says itself how long its answer is fresh is believed. The tags name what the page
    was read from: caches in front purge it by them.
    """

    @wraps(view)
    def fresh(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with noting_tags() as tags:
            response = view(request, *args, **kwargs)
        for name, value in tag_headers(tags).items():
            response.headers[name] = value
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    return require_safe(conditional_page(fresh))


def secret(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For what concerns one reader: no cache keeps it, nobody finds it, no link gives it away."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return kept


class ContentSecurityPolicyMiddleware:
    """Sets both policies on every response outside the admin, which Wagtail's scripts need free.

    A view that sets its own content security policy keeps it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response with its policies."""
        response = self.get_response(request)
        if not request.path.startswith(_ADMIN):
            response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
            response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response
