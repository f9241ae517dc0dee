"""Reading the first sheet of an XLSX workbook."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from cms.opendata.archives import archive
from cms.opendata.problems import Refused

_ONLY_ZEROS = re.compile("0+")


def xlsx_rows(path: Path) -> Iterator[list[str]]:
    """Every row of the first sheet, as text without the empty cells at its end.

    Formulas give the values that were stored with them. openpyxl parses with defusedxml, which
    refuses entities. Raises `Refused`.
    """
    with archive(path):
        pass  # its sizes are within the limits: openpyxl opens it by itself
    try:
        with path.open("rb") as file:
            workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheet = workbook.worksheets[0]
            sheet.reset_dimensions()  # the file may claim a million empty columns
            for cells in sheet.iter_rows():
                yield _trimmed([_text(cell) for cell in cells])
    except (
        InvalidFileException,
        BadZipFile,
        ArithmeticError,
        LookupError,
        SyntaxError,
        TypeError,
        ValueError,
    ) as error:
        # openpyxl fails in many ways on broken workbooks, by its own and by built-in errors.
        if isinstance(error, DefusedXmlException) or isinstance(
            error.__cause__, DefusedXmlException
        ):
            raise Refused("xml_entities") from error
        raise Refused("broken", found="XLSX") from error


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def _text(cell: Any) -> str:
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    if isinstance(value, datetime.datetime):
        return _moment(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _number(value: float, number_format: str) -> str:
    """A number as it is shown where it is a code: 632 in the format 00000 is 00632."""
    if value == int(value):
        text = str(int(value))
        return text.zfill(len(number_format)) if _ONLY_ZEROS.fullmatch(number_format) else text
    return format(value, ".15g")


def _moment(value: datetime.datetime) -> str:
    return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
