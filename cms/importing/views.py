"""Importing in the admin: upload, what the check found, start, progress, what came of it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.importing import blank_sheets, limits
from cms.importing.forms import UploadForm
from cms.importing.jobs import ask_for, forget, start
from cms.importing.models import ImportedItem, ImportRun
from cms.importing.permissions import check_may_import, runs_of
from cms.importing.progress import progress_of

_RUNS = 50
_BLANKS = {
    "xlsx": (
        blank_sheets.as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": (blank_sheets.as_csv, "text/csv; charset=utf-8"),
}


class ImportView(WagtailAdminTemplateMixin, View):
    """What the views share: who may import, and that each sees the own uploads alone."""

    header_icon = "upload"
    page_title: Any = gettext_lazy("Import")
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Raises `PermissionDenied` for those who may not import; 404 for others' uploads."""
        check_may_import(request.user)
        self.run = get_object_or_404(runs_of(request.user), pk=kwargs["pk"]) if kwargs else None
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The list, then this page."""
        items = [*self.breadcrumbs_items, {"url": reverse("importing:index"), "label": _("Import")}]
        if not isinstance(self, IndexView):
            items.append({"url": "", "label": self.page_title})
        return items

    def show(self, **context: Any) -> HttpResponse:
        """The page."""
        return self.render_to_response(self.get_context_data(**context))

    @property
    def the_run(self) -> ImportRun:
        """The upload of this address."""
        if self.run is None:
            raise Http404
        return self.run


class IndexView(ImportView):
    """How it is done, the templates, the own uploads."""

    template_name = "importing/index.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The newest first."""
        return self.show(runs=runs_of(request.user).defer("problems", "notes")[:_RUNS])


class BlankSheetView(ImportView):
    """The empty spreadsheet in one format."""

    file_format = "xlsx"

    def get(self, request: HttpRequest) -> HttpResponse:
        """As a file, in the language of the user."""
        make, content_type = _BLANKS[self.file_format]
        response = HttpResponse(make(request.user), content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="import.{self.file_format}"'
        return response


class UploadView(ImportView):
    """Takes a file; the check begins by itself."""

    template_name = "importing/upload.html"
    page_title = gettext_lazy("Upload a file to import")

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form, filled in as for an earlier upload that is to be corrected."""
        number = request.GET.get("again", "")
        again = runs_of(request.user).filter(pk=number).first() if number.isdecimal() else None
        return self.show(form=UploadForm(user=request.user, again=again))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keeps the file and goes to what will be found."""
        form = UploadForm(request.POST, request.FILES, user=request.user)
        if not form.is_valid():
            return self.show(form=form)
        run = form.save()
        ask_for(run)
        return redirect("importing:run", run.pk)


class RunView(ImportView):
    """One upload: how far it is, its errors row by row, its drafts."""

    template_name = "importing/run.html"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        """The name of the file."""
        return self.the_run.filename

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything that is known of it."""
        items = ImportedItem.objects.filter(run=self.the_run).select_related("page")
        page = Paginator(items, limits.LISTED_DRAFTS).get_page(request.GET.get("p"))
        return self.show(items=page, **run_context(self.the_run))


class ProgressView(ImportView):
    """The part of that page that changes while the worker works."""

    template_name = "importing/progress.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The part alone; it says by itself when there is nothing more to wait for."""
        return self.show(**run_context(self.the_run))


class StartView(ImportView):
    """Asks for the import."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Only what was checked and has no errors; the worker checks it again."""
        if not start(self.the_run):
            messages.error(request, _("This upload is not ready to be imported."))
        return redirect("importing:run", pk)


class ForgetView(ImportView):
    """Deletes the uploaded file."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Not while the worker has it. The drafts stay."""
        if self.the_run.is_working:
            messages.error(request, _("Wait until the work on this file has ended."))
        elif self.the_run.storage_name:
            forget(self.the_run)
            messages.success(request, _("The uploaded file was deleted. Drafts stay."))
        return redirect("importing:run", pk)


def run_context(run: ImportRun) -> dict[str, Any]:
    """What the templates show of a run."""
    return {"run": run, "counts": run.counts, "progress": progress_of(run.storage_name)}
