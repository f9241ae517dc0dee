"""Tables as CSV and XLSX, as the office's spreadsheet programs write and open them.

Written cells cannot act as formulas; read cells are text, whatever the program made of them.
"""

import csv
import datetime
import io
import re
import zipfile
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.exceptions import InvalidFileException

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
_MAX_UNPACKED = 60_000_000
_MAX_COLUMNS = 200
_BOM = "\ufeff"  # tells spreadsheet programs that the Thai is UTF-8
# OWASP: cells that begin so may be run as formulas. A plain negative number may stay one.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_CELL_LENGTH = 32_767  # characters that a cell of XLSX holds


class Unreadable(ValueError):
    """The file is no table that can be read; the message says why, for the user."""


def write_table(rows: list[list[str]], file_format: str) -> bytes:
    """The rows as a file: `csv` (UTF-8 with BOM) or `xlsx`."""
    return _write_xlsx(rows) if file_format == "xlsx" else _write_csv(rows)


def read_table(data: bytes) -> list[list[str]]:
    """The rows of the first sheet as text, the empty ones at the end left out.

    CSV may be UTF-8 or the Thai code page of Windows. Raises `Unreadable`.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(_("The file is too large."))
    rows = _read_xlsx(data) if data.startswith(b"PK") else _read_csv(data)
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > MAX_ROWS:
        raise Unreadable(_("The file has more than %(number)s rows.") % {"number": MAX_ROWS})
    return rows


def _write_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([_harmless(cell) for cell in row] for row in rows)
    return (_BOM + text.getvalue()).encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def _as_meant(cell: str) -> str:
    """Without the apostrophe that `_harmless` puts before a text."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _write_xlsx(rows: list[list[str]]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in rows:
        cells = [WriteOnlyCell(sheet, _storable(cell)[:_CELL_LENGTH]) for cell in row]
        for cell in cells:
            cell.data_type = "s"  # text, whatever it looks like
        sheet.append(cells)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _storable(cell: str) -> str:
    """Without the control characters that XML cannot hold, as programs paste some into texts."""
    return ILLEGAL_CHARACTERS_RE.sub("", cell)


def _read_csv(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp874", errors="replace")
    if "\0" in text or "\ufffd" in text:
        raise Unreadable(_("The file is neither CSV nor XLSX."))
    try:
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        return [[_as_meant(cell.strip()) for cell in line] for line in lines]
    except csv.Error as error:
        raise Unreadable(_("The file is neither CSV nor XLSX.")) from error


def _read_xlsx(data: bytes) -> list[list[str]]:
    """Reads no more than is allowed: a small file may unpack to a very large one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_UNPACKED:
                raise Unreadable(_("The file is too large."))
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = workbook.worksheets[0]
        sheet.reset_dimensions()
        rows = []
        for row in sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=_MAX_COLUMNS, values_only=True):
            rows.append([_as_text(value) for value in row])
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(_("The file is neither CSV nor XLSX.")) from error
    return rows


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
