"""A queue as CSV or XLSX, in which no cell can act as a formula."""

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from cms.audit.log import record
from cms.audit.models import AuditEvent
from cms.engagement.answers import facts
from cms.engagement.case_events import CaseEvent
from cms.engagement.cases import Case
from cms.engagement.channels import Channel
from cms.engagement.permissions import check_handler

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_BOM = "\ufeff"  # tells spreadsheet programs that the Thai is UTF-8
# OWASP: cells that begin so may be run as formulas. A plain negative number may stay one.
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_CELL_LENGTH = 32_767  # characters that a cell of XLSX holds


@transaction.atomic
def export_queue(cases: Any, channel: Channel, user: Any, file_format: str) -> bytes:
    """The cases of one channel as a file (`csv` or `xlsx`), one column for each field asked.

    `cases` is narrowed to the channel; the export is logged. Raises `PermissionDenied` where
    the user does not work at that desk.
    """
    check_handler(user, channel)
    found = list(cases.filter(channel=channel).select_related("handled_by"))
    CaseEvent.objects.create(
        channel=channel,
        kind=CaseEvent.Kind.EXPORTED,
        user=user,
        detail=f"{file_format}: {len(found)}",
    )
    # Without the number: how many wait at a desk is for those who work there.
    kind, desk = AuditEvent.Kind.EXPORTED, str(channel.desk)
    record(kind, user=user, subject=desk, detail=file_format)
    rows = _rows(found)
    return _csv(rows) if file_format == "csv" else _xlsx(rows)


def _rows(cases: list[Case]) -> list[list[str]]:
    """Headings, then one row for each case. Fields of one id share a column, whatever the label."""
    columns: dict[str, str] = {}
    for case in cases:
        for answer in case.answers:
            columns.setdefault(answer["id"], answer["label"])
    headings = [
        _("reference number"),
        _("received at"),
        _("page"),
        _("language"),
        _("state"),
        _("assigned to"),
        _("answered at"),
        _("answer to the sender"),
        _("kept until"),
    ]
    return [[*headings, *columns.values()], *(_row(case, columns) for case in cases)]


def _row(case: Case, columns: Iterable[str]) -> list[str]:
    shown = facts(case.answers, case.locale)
    by_id = {
        # Days in ISO 8601, which spreadsheet programs sort.
        answer["id"]: answer["value"] if answer["kind"] == "date_field" else fact.value
        for answer, fact in zip(case.answers, shown, strict=True)
    }
    return [
        case.reference,
        _moment(case.received_at),
        case.title,
        case.locale,
        case.get_state_display(),
        case.handled_by.get_full_name() if case.handled_by else "",
        _moment(case.answered_at) if case.answered_at else "",
        case.answer,
        case.delete_after.isoformat(),
        *(by_id.get(column, "") for column in columns),
    ]


def _moment(value: Any) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return (_BOM + text.getvalue()).encode()


def _harmless(cell: str) -> str:
    if cell.startswith(_FORMULA_START) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _xlsx(rows: list[list[str]]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in rows:
        cells = [WriteOnlyCell(sheet, cell[:_CELL_LENGTH]) for cell in row]
        for cell in cells:
            cell.data_type = "s"  # text, whatever it looks like
        sheet.append(cells)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()
