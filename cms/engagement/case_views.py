"""One case at its desk: what was sent, the log, the acts; and its files."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.engagement import handling
from cms.engagement.answers import facts
from cms.engagement.case_events import CaseEvent
from cms.engagement.case_files import CaseFile
from cms.engagement.cases import Case, overdue_before
from cms.engagement.channels import Channel
from cms.engagement.desk_forms import CaseForm, case_forms, proposed_text
from cms.engagement.permissions import check_handler
from cms.engagement.personal_data import personal_data_in


class DeskView(View):
    """A view of one desk: whoever does not work there learns nothing, not even what exists."""

    channel: Channel = Channel.QUESTION  # set by the viewset
    namespace = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Asks for the permission before anything is looked up."""
        check_handler(request.user, self.channel)
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    def get_case(self) -> Case:
        """The case that the address names, of this desk only."""
        cases = Case.objects.of([self.channel]).select_related("handled_by")
        return get_object_or_404(cases, reference=self.kwargs["reference"])

    def url(self, name: str, *args: Any) -> str:
        """An address of this desk."""
        return reverse(f"{self.namespace}:{name}", args=args)


class CaseView(WagtailAdminTemplateMixin, DeskView):
    """Reading a case, and acting on it."""

    template_name = "engagement/case.html"
    header_icon = "mail"
    case: Case

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Shows the case and logs that it was opened."""
        self.case = self.get_case()
        handling.note_opening(self.case, request.user)
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Carries out the act that was sent; a wrong form is shown again as it was filled in."""
        self.case = self.get_case()
        sent = next(
            (form for form in case_forms(self.channel) if form.act == request.POST.get("act")), None
        )
        if sent is None:
            return redirect(self.url("case", self.case.reference))
        form = sent(request.POST, case=self.case)
        if not form.is_valid():
            messages.error(request, _("Nothing was changed. Please correct what is marked below."))
            return self.render_to_response(self.get_context_data(bound=form))
        form.perform(request.user)
        messages.success(request, form.done)
        return redirect(self.url("case", self.case.reference))

    def get_page_title(self) -> str:
        """The reference number."""
        return self.case.reference

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The desk's list, then this case."""
        return [
            *self.breadcrumbs_items,
            {"url": self.url("index"), "label": self.channel.desk},
            {"url": "", "label": self.case.reference},
        ]

    def get_context_data(self, bound: CaseForm | None = None, **kwargs: Any) -> dict[str, Any]:
        """Everything about the case."""
        case = self.case
        forms = [
            bound if isinstance(bound, form) else form(case=case)
            for form in case_forms(self.channel)
        ]
        is_opinion = self.channel == Channel.OPINION
        return {
            **super().get_context_data(**kwargs),
            "case": case,
            "facts": facts(case.answers, get_language() or "th"),
            "files": [
                (file, self.url("file", case.reference, file.pk)) for file in case.files.all()
            ],
            "notes": case.notes.select_related("user"),
            "events": CaseEvent.objects.filter(reference=case.reference).select_related("user"),
            "forms": forms,
            "overdue": case.is_open and case.received_at < overdue_before(),
            "warnings": personal_data_in(proposed_text(case)) if is_opinion else [],
            "publish_url": (
                self.url("publish", case.reference) if self.channel == Channel.QUESTION else ""
            ),
        }


class CaseFileView(DeskView):
    """A citizen's file, for the desk: always a download, never shown as a page."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The bytes; logged."""
        case = self.get_case()
        file = get_object_or_404(case.files, pk=kwargs["pk"])
        handling.note_opening(case, request.user, CaseEvent.Kind.FILE_OPENED)
        stream = CaseFile.storage().open(file.storage_name)
        response = FileResponse(
            stream, as_attachment=True, filename=file.filename, content_type=file.content_type
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response
