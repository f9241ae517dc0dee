"""The desks over HTTP, for anybody's front end: no session, no cookie, nothing kept by caches."""

from typing import Any

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from cms.accounts.client import client_of
from cms.engagement.lookup import Unknown
from cms.engagement.receipts import receipt_pdf
from cms.engagement.reception import GENERAL, Refusal, open_form, receipt, receive, status
from cms.engagement.uploads import MAX_TOTAL
from cms.publication.models import Address

_MAX_BODY = MAX_TOTAL + 1024 * 1024  # bytes: the files and what is typed


class _DeskView(View):
    """What all answers share."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nothing is cached or indexed; any site may ask, as no answer depends on a session."""
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "no-referrer"
        response["Access-Control-Allow-Origin"] = "*"
        return response


@method_decorator(csrf_exempt, name="dispatch")
class SubmissionView(_DeskView):
    """One form: GET gives the token that belongs into it, POST takes it filled in."""

    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest, short_id: str, locale: str) -> HttpResponse:
        """200 with `{token, closed}`; `closed` says why nothing can be sent today, or is empty."""
        form = open_form(_subject(short_id, locale), locale)
        if form is None:
            raise Http404
        return JsonResponse({"token": form.token, "closed": form.closed_reason})

    def post(self, request: HttpRequest, short_id: str, locale: str) -> HttpResponse:
        """201 with `{reference, receipt, thankYou}`, or 422 with `{errors, token, staged}`."""
        subject = _subject(short_id, locale)
        if int(request.META.get("CONTENT_LENGTH") or 0) > _MAX_BODY:
            with override(locale):
                message = _("The files are larger than %(limit)d MB together. Send fewer of them.")
                message %= {"limit": MAX_TOTAL // 1024**2}
            return JsonResponse({"errors": {GENERAL: [message]}}, status=413)
        try:
            data, files = request.POST, request.FILES
        except (MultiPartParserError, TooManyFilesSent):
            return JsonResponse({"errors": {GENERAL: ["Send multipart/form-data."]}}, status=400)
        result = receive(subject, locale, data, files, client_of(request))
        if isinstance(result, Refusal):
            return JsonResponse(_refusal(result), status=422)
        body = {
            "reference": result.reference,
            "receipt": f"{settings.BASE_URL}{reverse('desk_receipt', args=[result.token])}",
            "thankYou": result.thank_you,
        }
        return JsonResponse(body, status=201)


class StatusView(_DeskView):
    """How far a case is, by its reference number."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, reference: str, locale: str) -> HttpResponse:
        """200 with the status, 404 where the number is unknown, 429 after too many."""
        with override(locale):
            found = status(reference, client_of(request))
        if isinstance(found, Unknown):
            return JsonResponse({"error": found.message}, status=429 if found.is_limit else 404)
        body = {
            "reference": found.reference,
            "state": found.state,
            "stateLabel": found.state_label,
            "receivedAt": found.received_at,
            "answeredAt": found.answered_at,
            "answer": found.answer,
        }
        return JsonResponse(body)


class CopyView(_DeskView):
    """The sender's copy, for a front end to show."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """200 with what was sent, for whoever holds the token."""
        copy = receipt(token)
        if copy is None:
            raise Http404
        return JsonResponse(copy.as_json())


class ReceiptView(_DeskView):
    """The sender's copy as a document."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The PDF, for whoever holds the token."""
        copy = receipt(token)
        if copy is None:
            raise Http404
        response = HttpResponse(receipt_pdf(copy), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{copy.reference}.pdf"'
        return response


def _subject(short_id: str, locale: str) -> str:
    address = Address.objects.filter(short_id=short_id, locale=locale).first()
    if address is None:
        raise Http404
    return str(address.subject)


def _refusal(refusal: Refusal) -> dict[str, Any]:
    staged = {
        name: [{"token": f.token, "filename": f.filename, "size": f.size} for f in files]
        for name, files in refusal.staged.items()
    }
    return {
        "errors": refusal.errors,
        "token": refusal.token,
        "staged": staged,
        "understood": refusal.understood,
    }
