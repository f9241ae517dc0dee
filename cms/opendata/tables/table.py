"""An uploaded table: named columns and rows of text of equal length, read as a stream."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from cms.opendata import limits
from cms.opendata.formats import TABLE
from cms.opendata.problems import Refused
from cms.opendata.sniffing import accepted_content
from cms.opendata.tables.cells import clean_row, column_names, is_number
from cms.opendata.tables.csv_files import csv_rows
from cms.opendata.tables.ods_files import ods_rows
from cms.opendata.tables.xlsx_files import xlsx_rows

_READERS: dict[str, Callable[[Path], Iterator[list[str]]]] = {
    "CSV": csv_rows,
    "XLSX": xlsx_rows,
    "ODS": ods_rows,
}
TEXT, NUMBER = "text", "number"


@dataclass
class Summary:
    """What reading through a table tells: a type for each column, how many rows, the first ones.

    `types`: `number` where every cell that is not empty is a plain number; else `text`.
    """

    columns: list[str]
    types: list[str] = field(default_factory=list)
    count: int = 0
    first_rows: list[list[str]] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """The preview as it is stored and given to readers."""
        columns = zip(self.columns, self.types, strict=True)
        return {
            "columns": [{"name": name, "type": type_} for name, type_ in columns],
            "rows": self.first_rows,
            "count": self.count,
        }


class Table:
    """One uploaded file, which can be read as often as needed and is never held in memory."""

    def __init__(self, path: Path, filename: str) -> None:
        """Raises `Refused` where the content is no table, or has the name of something else."""
        self._path = path
        self._read = _READERS[accepted_content(path, TABLE, filename)]
        self.columns = column_names(self._headings(self._numbered_rows()))

    def rows(self) -> Iterator[list[str]]:
        """Every row below the column names, filled up to their number.

        Raises `Refused` at a row with more cells than there are columns.
        """
        return (row for _number, row in self.numbered_rows())

    def numbered_rows(self) -> Iterator[tuple[int, list[str]]]:
        """The same, each with the number that a spreadsheet would show."""
        numbered = self._numbered_rows()
        self._headings(numbered)
        width = len(self.columns)
        for count, (number, row) in enumerate(numbered):
            if count >= limits.TABLE_ROWS:
                raise Refused("too_many_rows", limit=limits.TABLE_ROWS)
            if len(row) != width:
                if any(row[width:]):
                    raise Refused("row_too_long", row=number, cells=len(row), columns=width)
                row = row[:width] + [""] * (width - len(row))
            yield number, row

    def summary(self, most_rows: int | None = None) -> Summary:
        """Reads through the table, or its first rows. Raises `Refused` where it has none."""
        found = Summary(self.columns)
        numeric, filled = set(range(len(self.columns))), set()
        for row in islice(self.rows(), most_rows):
            if found.count < limits.PREVIEW_ROWS:
                found.first_rows.append(row)
            found.count += 1
            for i in tuple(numeric):
                if row[i]:
                    filled.add(i)
                    if not is_number(row[i]):
                        numeric.remove(i)
        if not found.count:
            raise Refused("no_rows")
        numeric &= filled
        found.types = [NUMBER if i in numeric else TEXT for i in range(len(self.columns))]
        return found

    def _numbered_rows(self) -> Iterator[tuple[int, list[str]]]:
        """Rows that are not empty, with the numbers that a spreadsheet would show."""
        for number, row in enumerate(self._read(self._path), start=1):
            cleaned = clean_row(row)
            if "".join(cleaned).strip():
                yield number, cleaned

    @staticmethod
    def _headings(numbered: Iterator[tuple[int, list[str]]]) -> list[str]:
        try:
            _number, headings = next(numbered)
        except StopIteration:
            raise Refused("no_rows") from None
        if len(headings) > limits.TABLE_COLUMNS:
            raise Refused("too_many_columns", limit=limits.TABLE_COLUMNS)
        return headings
