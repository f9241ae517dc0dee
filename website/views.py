"""The public pages: each view asks one or two stored operations and renders the answer."""

import datetime
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from website.client import QueryFailed, QueryRefused, query
from website.forms import caching_of, is_form
from website.headers import public
from website.languages import LANGUAGES, locale_of
from website.listings import lists_of
from website.moments import InvalidMoment, moment_in
from website.private import COOKIE, page_with_key, password_form
from website.rendering import (
    gone_response,
    message_response,
    not_found_response,
    page_response,
)
from website.submissions import submit

# Our own addresses are of ASCII letters; former ones, which redirects know, may be of anything.
_PATH = re.compile(r"/(?:[^\s/?#\\\x00-\x1f\x7f]+/)*")
_MAX_PATH = 700


@public
def root(request: HttpRequest) -> HttpResponse:
    """The site begins in Thai."""
    return redirect("page", language="th", path="")


@csrf_exempt  # what readers send depends on no session and no cookie
def page(request: HttpRequest, language: str, path: str) -> HttpResponse:
    """Whatever stands at an address: a page, now or at `?as_of=`, or where it went.

    POST sends the form that stands there.
    """
    with translation.override(language):
        if request.method == "POST" and _is_path(f"/{path}"):
            return submit(request, language, f"/{path}")
        if COOKIE in request.COOKIES:
            return page_with_key(request, lambda: _page(request, language, f"/{path}"))
        return _page(request, language, f"/{path}")


@public
def permanent(request: HttpRequest, short_id: str, language: str) -> HttpResponse:
    """A permanent address in one language leads to where the page stands now."""
    with translation.override(language):
        return _leading_to(language, _standing(short_id, language))


@public
def permanent_any(request: HttpRequest, short_id: str) -> HttpResponse:
    """A permanent address leads to the Thai page, or to the English one where there is no other."""
    answers = {language: _standing(short_id, language) for language in LANGUAGES}
    found = [language for language, answer in answers.items() if _path_of(answer)]
    gone = [language for language, answer in answers.items() if answer]
    language = next(iter(found + gone), LANGUAGES[0])
    with translation.override(language):
        return _leading_to(language, answers[language])


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the API answers, for monitors."""
    try:
        query("permanent", {"permanentId": "healthz", "locale": "TH"})
    except (QueryFailed, QueryRefused):
        return JsonResponse({"status": "failed"}, status=503)
    return JsonResponse({"status": "ok"})


@public
def _page(request: HttpRequest, language: str, path: str) -> HttpResponse:
    if not _is_path(path):
        return not_found_response(language)
    try:
        moment = moment_in(request.GET)
    except InvalidMoment:
        return _invalid_moment(language, path)
    data = query(
        "page",
        {"path": path, "locale": locale_of(language), "asOf": moment and moment.isoformat()},
    )
    found = data["page"]
    if found is None:
        return _not_there(language, path, moment, data)
    if found["__typename"] == "Gone":
        return gone_response(language, found, data)
    if found["__typename"] == "Redirect":
        if found["path"] in _both_forms(f"/{language}{path}"):
            return not_found_response(language, data)  # a redirect that would go in a circle
        return HttpResponsePermanentRedirect(found["path"])
    if moment:
        return page_response(language, data, as_of=moment)
    try:
        response = page_response(language, data, **lists_of(language, data, request.GET))
    except QueryRefused:
        return message_response(
            language,
            _("This list does not go on here"),
            _("The address names a place in the list that does not exist."),
            status=400,
            way_on=found["path"],
        )
    if is_form(found):
        response["Cache-Control"] = caching_of(found)
    return response


def _not_there(
    language: str, path: str, moment: datetime.datetime | None, data: dict[str, Any]
) -> HttpResponse:
    """404, with the page of today if an earlier moment was asked for, or the way to unlock it."""
    if moment:
        today = query("page", {"path": path, "locale": locale_of(language)})["page"] or {}
        if now := today.get("path"):
            return not_found_response(language, data, was_not_yet=moment, now=now)
    form = password_form(language, path)
    return form or not_found_response(language, data, is_empty_site=path == "/")


def _is_path(path: str) -> bool:
    return len(path) <= _MAX_PATH and bool(_PATH.fullmatch(path))


def _both_forms(path: str) -> tuple[str, str]:
    """An address of this site without and with its origin."""
    return path, f"{settings.BASE_URL}{path}"


def _invalid_moment(language: str, path: str) -> HttpResponse:
    return message_response(
        language,
        _("This is not a moment of the past"),
        _(
            "Give a day or a moment in ISO 8601 and in the common era, for example "
            "2026-04-30 or 2026-04-30T00:00:00Z."
        ),
        status=400,
        way_on=f"/{language}{path}",
    )


def _standing(short_id: str, language: str) -> dict[str, Any] | None:
    variables = {"permanentId": short_id, "locale": locale_of(language)}
    return query("permanent", variables)["page"]


def _path_of(answer: dict[str, Any] | None) -> str:
    return (answer or {}).get("path", "")


def _leading_to(language: str, answer: dict[str, Any] | None) -> HttpResponse:
    if answer is None:
        return not_found_response(language)
    if path := _path_of(answer):
        return redirect(path)
    return gone_response(language, answer)
