"""From the desk into drafts: a question with its answer, the accepted opinions of a hearing."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.engagement.case_views import DeskView
from cms.engagement.cases import Case
from cms.engagement.desk_forms import proposed_text
from cms.engagement.drafts import (
    consultations_for,
    draft_question,
    place_opinions,
    sections_for,
)
from cms.engagement.personal_data import personal_data_in
from pages.models import ConsultationPage, SectionPage

_ROWS = {"rows": 6}


class SectionField(forms.ModelChoiceField):
    """Sections, indented as they lie in the tree."""

    def label_from_instance(self, section: Any) -> str:
        """The title, a dash for each level below the front page."""
        return f"{'– ' * max(0, section.depth - 3)}{section.title}"


class QuestionForm(forms.Form):
    """What of a question becomes public, once it is signed."""

    section = SectionField(queryset=SectionPage.objects.none(), label=gettext_lazy("Section"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=255)
    topic = forms.CharField(label=gettext_lazy("Topic"), max_length=120, required=False)
    question = forms.CharField(
        label=gettext_lazy("Question"),
        widget=forms.Textarea(attrs=_ROWS),
        help_text=gettext_lazy("Without names, numbers or addresses of people"),
    )
    answer = forms.CharField(label=gettext_lazy("Answer"), widget=forms.Textarea(attrs=_ROWS))

    def __init__(self, *args: Any, case: Case, user: Any, **kwargs: Any) -> None:
        initial = {"question": proposed_text(case), "answer": case.answer}
        super().__init__(*args, **{**kwargs, "initial": initial})
        sections = sections_for(user, case.locale)
        self.fields["section"].queryset = sections  # type: ignore[attr-defined]


class PublishQuestionView(WagtailAdminTemplateMixin, DeskView):
    """Makes a draft of a question and its answer; the signatures make it public."""

    template_name = "engagement/publish.html"
    header_icon = "doc-full-inverse"
    page_title = gettext_lazy("Publish as question and answer")
    case: Case

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The texts as they are, with what may be personal data in them."""
        self.case = self.get_case()
        return self._show(QuestionForm(case=self.case, user=request.user))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Makes the draft and goes to its editor."""
        self.case = self.get_case()
        form = QuestionForm(request.POST, case=self.case, user=request.user)
        if not form.is_valid():
            return self._show(form)
        if self.case.answered_at is None:
            messages.error(request, _("Answer the sender first; then publish."))
            return self._show(form)
        page = draft_question(self.case, request.user, **form.cleaned_data)
        messages.success(
            request, _("The draft was made. It becomes public when it has been signed.")
        )
        return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The desk's list, the case, this page."""
        return [
            *self.breadcrumbs_items,
            {"url": self.url("index"), "label": self.channel.desk},
            {"url": self.url("case", self.case.reference), "label": self.case.reference},
            {"url": "", "label": self.page_title},
        ]

    def _show(self, form: QuestionForm) -> HttpResponse:
        texts = [form[name].value() or "" for name in ("title", "question", "answer")]
        context = {
            "form": form,
            "warnings": personal_data_in("\n".join(texts)),
            "case_url": self.url("case", self.case.reference),
        }
        return self.render_to_response(self.get_context_data(**context))


class PlaceOpinionsView(WagtailAdminTemplateMixin, DeskView):
    """Puts the accepted opinions of a hearing into its draft."""

    template_name = "engagement/opinions.html"
    header_icon = "doc-full-inverse"
    page_title = gettext_lazy("Publish accepted opinions")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The hearings for which accepted opinions wait."""
        hearings = consultations_for(request.user)
        return self.render_to_response(self.get_context_data(hearings=hearings))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Appends them to the draft of one hearing and goes to its editor."""
        page = get_object_or_404(ConsultationPage, pk=request.POST.get("page") or 0)
        try:
            number = place_opinions(page, request.user)
        except PermissionDenied:
            messages.error(
                request, _("You may not edit this hearing, or it is being signed just now.")
            )
            return redirect(self.url("opinions"))
        text = ngettext(
            "%(number)d opinion was put into the draft.",
            "%(number)d opinions were put into the draft.",
            number,
        )
        messages.success(request, text % {"number": number})
        return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The desk's list, this page."""
        return [
            *self.breadcrumbs_items,
            {"url": self.url("index"), "label": self.channel.desk},
            {"url": "", "label": self.page_title},
        ]
