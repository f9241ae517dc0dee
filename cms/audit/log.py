"""Writing the audit log."""

from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from cms.accounts.client import client_of, present_request
from cms.audit.models import AuditEvent
from cms.audit.notices import tell_person

_PENDING = "pending_audit_events"


def record(
    kind: str,
    *,
    user: Any = None,
    request: HttpRequest | None = None,
    subject: str = "",
    detail: str = "",
) -> AuditEvent:
    """Appends an event, in the caller's transaction: what is rolled back did not happen.

    `user` is whom it concerns, by default the person of the request; `request` is by default
    the one that is being answered.
    """
    event = _event(kind, user, request or present_request(), subject, detail)
    event.save(force_insert=True)
    tell_person(event)
    return event


def record_after_all(
    kind: str, *, user: Any = None, subject: str = "", detail: str = "", typed_name: str = ""
) -> None:
    """Appends an event that must stay although the act that it tells of is rolled back.

    While a request is answered it is written at the end, outside of every transaction; in
    commands, which have no such end, at once. `typed_name` is what somebody who is not signed
    in gave as a user name.
    """
    request = present_request()
    pending = getattr(request, _PENDING, None)
    event = _event(kind, user, request, subject, detail)
    if typed_name:
        event.user, event.username, event.actor = _named(typed_name)
    if pending is None:
        event.save(force_insert=True)
    else:
        pending.append(event)


def open_log(request: HttpRequest) -> None:
    """From here on what must stay is collected; `close_log` writes it."""
    setattr(request, _PENDING, [])


def close_log(request: HttpRequest) -> None:
    """Writes what was collected."""
    for event in getattr(request, _PENDING, ()):
        event.save(force_insert=True)
    delattr(request, _PENDING)


def _named(typed: str) -> tuple[Any, str, str]:
    """Account, name and actor of an event of somebody who typed a user name.

    The name of an account stays as it is. Anything else may be a password, typed into the wrong
    field: a keyed hash is kept, by which repeated attempts are still seen to be of one name.
    """
    user = get_user_model()._default_manager.filter(username=typed[:150]).first()
    digest = salted_hmac("cms.audit.username", typed, algorithm="sha256").hexdigest()[:12]
    return user, user.get_username() if user else f"?{digest}", ""


def _event(
    kind: str, user: Any, request: HttpRequest | None, subject: str, detail: str
) -> AuditEvent:
    actor = _person_of(request)
    user = user or actor
    event = AuditEvent(
        kind=AuditEvent.Kind(kind),
        user_id=user.pk if user else None,
        username=user.get_username() if user else "",
        actor=actor.get_username() if actor and actor.pk != user.pk else "",
        subject=subject[:255],
        detail=detail,
    )
    if request:
        match = request.resolver_match
        event.address = client_of(request)[:45]
        event.user_agent = request.headers.get("User-Agent", "")[:200]
        event.view_name = (match.view_name if match else "")[:200]
        event.path = request.path[:300]
    return event


def _person_of(request: HttpRequest | None) -> Any:
    """Who is signed in; asked only where there is a session, which public pages never have."""
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated and user.pk else None
