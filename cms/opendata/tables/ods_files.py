"""Reading the first sheet of an ODS spreadsheet, row by row."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError  # parsed by defusedxml only

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from cms.opendata import limits
from cms.opendata.archives import archive
from cms.opendata.problems import Refused

_URN = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TABLE, _TEXT = (_URN % name for name in ("office", "table", "text"))
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_NUMBERS = {"float", "percentage", "currency"}


def ods_rows(path: Path) -> Iterator[list[str]]:
    """Every row of the first sheet, as text without the empty cells at its end.

    Empty rows are left out: a sheet may claim a million of them. Raises `Refused`.
    """
    with archive(path) as opened:
        if "content.xml" not in opened.namelist():
            raise Refused("broken", found="ODS")
        with opened.open("content.xml") as content:
            try:
                yield from _first_sheet(content)
            except DefusedXmlException as error:
                raise Refused("xml_entities") from error
            except (ParseError, ValueError) as error:
                raise Refused("broken", found="ODS") from error


def _first_sheet(content: IO[bytes]) -> Iterator[list[str]]:
    sheet: Element | None = None
    for event, element in iterparse(content, events=("start", "end"), forbid_dtd=True):
        if element.tag == f"{_TABLE}table":
            if event == "end":
                return
            sheet = element if sheet is None else sheet
        elif event == "end" and element.tag == f"{_TABLE}table-row" and sheet is not None:
            row = _row(element)
            for _time in range(_repeats(element, "rows", limits.TABLE_ROWS + 1) if row else 0):
                yield list(row)
            sheet.clear()  # or the whole sheet would stay in memory


def _row(element: Element) -> list[str]:
    """The cells of a row; a cell may say that it stands several times."""
    row: list[str] = []
    empty = 0  # cells that count only if another follows
    for cell in element:
        if cell.tag not in _CELLS:
            continue
        text = "" if cell.tag.endswith("covered-table-cell") else _cell(cell)
        times = _repeats(cell, "columns", limits.TABLE_COLUMNS + 1)
        if not text:
            empty += times
            continue
        row += [""] * min(empty, limits.TABLE_COLUMNS + 1) + [text] * times
        empty = 0
        if len(row) > limits.TABLE_COLUMNS:
            raise Refused("too_many_columns", limit=limits.TABLE_COLUMNS)
    return row


def _repeats(element: Element, what: str, most: int) -> int:
    return min(int(element.get(f"{_TABLE}number-{what}-repeated", 1)), most)


def _cell(cell: Element) -> str:
    shown = "\n".join(_shown(line) for line in cell if line.tag == f"{_TEXT}p")
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in _NUMBERS:
        value = cell.get(f"{_OFFICE}value", shown)
        # A code such as 00632 is a number with a format: what is shown is what is meant.
        return shown if shown.startswith("0") and shown.isdigit() else value
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", shown)
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value", shown).upper()
    return shown


def _shown(element: Element) -> str:
    """The text of a paragraph, with the spaces, tabs and line breaks that ODF writes as tags."""
    parts: list[Any] = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(int(child.get(f"{_TEXT}c", 1)), limits.CELL_CHARACTERS))
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag != f"{_OFFICE}annotation":
            parts.append(_shown(child))
        parts.append(child.tail or "")
    return "".join(parts)
