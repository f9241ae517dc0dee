"""Submitting in the admin, what was submitted, and the file for the assessors' system."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.assessors.click_paths import words
from cms.assessors.exports import export_submission
from cms.assessors.freezing import Draft
from cms.assessors.models import Answer, Submission
from cms.assessors.permissions import SUBMIT
from cms.assessors.submitting import NotReady, SubmissionForm, submit
from cms.assessors.tables import checks_of
from cms.assessors.views import YearPage
from cms.thai.spreadsheets import CONTENT_TYPES


class SubmitView(YearPage):
    """Shows what will be frozen, or what is in the way; asks for the password."""

    template_name = "assessors/submit.html"
    permission = SUBMIT
    page_title: Any = gettext_lazy("Submit the answers")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form, where nothing is in the way."""
        draft = Draft.read(self.assessment)
        form = None
        if not draft.problems:
            form = SubmissionForm(signer=request.user, draft=draft)
        return self._page(draft, form)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Goes to what was frozen; what was typed stays where it is refused."""
        draft = Draft.read(self.assessment)
        if draft.problems:
            return self._page(draft, None)
        form = SubmissionForm(request.POST, signer=request.user, draft=draft)
        if not form.is_valid():
            return self._page(draft, form)
        try:
            made = submit(self.assessment, request.user, form.token())
        except (PermissionDenied, NotReady) as error:
            form.add_error(None, str(error))
            return self._page(draft, form)
        messages.success(request, _("Submitted: the answers are frozen and public."))
        return redirect(reverse("answers:submission", args=[pk, made.number]))

    def _page(self, draft: Draft, form: SubmissionForm | None) -> HttpResponse:
        counts = dict.fromkeys(Answer.Value.values, 0)
        if form:
            for item in draft.items:
                counts[item.answer.value] += 1  # type: ignore[attr-defined]
        return self.show(form=form, problems=draft.problems, counts=counts, items=draft.items)


class SubmissionPage(YearPage):
    """What the pages of one submission share."""

    def get_object(self, number: int) -> Submission:
        """By its number in the year."""
        return get_object_or_404(self.assessment.submissions, number=number)


class SubmissionView(SubmissionPage):
    """What was frozen, who submitted it, and the latest checks."""

    template_name = "assessors/submission.html"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        """The number."""
        return _("Submission %(number)s") % {"number": self.kwargs["number"]}

    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Item by item."""
        submission = self.get_object(number)
        checks = checks_of(submission)
        items = [
            {
                **item,
                "title": item["titles"].get(get_language() or "") or item["titles"]["th"],
                "label": Answer.Value(item["answer"]).label,
                "places": [
                    {**one, "words": words(one.get("clickPath", []))} for one in item["addresses"]
                ],
                "checks": checks[item["code"]],
            }
            for item in submission.data["items"]
        ]
        return self.show(submission=submission, items=items)


class ExportView(SubmissionPage):
    """One file, ready for entry."""

    def get(self, request: HttpRequest, pk: int, number: int, file_format: str) -> HttpResponse:
        """CSV or XLSX."""
        submission = self.get_object(number)
        data = export_submission(submission, request.user, file_format)
        response = HttpResponse(data, content_type=CONTENT_TYPES[file_format])
        key = self.assessment.framework.key
        name = f"{key}-{self.assessment.fiscal_year}-answers-{number}.{file_format}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
