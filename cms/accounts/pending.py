"""Between the password and being signed in: who it is, and which steps are still to do.

Until the last step is done Django knows nobody in this session, so that no view anywhere has to
ask whether somebody is signed in enough.
"""

from typing import Any

from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from cms.accounts.policy import rules_of, with_rules
from cms.accounts.sessions import note_second_factor

_KEY = "pending_sign_in"
_BACKEND = "cms.accounts.backends.ThrottledBackend"
MAX_AGE = 10 * 60  # seconds for all steps together


def begin(request: HttpRequest, user: Any, next_url: str, is_remembered: bool) -> None:
    """Notes that the password of `user` was right."""
    request.session.cycle_key()  # whoever knew the session's name before does not know it now
    request.session[_KEY] = {
        "user": user.pk,
        # Void as soon as the password changes or somebody signs the person out everywhere.
        "mark": user.get_session_auth_hash(),
        "at": timezone.now().timestamp(),
        "next": next_url,
        "remember": is_remembered,
        "second_factor": False,
    }


def pending_person(request: HttpRequest) -> Any:
    """Whose password was right a moment ago; None where nobody's was, or too long ago."""
    state = request.session.get(_KEY)
    if state is None or timezone.now().timestamp() - state["at"] > MAX_AGE:
        return None
    user = with_rules(get_user_model()._default_manager.filter(pk=state["user"])).first()
    if user is None or not user.is_active:
        return None
    return user if constant_time_compare(state["mark"], user.get_session_auth_hash()) else None


def note(request: HttpRequest, user: Any, *, second_factor: bool = False) -> None:
    """Notes a step that was done; `user` may have another password since."""
    state = request.session[_KEY]
    state["mark"] = user.get_session_auth_hash()
    state["second_factor"] = state["second_factor"] or second_factor
    request.session.modified = True


def next_step(request: HttpRequest) -> str:
    """The name of the page of the next step; empty where all are done or nobody waits."""
    user = pending_person(request)
    if user is None:
        return ""
    rules = rules_of(user)
    if rules.has_second_factor and not request.session[_KEY]["second_factor"]:
        return "sign_in_code"
    if user.must_change_password:
        return "sign_in_password"
    if rules.is_required and not rules.has_second_factor:
        return "sign_in_set_up"
    return ""


def go_on(request: HttpRequest) -> HttpResponse:
    """To the next step; after the last one the person is signed in."""
    user = pending_person(request)
    if user is None:
        return redirect("wagtailadmin_login")
    if step := next_step(request):
        return redirect(step)
    state = request.session.pop(_KEY)
    login(request, user, backend=_BACKEND)
    if state["second_factor"]:
        note_second_factor(request)
    # Else the browser forgets it when it is closed.
    request.session.set_expiry(None if state["remember"] else 0)
    return redirect(state["next"])
