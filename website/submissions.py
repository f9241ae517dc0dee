"""What readers send, their copy of it, and how far it is: nothing here is cached or indexed."""

from typing import Any

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from website import desk
from website.client import query
from website.forms import GENERAL, is_form, refused_form
from website.headers import secret
from website.languages import locale_of, other_language
from website.rendering import (
    gone_response,
    message_response,
    not_found_response,
    page_response,
    plain_response,
)
from website.uploads import UploadLimit

_MALFORMED = (MultiPartParserError, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@secret
def submit(request: HttpRequest, language: str, path: str) -> HttpResponse:
    """Takes a form that was sent to the address of its page: 303 to the copy, or 422 with it all.

    405 where the page has no form. A page that moved meanwhile has the form sent after it.
    """
    data = query("page", {"path": path, "locale": locale_of(language), "asOf": None})
    found = data["page"] or {}
    kind = found.get("__typename")
    if kind == "Gone":
        return gone_response(language, found, data)
    if kind == "Redirect" and found["path"].startswith(f"/{language}/"):
        # Not 301, after which a browser would forget what was typed; and never to another site.
        return HttpResponse(status=308, headers={"Location": found["path"]})
    if not is_form(found):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return _received(request, language, data)


@secret
@require_safe
def receipt(request: HttpRequest, language: str, token: str) -> HttpResponse:
    """The sender's copy, for whoever holds its token."""
    with translation.override(language):
        copy = desk.copy_of(token)
        if copy is None:
            return not_found_response(language)
        if copy["locale"] != language:
            return redirect("receipt", copy["locale"], token)
        return plain_response("receipt", language, copy=copy, token=token)


@secret
@require_safe
def receipt_pdf(request: HttpRequest, language: str, token: str) -> HttpResponse:
    """The sender's copy as a PDF to keep."""
    with translation.override(language):
        content = desk.pdf_of(token)
        if content is None:
            return not_found_response(language)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="receipt.pdf"'
    return response


@csrf_exempt  # it depends on no session: whoever knows the number may ask
@secret
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest, language: str) -> HttpResponse:
    """How far a case is. The number is sent in the body: no log, history or link holds it."""
    with translation.override(language):
        shown: dict[str, Any] = {"switch_path": reverse("status", args=[other_language(language)])}
        if request.method != "POST":
            return plain_response("status", language, **shown)
        typed = request.POST.get("reference", "").strip()
        if not typed:
            problem = _("Write the reference number.")
            return plain_response("status", language, 422, problem=problem, **shown)
        answer = desk.status_of(typed, language, request)
        code = 200 if answer.found else 429 if answer.is_limit else 404
        return plain_response(
            "status",
            language,
            code,
            found=answer.found,
            problem=answer.problem,
            typed=typed,
            **shown,
        )


def _received(request: HttpRequest, language: str, data: dict[str, Any]) -> HttpResponse:
    page = data["page"]
    limit = UploadLimit(desk.MAX_TOTAL)
    request.upload_handlers.insert(0, limit)
    try:
        typed, files = request.POST, request.FILES
    except _MALFORMED:
        return _malformed(language, page)
    code = 422
    if limit.is_exceeded:
        result: desk.Taken | desk.Refused = _too_large(typed)
    else:
        try:
            result = desk.send(page, language, typed, files, request)
        except desk.DeskFailed:
            result, code = _failed(typed), 503
    if isinstance(result, desk.Taken):
        address = reverse("receipt", args=[language, result.token])
        return HttpResponse(status=303, headers={"Location": address})
    form = refused_form(language, page, typed, result)
    return page_response(language, data, status=code, form=form)


def _too_large(typed: Any) -> desk.Refused:
    message = _(
        "The files are larger than %(limit)d MB together and were not kept. Choose fewer or"
        " smaller ones: a short film is often larger than many pictures."
    ) % {"limit": desk.MAX_TOTAL // 1024**2}
    return desk.Refused({GENERAL: [message]}, typed.get("token", ""))


def _failed(typed: Any) -> desk.Refused:
    message = _(
        "The office could not be reached, and nothing was sent. What you typed is still here:"
        " please choose your files again and send it in a few minutes."
    )
    return desk.Refused({GENERAL: [message]}, typed.get("token", ""))


def _malformed(language: str, page: dict[str, Any]) -> HttpResponse:
    return message_response(
        language,
        _("This could not be read"),
        _("What was sent is not a form of this page, or is too long. Nothing was kept."),
        status=400,
        way_on=page["path"],
    )
