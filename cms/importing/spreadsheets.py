"""Spreadsheets: reading an upload (XLSX, ODS, CSV in UTF-8 or Windows-874)."""

import re
from collections.abc import Iterator
from pathlib import Path

from cms.importing import limits
from cms.importing.columns import BY_KEY, keys_of
from cms.importing.problems import Problem, named
from cms.importing.sources import RawRow, Source
from cms.opendata.archives import archive
from cms.opendata.problems import Refused
from cms.opendata.tables.table import Table
from cms.thai.dates import BUDDHIST_ERA_OFFSET, FIRST_BUDDHIST_YEAR

_ARCHIVED = {".xlsx", ".ods"}
# What a cell of the kind "date" gives; a clerk who typed 2569 there meant the Buddhist era.
_DATE_CELL = re.compile(r"(\d{4})(-\d{2}-\d{2})")
_REQUIRED = ("title",)


class Spreadsheet(Source):
    """The first sheet of a workbook, or a CSV; the first row names the columns."""

    def __init__(self, path: Path, filename: str) -> None:
        super().__init__(path, filename)
        if path.suffix in _ARCHIVED:
            _check_unpacked(path)
        self._table = _table(path, filename)
        self._keys, self._unknown = keys_of(self._table.columns)
        for key in _REQUIRED:
            if key not in self._keys:
                raise Refused("no_column", label=named(BY_KEY[key].label))

    def rows(self) -> Iterator[RawRow]:
        """Each row with the number that the spreadsheet shows."""
        for number, cells in self._table.numbered_rows():
            found = zip(self._keys, cells, strict=True)
            values = {key: _text(cell) for key, cell in found if key and cell.strip()}
            if values:
                yield RawRow(number, values, files=values.pop("attachments", "").split())

    def findings(self) -> list[Problem]:
        """The columns that nobody knows, where they have a name."""
        names = [one for one in self._unknown if not one.startswith("column_")]
        return [Problem("unknown_column", 1, params={"value": one}) for one in names]


def _table(path: Path, filename: str) -> Table:
    try:
        return Table(path, filename)
    except Refused as refused:
        if refused.code == "not_a_table":
            raise Refused("not_a_file_of_rows", **refused.params) from refused
        raise


def _check_unpacked(path: Path) -> None:
    """Before anything reads it: a workbook's shared texts are unpacked into memory."""
    with path.open("rb") as stream:
        if stream.read(2) != b"PK":
            return  # the sniffing says what it is
    with archive(path) as opened:
        if sum(entry.file_size for entry in opened.infolist()) > limits.UNPACKED_BYTES:
            limit = limits.UNPACKED_BYTES // limits.MEBIBYTE
            raise Refused("unpacks_too_large", limit=limit)


def _text(cell: str) -> str:
    text = cell.strip()
    found = _DATE_CELL.fullmatch(text)
    if found and int(found[1]) >= FIRST_BUDDHIST_YEAR:
        return f"{int(found[1]) - BUDDHIST_ERA_OFFSET}{found[2]}"
    return text
