"""The oversight report as a file: XLSX, CSV and PDF, in Thai with dates of the Buddhist era."""

import csv
import datetime
import io
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from cms.audit.reports import harmless
from cms.oversight.coverage import Totals
from cms.oversight.report_rows import Row, labelled
from cms.thai.dates import format_date
from cms.thai.pdf import PdfDocument

LANGUAGE = "th"  # files go to the office and its assessors
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}
_BOM = "\ufeff"  # tells spreadsheet programs that the Thai is UTF-8


@dataclass(frozen=True)
class Report:
    """What is exported; made in the language of the export."""

    title: str
    at: datetime.datetime
    filters: list[tuple[str, str]]
    rows: list[Row]
    totals: Totals

    @property
    def heading(self) -> str:
        """With the moment of which it tells."""
        moment = {"title": self.title, "moment": format_date(self.at, LANGUAGE, "j F Y H:i")}
        return _("%(title)s as of %(moment)s") % moment

    def cells(self) -> list[list[str]]:
        """Headings, then a line for each duty."""
        return [_headings(), *([str(cell) for cell in _cells(row)] for row in self.rows)]

    def file(self, file_format: str) -> bytes:
        """As one of `CONTENT_TYPES`."""
        return {"xlsx": _xlsx, "csv": _csv, "pdf": _pdf}[file_format](self)


def _headings() -> list[str]:
    return [
        _("code"),
        _("what is owed"),
        _("division"),
        _("fiscal year"),
        _("state"),
        _("public by language"),
        _("next review"),
        _("English outdated"),
        _("broken links"),
        _("in sign-off"),
    ]


def _cells(row: Row) -> list[Any]:
    one = row.standing
    return [
        *(row.code, row.title, row.division, row.fiscal_year, row.state, row.languages),
        *(row.due_on, one.outdated, one.broken_links, row.in_signoff),
    ]


def _csv(report: Report) -> bytes:
    """The duties, an empty line, and the totals."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([harmless(cell) for cell in cells] for cells in report.cells())
    writer.writerow([])
    writer.writerows(labelled(report.totals))
    return (_BOM + text.getvalue()).encode()


def _xlsx(report: Report) -> bytes:
    """A sheet of duties and one of totals."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_("duties"))
    for cells in report.cells():
        sheet.append([_text_cell(sheet, text) for text in cells])
    sums = workbook.create_sheet(_("totals"))
    sums.append([_text_cell(sums, report.heading)])
    for label, value in [*report.filters, *labelled(report.totals)]:
        number = value if isinstance(value, int) else _text_cell(sums, str(value))
        sums.append([_text_cell(sums, label), number])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _text_cell(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # text, whatever it looks like
    return cell


def _pdf(report: Report) -> bytes:
    document = PdfDocument(
        report.heading,
        LANGUAGE,
        footer=report.heading,
        official_digits=True,
        author=settings.SITE_NAME_TH,
        landscape=True,
    )
    document.heading(report.title, align="center")
    document.paragraph(settings.SITE_NAME_TH, align="center")
    document.paragraph(
        _("As of %(moment)s") % {"moment": format_date(report.at, LANGUAGE, "j F Y H:i")},
        align="center",
    )
    document.facts([*report.filters, *labelled(report.totals)])
    if report.rows:
        columns, *rows = report.cells()
        document.heading(_("duties"), 2)
        document.table(columns, rows, numeric=[7, 8])
    return document.bytes()
