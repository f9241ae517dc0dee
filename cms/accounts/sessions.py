"""How long somebody stays signed in, and the end of it: for one browser, or everywhere."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cms.accounts.events import tell
from cms.accounts.policy import Rules, rules_of

SIGNED_IN_AT, LAST_SEEN, SECOND_FACTOR = "signed_in_at", "last_seen", "second_factor_given"
# What an open editor asks by itself, whether somebody sits before it or not.
_BY_ITSELF = "/editing-sessions/"


def begin(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """Receives Django's `user_logged_in`: from now on the time runs."""
    if request is not None:
        request.session[SIGNED_IN_AT] = request.session[LAST_SEEN] = _now()


def note_second_factor(request: HttpRequest) -> None:
    """Remembers that the second factor was given in this browser."""
    request.session[SECOND_FACTOR] = True


def signed_in_person(request: HttpRequest, user: Any) -> Any:
    """`user` as the views get it, or nobody where the session has ended.

    Marks the person with what signing asks for: whether the second factor was given, and the
    session in which that was.
    """
    if not user.is_authenticated:
        return user
    rules = rules_of(user)
    if reason := _end_of(request.session, rules):
        request.session.flush()
        if hasattr(request, "_messages"):
            messages.info(request, reason)
        # Django keeps the person of the request here.
        request._cached_user = AnonymousUser()  # type: ignore[attr-defined]
        return request._cached_user  # type: ignore[attr-defined]
    _note_activity(request)
    user.second_factor_given = bool(request.session.get(SECOND_FACTOR))
    key = request.session.session_key or ""
    user.session_mark = salted_hmac("cms.accounts.session_mark", key).hexdigest()
    return user


def _note_activity(request: HttpRequest) -> None:
    """Ten times in the period that counts as idle: not every request writes the session."""
    since, period = _now() - request.session[LAST_SEEN], settings.SESSION_IDLE_MINUTES * 60
    if since >= period / 10 and _BY_ITSELF not in request.path:
        request.session[LAST_SEEN] = _now()


def sign_out_everywhere(user: Any, kind: str = "signed_out_everywhere") -> None:
    """Ends every session of a person, and voids what was confirmed with a password in them."""
    get_user_model()._default_manager.filter(pk=user.pk).update(
        session_epoch=F("session_epoch") + 1
    )
    user.refresh_from_db(fields=["session_epoch"])
    tell(kind, user=user)


def _end_of(session: SessionBase, rules: Rules) -> str:
    """Why a session is over; empty where it goes on."""
    now = _now()
    signed_in_at = session.get(SIGNED_IN_AT)
    if signed_in_at is None or now - signed_in_at > rules.hours * 3600:
        return _("You were signed in for %(hours)d hours. Please sign in again.") % {
            "hours": rules.hours
        }
    if now - session[LAST_SEEN] > settings.SESSION_IDLE_MINUTES * 60:
        return _("You were signed out, as nothing was done for %(minutes)d minutes.") % {
            "minutes": settings.SESSION_IDLE_MINUTES
        }
    if rules.needs_second_factor and not session.get(SECOND_FACTOR):
        return _("Please sign in with your second factor.")
    return ""


def _now() -> int:
    return int(timezone.now().timestamp())
