"""Assessments in the admin: the items of one, spreadsheets in and out, the next year's copy."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.oversight import assessment_lists as lists
from cms.oversight.assessing import assess
from cms.oversight.assessment_forms import ComponentFormSet, ItemForm, SheetForm
from cms.oversight.assessment_lists import CHANGE, VIEW
from cms.oversight.disclosure_lists import export_disclosure_items, import_disclosure_items
from cms.oversight.frameworks import Assessment, AssessmentItem
from cms.oversight.sheets import ListErrors
from cms.thai.spreadsheets import CONTENT_TYPES, Unreadable


class AssessmentPage(WagtailAdminTemplateMixin, View):
    """What the pages of one assessment share."""

    header_icon = "list-ul"
    permission = CHANGE
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Raises `PermissionDenied` for those who may not."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        self.assessment = get_object_or_404(Assessment, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The list of assessments, this one, this page."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("assessments:index"), "label": _("Assessments by year")},
            {"url": self.items_url(), "label": str(self.assessment)},
        ]

    def items_url(self) -> str:
        """Where the items stand."""
        return reverse("assessments:items", args=[self.assessment.pk])

    def show(self, **context: Any) -> HttpResponse:
        """The page."""
        context |= {"assessment": self.assessment, "may_change": self.may_change()}
        return self.render_to_response(self.get_context_data(**context))

    def may_change(self) -> bool:
        """Whether the user may, and the answers are not submitted yet."""
        return self.request.user.has_perm(CHANGE) and not self.assessment.submitted_at

    def check_open(self) -> None:
        """Raises `PermissionDenied` where the list is frozen."""
        if not self.may_change():
            raise PermissionDenied(_("The answers were submitted: this list cannot be changed."))


class ItemsView(AssessmentPage):
    """Every item with what it lacks now."""

    permission = VIEW
    template_name = "oversight/assessment_items.html"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        """The assessment."""
        return str(self.assessment)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Counted now."""
        status = assess(self.assessment)
        return self.show(status=status, totals=status.totals)


class ItemView(AssessmentPage):
    """One item and its components; a new one where none is named."""

    template_name = "oversight/assessment_item.html"
    page_title: Any = gettext_lazy("Item of an assessment")

    def get(self, request: HttpRequest, pk: int, item: int | None = None) -> HttpResponse:
        """The forms."""
        row = self._item(item)
        return self.show(item=row, form=ItemForm(instance=row), formset=self._components(row))

    @transaction.atomic
    def post(self, request: HttpRequest, pk: int, item: int | None = None) -> HttpResponse:
        """Saves or deletes it; what was typed wrongly stays in the form."""
        self.assessment = Assessment.locked(pk)
        self.check_open()
        row = self._item(item)
        if "delete" in request.POST and row.pk:
            row.delete()
            return redirect(self.items_url())
        form = ItemForm(request.POST, instance=row)
        formset = self._components(row, request.POST)
        if not (form.is_valid() and formset.is_valid()):
            return self.show(item=row, form=form, formset=formset)
        formset.instance = form.save()
        formset.save()
        messages.success(request, _("Saved."))
        return redirect(self.items_url())

    def _item(self, item: int | None) -> AssessmentItem:
        if item is None:
            last = self.assessment.items.order_by("-sort_order").first()
            order = last.sort_order + 1 if last else 1
            return AssessmentItem(assessment=self.assessment, sort_order=order)
        return get_object_or_404(self.assessment.items, pk=item)

    def _components(self, row: AssessmentItem, data: Any = None) -> Any:
        return ComponentFormSet(data, instance=row, prefix="components")


class ImportAssessmentView(AssessmentPage):
    """Reads a spreadsheet into the list."""

    template_name = "oversight/sheet.html"
    page_title: Any = gettext_lazy("Import from a spreadsheet")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form."""
        return self.show(form=SheetForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything, or nothing with what is wrong."""
        form = SheetForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form=form)
        try:
            done = lists.import_assessment(self.assessment, form.cleaned_data["file"], request.user)
        except (Unreadable, ListErrors) as error:
            return self.show(form=form, problems=_problems(error))
        words = vars(done)
        text = _("New: %(created)s, changed: %(changed)s, as they were: %(unchanged)s.") % words
        messages.success(request, text)
        return redirect(self.items_url())


class ExportAssessmentView(AssessmentPage):
    """The list as a file."""

    permission = VIEW

    def get(self, request: HttpRequest, pk: int, file_format: str) -> HttpResponse:
        """CSV or XLSX."""
        data = lists.export_assessment(self.assessment, request.user, file_format)
        name = f"{self.assessment.framework.key}-{self.assessment.fiscal_year}"
        return _file(data, name, file_format)


class CopyForwardView(AssessmentPage):
    """Makes the next year's assessment."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Goes to the copy, or back with the reason."""
        try:
            copy = lists.copy_forward(self.assessment, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(self.items_url())
        messages.success(request, _("%(name)s was made.") % {"name": copy})
        return redirect(reverse("assessments:items", args=[copy.pk]))


class LoadShippedView(View):
    """Loads the shipped lists that are missing."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Raises `PermissionDenied` for those who may not."""
        made = lists.load_shipped(request.user)
        names = ", ".join(map(str, made))
        text = _("Loaded: %(names)s.") % {"names": names} if made else _("Nothing was missing.")
        messages.success(request, text)
        return redirect(reverse("assessments:index"))


class ObligationsSheetView(WagtailAdminTemplateMixin, View):
    """The list of obligations as a spreadsheet: out, and in again as drafts."""

    template_name = "oversight/sheet.html"
    header_icon = "list-ul"
    page_title: Any = gettext_lazy("Obligations as a spreadsheet")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Raises `PermissionDenied` for those who may not change the list."""
        if not request.user.has_perm("pages.change_disclosureitem"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, file_format: str = "") -> HttpResponse:
        """The form, or the file."""
        if file_format:
            data = export_disclosure_items(request.user, file_format)
            return _file(data, "obligations", file_format)
        return self._show(SheetForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Makes drafts of everything, or of nothing with what is wrong."""
        form = SheetForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form)
        try:
            done = import_disclosure_items(form.cleaned_data["file"], request.user)
        except (Unreadable, ListErrors) as error:
            return self._show(form, problems=_problems(error))
        words = {
            "created": len(done.created),
            "changed": len(done.changed),
            "unchanged": done.unchanged,
        }
        text = _(
            "Drafts made: %(created)s new, %(changed)s changed; as they were: %(unchanged)s."
            " They become public once they are signed, for example in a release."
        )
        messages.success(request, text % words)
        return redirect(reverse("obligations_sheet"))

    def _show(self, form: SheetForm, **context: Any) -> HttpResponse:
        context |= {"form": form, "is_obligations": True}
        return self.render_to_response(self.get_context_data(**context))


def _problems(error: Unreadable | ListErrors) -> list[str]:
    if isinstance(error, ListErrors):
        return [str(problem) for problem in error.errors]
    return [str(error)]


def _file(data: bytes, name: str, file_format: str) -> HttpResponse:
    response = HttpResponse(data, content_type=CONTENT_TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    return response
