"""The oversight report: what the office owes, what stands there, what is amiss, on any day."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from cms.divisions.scope import scope_of
from cms.oversight.charts import Bar, bar_of, curve_of
from cms.oversight.coverage import Coverage, coverage, totals
from cms.oversight.division_names import division_names
from cms.oversight.history import coverage_on, curve
from cms.oversight.report_exports import CONTENT_TYPES, LANGUAGE, Report
from cms.oversight.report_filters import NO_DIVISION, DayForm, FilterForm
from cms.oversight.report_rows import Row, groups, labelled, rows_of
from cms.oversight.signing_now import by_duty, in_signoff

PAGE_TITLE = gettext_lazy("Oversight")
FULL_TITLE = gettext_lazy("Oversight: what the office owes the public")


class OversightView(WagtailAdminTemplateMixin, TemplateView):
    """What the pages of oversight share: the day asked for, and the way back."""

    page_title = PAGE_TITLE
    header_icon = "glasses"

    @cached_property
    def day_form(self) -> DayForm:
        """The day that was asked for; a wrong one stays as it was typed, and today is shown."""
        form = DayForm(self.request.GET)
        form.full_clean()
        return form

    @cached_property
    def found(self) -> Coverage:
        """Coverage as of that day, or now."""
        day = self.day_form.cleaned_data.get("as_of")
        return coverage_on(day) if day else coverage()

    @cached_property
    def is_past(self) -> bool:
        """Whether an earlier day is told of: nobody knows any more what was in sign-off then."""
        return self.day_form.cleaned_data.get("as_of") is not None

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The dashboard, the report, then this."""
        return [*self.breadcrumbs_items, *self.trail()]

    def trail(self) -> list[dict[str, Any]]:
        """From the report to this page."""
        return [
            {"url": reverse("coverage_report"), "label": PAGE_TITLE},
            {"url": "", "label": self.get_page_title()},
        ]


class CoverageReportView(OversightView):
    """For everybody in the admin: what is public is no secret, and what is missing neither.

    Drafts in sign-off are shown to their divisions and to those who act for all.
    """

    template_name = "oversight/coverage_report.html"

    def trail(self) -> list[dict[str, Any]]:
        """This is the report."""
        return [{"url": "", "label": PAGE_TITLE}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or one of its files."""
        file_format = request.GET.get("export", "")
        if file_format not in CONTENT_TYPES:
            return super().get(request, *args, **kwargs)
        with override(LANGUAGE):
            report = self._report()
            content = report.file(file_format)
        name = f"coverage-{report.at:%Y-%m-%d}.{file_format}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type=CONTENT_TYPES[file_format], headers=headers)

    @cached_property
    def names(self) -> dict[Any, str]:
        """Of the divisions."""
        return division_names()

    @cached_property
    def filters(self) -> FilterForm:
        """Filled in as asked for."""
        return FilterForm(self.request.GET, self.found, self.names)

    @cached_property
    def rows(self) -> list[Row]:
        """What the filters leave."""
        steps = [] if self.is_past else in_signoff(scope_of(self.request.user))
        waiting = by_duty(steps, self.found.obligations)
        kept = [one for one in self.found.standings if self.filters.keeps(one)]
        return rows_of(kept, self.names, waiting)

    def _report(self) -> Report:
        chosen = [
            (str(field.label), str(dict(field.field.choices)[field.value()]))  # type: ignore[attr-defined]
            for field in self.filters
            if self.filters.cleaned_data.get(field.name)
        ]
        sums = totals(row.standing for row in self.rows)
        return Report(str(FULL_TITLE), self.found.at, chosen, self.rows, sums)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The files, filtered as the page is."""
        labels = {"xlsx": _("Download XLSX"), "csv": _("Download CSV"), "pdf": _("Download PDF")}
        return [
            Button(label, url=self._export_url(name), icon_name="download", priority=priority)
            for priority, (name, label) in enumerate(labels.items(), start=90)
        ]

    def _export_url(self, name: str) -> str:
        params = self.request.GET.copy()
        params["export"] = name
        return f"{self.request.path}?{params.urlencode()}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rows, their totals, the curve of recorded days and a bar for each division."""
        sums = totals(row.standing for row in self.rows)
        return {
            **super().get_context_data(**kwargs),
            "full_title": FULL_TITLE,
            "at": self.found.at,
            "is_past": self.is_past,
            "is_recorded": self.found.is_recorded,
            "day_form": self.day_form,
            "filter_form": self.filters,
            "rows": self.rows,
            "totals": sums,
            "numbers": labelled(sums),
            "curve": curve_of(
                "coverage", _("What is owed and what stands there"), curve(self.filters.condition)
            ),
            "bars": self._bars(),
            "divisions_url": reverse("scorecards"),
        }

    def _bars(self) -> list[Bar]:
        """By division, of the duties shown; each leads to its own."""
        shown = Coverage(self.found.at, self.found.obligations, [row.standing for row in self.rows])
        bars = []
        for key, standings in groups(shown, self.names).items():
            params = self.request.GET.copy()
            params["division"] = str(key or NO_DIVISION)
            label = self.names.get(key) or _("no division")
            bars.append(bar_of(label, totals(standings), f"?{params.urlencode()}"))
        return bars
