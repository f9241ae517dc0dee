"""The door to pages with a password: says where one is asked for, and gives a key for it.

`GET /graphql/unlock/?path=/...&locale=TH` and `POST` with `path` or `permanentId`, `locale` and
`password`. The key goes into the header X-Access-Token. No answer is ever kept.
"""

import math
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from cms.access.private import UnlockRefused, asks_password, unlock
from cms.accounts.throttle import TooManyAttempts
from content_api.errors import Code, Refused
from content_api.locales import place_of
from content_api.responses import JSON, preflight, refused, share

REFUSALS = (Refused, TooManyAttempts)
LOCALES = {"TH": "th", "EN": "en"}
_MAX_TEXT = 700
_MAX_BODY = 10_000  # bytes


@csrf_exempt  # no session is read, and nothing changes but the count of wrong attempts
def unlocking(request: HttpRequest) -> HttpResponse:
    """Asks whether there is a password at a path, or gives a key for it."""
    if request.method == "OPTIONS":
        return preflight(request)
    try:
        if request.method in ("GET", "HEAD"):
            answer = _asked(request.GET)
        elif request.method == "POST":
            answer = key_for(_body(request))
        else:
            raise Refused(_("Use GET or POST."), Code.METHOD_NOT_ALLOWED)
    except TooManyAttempts as error:
        response = refused(request, Refused(error.message, Code.LIMIT_RATE))
        wait = (error.until - timezone.now()).total_seconds()
        response["Retry-After"] = str(max(1, math.ceil(wait)))
        return response
    except Refused as refusal:
        return refused(request, refusal)
    response = HttpResponse(orjson.dumps(answer), content_type=f"{JSON}; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    share(request, response)
    return response


def sentence(error: Refused | TooManyAttempts) -> str:
    """What a refusal says to the reader, in the language that is active."""
    return error.sentence() if isinstance(error, Refused) else str(error.message)


def password_is_asked(path: str, locale: str) -> bool:
    """Whether a page with a password stands at a path; `locale` as in the contract."""
    named, place = place_of(path)
    return asks_password(place, named or _locale(locale))


def key_for(asked: dict[str, Any]) -> dict[str, Any]:
    """The key for `path` or `permanentId`, `locale` and `password`.

    Raises `Refused`, `TooManyAttempts`.
    """
    path, short_id = asked.get("path"), asked.get("permanentId")
    if (path is None) == (short_id is None):
        raise Refused(_("Give either path or permanentId."), Code.BAD_REQUEST)
    texts = [path or short_id, asked.get("password")]
    if not all(isinstance(text, str) and 0 < len(text) <= _MAX_TEXT for text in texts):
        raise Refused(_("Give a password."), Code.BAD_REQUEST)
    named, place = place_of(path) if path is not None else (None, None)
    locale = named or _locale(asked.get("locale", "TH"))
    try:
        found = unlock(asked["password"], locale, place, short_id)
    except UnlockRefused as error:
        raise Refused(_("This password opens nothing here."), Code.UNLOCK_REFUSED) from error
    return {
        "token": found.token,
        "expiresAt": found.expires_at.isoformat(),
        "path": found.path,
    }


def _asked(parameters: QueryDict) -> dict[str, bool]:
    path = parameters.get("path", "")
    if "password" in parameters or not 0 < len(path) <= _MAX_TEXT:
        raise Refused(_("Give a path, and the password in a POST."), Code.BAD_REQUEST)
    return {"password": password_is_asked(path, parameters.get("locale", "TH"))}


def _locale(name: Any) -> str:
    if name not in LOCALES:
        raise Refused(_("locale must be TH or EN."), Code.BAD_REQUEST)
    return LOCALES[name]


def _body(request: HttpRequest) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise Refused(_("Send application/json in UTF-8."), Code.UNSUPPORTED_MEDIA_TYPE)
    if int(request.META.get("CONTENT_LENGTH") or 0) > _MAX_BODY:
        raise Refused(
            _("The request is larger than %(limit)s bytes."), Code.LIMIT_SIZE, limit=_MAX_BODY
        )
    try:
        body = orjson.loads(request.body)
    except orjson.JSONDecodeError as error:
        raise Refused(_("This is not JSON."), Code.BAD_REQUEST) from error
    if not isinstance(body, dict):
        raise Refused(_("Send a JSON object."), Code.BAD_REQUEST)
    return body
