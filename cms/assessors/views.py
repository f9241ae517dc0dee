"""Answers to assessors in the admin: the years, the items of one, the form of an answer."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.assessors.answers import prefill, save_answer
from cms.assessors.forms import AddressFormSet, AnswerForm, initial_of
from cms.assessors.freezing import answer_of
from cms.assessors.models import Answer
from cms.assessors.permissions import CHANGE, SUBMIT, VIEW
from cms.assessors.tables import rows_of, years
from cms.oversight.assessment_views import AssessmentPage
from cms.oversight.models import AssessmentItem

TITLE = gettext_lazy("Answers to assessors")


class YearsView(WagtailAdminTemplateMixin, TemplateView):
    """Every list of a year, and how far its answers are."""

    template_name = "assessors/years.html"
    page_title: Any = TITLE
    header_icon = "list-ul"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises `PermissionDenied` for those who may not see them."""
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Constant queries."""
        return {**super().get_context_data(**kwargs), "years": years()}


class YearPage(AssessmentPage):
    """What the pages of the answers of one year share."""

    permission = VIEW

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The years, this one, the page itself where it is a part of the year."""
        found = [
            *self.breadcrumbs_items,
            {"url": reverse("answers:years"), "label": str(TITLE)},
            {"url": self.items_url(), "label": str(self.assessment)},
        ]
        is_year = self.request.path == self.items_url()
        return found if is_year else [*found, {"url": "", "label": str(self.page_title)}]

    def items_url(self) -> str:
        """Where the answers of the year stand."""
        return reverse("answers:year", args=[self.assessment.pk])

    def may_change(self) -> bool:
        """Answers may be written after a submission too: for the next one."""
        return self.request.user.has_perm(CHANGE)

    def show(self, **context: Any) -> HttpResponse:
        """With what the user may do."""
        return super().show(may_submit=self.request.user.has_perm(SUBMIT), **context)


class YearView(YearPage):
    """Every item with its answer, what stands there now, and what the last check found."""

    template_name = "assessors/year.html"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        """The list."""
        return _("Answers: %(list)s") % {"list": self.assessment}

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Constant queries."""
        rows, problems = rows_of(self.assessment)
        return self.show(
            rows=rows,
            problem_count=len(problems),
            answered=sum(bool(row.answer and row.answer.value) for row in rows),
            submissions=self.assessment.submissions.defer("content"),
        )


class PrefillView(YearPage):
    """Proposes answers for the items that have none."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Back to the list, with how many."""
        count = prefill(self.assessment, request.user)
        text = ngettext(
            "One answer was proposed. Read it before you submit.",
            "%(count)s answers were proposed. Read them before you submit.",
            count,
        )
        nothing = _("Every item has an answer already: nothing was changed.")
        messages.success(request, text % {"count": count} if count else nothing)
        return redirect(self.items_url())


class AnswerView(YearPage):
    """The form of one answer."""

    template_name = "assessors/answer.html"
    permission = CHANGE

    @property
    def page_title(self) -> str:  # type: ignore[override]
        """The item."""
        return str(get_object_or_404(self.assessment.items, pk=self.kwargs["item"]))

    def get(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:
        """As it was written so far."""
        row = self._item(item)
        answer = answer_of(row)
        places = list(answer.addresses.select_related("address")) if answer else []
        formset = AddressFormSet(initial=initial_of(places), prefix="addresses")
        return self._form(row, AnswerForm(instance=answer), formset)

    def post(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:
        """Saves it; what was typed wrongly stays in the form."""
        row = self._item(item)
        # On a copy of its own: a form that is refused leaves its values on the instance.
        answer = Answer.objects.filter(item=row).first()
        form = AnswerForm(request.POST, instance=answer)
        formset = AddressFormSet(request.POST, prefix="addresses")
        if not (form.is_valid() and formset.is_valid()):
            return self._form(row, form, formset)
        cleaned = form.cleaned_data
        explanations = {code: cleaned[f"explanation_{code}"] for code in ("th", "en")}
        save_answer(row, request.user, cleaned["value"], explanations, formset.places())
        messages.success(request, _("Saved."))
        following = self._following(row) if "next" in request.POST else None
        if following is None:
            return redirect(self.items_url())
        return redirect(reverse("answers:answer", args=[pk, following.pk]))

    def _item(self, item: int) -> AssessmentItem:
        return get_object_or_404(self.assessment.items.select_related("answer"), pk=item)

    def _following(self, row: AssessmentItem) -> AssessmentItem | None:
        items = list(self.assessment.items.all())
        place = items.index(row) + 1
        return items[place] if place < len(items) else None

    def _form(self, row: AssessmentItem, form: Any, formset: Any) -> HttpResponse:
        return self.show(item=row, form=form, formset=formset)
