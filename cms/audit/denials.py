"""Refusals that Wagtail answers with a message and the way to the dashboard.

It catches `PermissionDenied` inside the views' decorator, where no middleware sees it, and has no
signal for it; so the function that makes that answer is ours, and hands on to Wagtail's.
"""

import sys

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.admin import auth

from cms.audit.log import record_after_all
from cms.audit.models import AuditEvent

_answer = auth.permission_denied
_reject = auth.reject_request


def watch_wagtail() -> None:
    """Puts ours in the place of Wagtail's two functions, which its decorators look up by name."""
    auth.permission_denied = _permission_denied
    auth.reject_request = _reject_request


def record_denial(request: HttpRequest, reason: BaseException | None = None) -> None:
    """Logs a refusal, unless the act that refused has told of it itself."""
    if getattr(reason, "is_told", False):
        return
    is_refusal = isinstance(reason, PermissionDenied)
    detail = str(reason) if is_refusal else ""
    record_after_all(AuditEvent.Kind.DENIED, subject=request.path, detail=detail)
    if is_refusal:
        reason.is_told = True  # type: ignore[union-attr]


def _permission_denied(request: HttpRequest) -> HttpResponse:
    # Called in the handler of the exception, or by a check that raised none.
    record_denial(request, sys.exc_info()[1])
    try:
        return _answer(request)
    except PermissionDenied as error:  # for scripts in the page
        error.is_told = True  # type: ignore[attr-defined]
        raise


def _reject_request(request: HttpRequest) -> HttpResponse:
    # Visitors who are not signed in are led to the sign-in: nothing is refused yet.
    if request.user.is_authenticated:
        record_denial(request)
        try:
            return _reject(request)
        except PermissionDenied as error:
            error.is_told = True  # type: ignore[attr-defined]
            raise
    return _reject(request)
