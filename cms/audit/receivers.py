"""What the log hears: Django's signals of signing in, and what the layers to the right tell."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from cms.accounts.events import security_event
from cms.audit.log import record, record_after_all
from cms.audit.models import AuditEvent

Kind = AuditEvent.Kind
# The preview panel asks anew with every change: once in this time is enough to know who read.
PREVIEW_AGAIN = timedelta(minutes=10)
# What stays although the act is rolled back.
_REFUSALS = {
    Kind.DENIED,
    Kind.PASSWORD_REFUSED,
    Kind.CODE_REFUSED,
    Kind.LOCKED_OUT,
    Kind.UNLOCK_REFUSED,
}
# What happens with every look at the same thing.
_REPEATED = {Kind.PREVIEWED, Kind.TOKEN_USED, Kind.PAGE_UNLOCKED}


def connect() -> None:
    """Begins to listen."""
    user_logged_in.connect(_on_signed_in, dispatch_uid="audit.signed_in")
    user_logged_out.connect(_on_signed_out, dispatch_uid="audit.signed_out")
    user_login_failed.connect(_on_failed, dispatch_uid="audit.failed")
    security_event.connect(_on_event, dispatch_uid="audit.event")


def _on_signed_in(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    record(Kind.SIGNED_IN, user=user, request=request)


def _on_signed_out(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    if user is not None:
        record(Kind.SIGNED_OUT, user=user, request=request)


def _on_failed(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    typed = str(credentials.get("username", ""))
    record_after_all(Kind.SIGN_IN_FAILED, typed_name=typed)


def _on_event(sender: Any, kind: str, user: Any, subject: str, detail: str, **kwargs: Any) -> None:
    if kind == Kind.LOCKED_OUT and user is None:
        record_after_all(kind, typed_name=subject, detail=detail)
    elif kind in _REFUSALS:
        record_after_all(kind, user=user, subject=subject, detail=detail)
    elif kind not in _REPEATED or not _was_told(kind, user, subject):
        record(kind, user=user, subject=subject, detail=detail)


def _was_told(kind: str, user: Any, subject: str) -> bool:
    since = timezone.now() - PREVIEW_AGAIN
    return AuditEvent.objects.filter(
        kind=kind, user=user, subject=subject[:255], at__gt=since
    ).exists()
