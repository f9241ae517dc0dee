"""Pages with a password: the form that asks for it, and the cookie that keeps the key.

The API reads no cookie: the site takes the key out of its own one and presents it.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from website.client import KeyRefused, asks_password, key_for, presenting
from website.languages import locale_of
from website.rendering import not_found_response, plain_response

COOKIE = "page-key"
_SECONDS = 60 * 60  # as long as a key opens something
_MAX_KEY = 4000  # characters


def page_with_key(request: HttpRequest, show: Callable[[], HttpResponse]) -> HttpResponse:
    """What `show` answers to whoever has the key in the cookie: kept by nobody.

    Where the key opens nothing any more, what everybody gets.
    """
    try:
        with presenting(request.COOKIES[COOKIE][:_MAX_KEY]):
            response = show()
    except KeyRefused:
        response = show()
    return _unkept(response)


def password_form(language: str, path: str, problem: str = "") -> HttpResponse | None:
    """The form for a page with a password at a path; None where there is none."""
    if not asks_password(path, locale_of(language)):
        return None
    response = plain_response("password", language, status=403, place=path, problem=problem)
    return _unkept(response)


@csrf_exempt  # what a reader sends depends on no session
@require_POST
def unlock_page(request: HttpRequest, language: str) -> HttpResponse:
    """Takes a password, and leads to the page with a key in a cookie of that place alone."""
    path, password = request.POST.get("path", ""), request.POST.get("password", "")
    with translation.override(language):
        try:
            key = key_for(path, locale_of(language), password)
        except KeyRefused as error:
            problem = str(error) if password else _("Give a password.")
            form = password_form(language, path, problem)
            return form or _unkept(not_found_response(language))
        inner = path.strip("/")
        target = f"/{language}/{inner}/" if inner else f"/{language}/"
        response = redirect(target)
        response.status_code = 303
        response.set_cookie(
            COOKIE,
            key["token"],
            max_age=_SECONDS,
            path=key["path"],
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return _unkept(response)


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
