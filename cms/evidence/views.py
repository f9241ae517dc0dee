"""Proofs on request: form, certificate, sealed history, the state of the record, the public key."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.access.permissions import may_see_draft
from cms.audit.log import record
from cms.audit.models import AuditEvent
from cms.evidence.archive import sealed_archive
from cms.evidence.certificate import certificate_pdf
from cms.evidence.form_pdf import form_pdf
from cms.evidence.forms import CertificateForm
from cms.evidence.models import VerificationRun
from cms.evidence.permissions import check_may_see_record
from cms.evidence.request_form import RequestForm, form_of_draft, form_of_publication
from cms.evidence.signing_key import key_text
from cms.evidence.subjects import PUBLICATION, draft_of
from cms.evidence.verification import chain_heads, request_verification
from cms.publication.models import Address, Publication
from cms.publication.verify import RecordBroken
from cms.snapshot.fields import MissingFile

_RUNS_SHOWN = 20
_REFRESH_SECONDS = "3"


@require_safe
def request_form(request: HttpRequest, kind: str, pk: str) -> HttpResponse:
    """The request form as PDF; `?language=en` in English.

    `kind` is `publication` (by its key), `step` (a task state's key), or a model's label with
    the key of the draft. Raises `PermissionDenied` where the user may not see the item.
    """
    try:
        form = _requested(request.user, kind, pk)
    except MissingFile as error:
        messages.error(request, str(error))
        return redirect("wagtailadmin_home")
    language = "en" if request.GET.get("language") == "en" else "th"
    _log(request, "request form", form.data["title"], form.content_hash)
    return _pdf(form_pdf(form, language), f"request-form-{form.content_hash[:12]}.pdf")


def _requested(user: Any, kind: str, pk: str) -> RequestForm:
    if kind == PUBLICATION:
        check_may_see_record(user)
        publications = Publication.objects.filter(kind=Publication.Kind.PUBLICATION)
        if not pk.isdecimal():
            raise Http404
        return form_of_publication(
            get_object_or_404(publications.select_related("address"), pk=int(pk))
        )
    item = draft_of(kind, pk)
    if item is None:
        raise Http404
    if not may_see_draft(user, item):
        raise PermissionDenied
    return form_of_draft(item)


class CertificateView(WagtailAdminTemplateMixin, TemplateView):
    """Asks for a period, then gives the certificate of one subject in one language."""

    template_name = "evidence/certificate.html"
    page_title = gettext_lazy("Certificate of publication")
    header_icon = "doc-full-inverse"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For those who may see the public record."""
        check_may_see_record(request.user)
        self.address = get_object_or_404(Address, pk=kwargs["pk"])
        self.form = CertificateForm(request.POST or None, address=self.address)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The PDF; or the form again, with what cannot be certified and why."""
        try:
            if self.form.is_valid():
                language = self.form.cleaned_data["language"]
                found = self.form.cleaned_data["found"]
                content = certificate_pdf(found, request.user, language)
                _log(request, "certificate", self.get_page_subtitle(), str(self.address))
                return _pdf(content, f"certificate-{self.address.short_id}-{language}.pdf")
        except RecordBroken as error:
            self.form.add_error(None, _does_not_hold(error))
        return self.get(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_page_subtitle(self) -> str:
        """The title of what is certified."""
        return _title_of(self.address)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the form."""
        return {**super().get_context_data(**kwargs), "form": self.form, "media": self.form.media}


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The sealed ZIP of one subject in one language, with the names of its signers."""
    check_may_see_record(request.user)
    address = get_object_or_404(Address, pk=pk)
    try:
        archive = sealed_archive(address)
    except RecordBroken as error:
        messages.error(request, _does_not_hold(error))
        return redirect("evidence:state")
    _log(request, "sealed history", _title_of(address), str(address))
    filename = f"history-{address.short_id}-{address.locale}.zip"
    response = FileResponse(
        archive, as_attachment=True, filename=filename, content_type="application/zip"
    )
    response["Cache-Control"] = "private, no-store"
    return response


class StateView(WagtailAdminTemplateMixin, TemplateView):
    """How the chains stand, and what the latest verifications found."""

    template_name = "evidence/state.html"
    page_title = gettext_lazy("State of the record")
    header_icon = "lock"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For those who may see the public record. While a run is under way, it looks again."""
        check_may_see_record(request.user)
        response = super().dispatch(request, *args, **kwargs)
        if VerificationRun.objects.open().exists():
            response["Refresh"] = _REFRESH_SECONDS
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The heads of the chains and the runs."""
        runs = list(VerificationRun.objects.select_related("requested_by")[:_RUNS_SHOWN])
        heads = chain_heads()
        return {
            **super().get_context_data(**kwargs),
            "chains": [
                {"label": _("Signatures"), **heads["signatures"]},
                {"label": _("Publications and withdrawals"), **heads["publications"]},
            ],
            "runs": runs,
            "current": next((run for run in runs if run.is_open), None),
            "last": next((run for run in runs if run.finished_at), None),
            "key": key_text().strip(),
        }


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Asks for a verification in the background."""
    check_may_see_record(request.user)
    request_verification(request.user)
    messages.success(request, _("The verification was asked for. Its result will stand here."))
    return redirect("evidence:state")


@require_safe
@cache_control(public=True, max_age=3600)
def signing_key(request: HttpRequest) -> HttpResponse:
    """The public key with which outsiders check sealed histories; for everyone."""
    return HttpResponse(key_text(), content_type="text/plain; charset=utf-8")


def _title_of(address: Address) -> str:
    latest = address.publications.order_by("-sequence").only("title").first()
    return latest.title if latest else ""


def _log(request: HttpRequest, what: str, title: str, of: str) -> None:
    """What leaves the system names its signers: the audit log says who took it."""
    record(AuditEvent.Kind.EXPORTED, request=request, subject=title[:255], detail=f"{what}: {of}")


def _does_not_hold(error: RecordBroken) -> str:
    return _("The public record does not hold, so nothing can be proved by it: %(problem)s") % {
        "problem": error
    }


def _pdf(content: bytes, filename: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
