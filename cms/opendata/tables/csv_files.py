"""Reading an uploaded CSV: its encoding and its separator are found, not asked for."""

import csv
from collections.abc import Iterator
from pathlib import Path

from cms.opendata import limits
from cms.opendata.encodings import text_encoding
from cms.opendata.problems import Refused

_SEPARATORS = ",;\t|"


def csv_rows(path: Path) -> Iterator[list[str]]:
    """Every row, as text.

    Raises `Refused` where the encoding is unknown, or from the row on that cannot be read.
    """
    encoding = text_encoding(path)
    with path.open(encoding=encoding, newline="") as stream:
        separator = _separator(stream.readline(limits.CELL_CHARACTERS))
        stream.seek(0)
        reader = csv.reader(stream, delimiter=separator, strict=True)
        before = 0
        try:
            for row in reader:
                yield row
                before = reader.line_num
        except csv.Error as error:
            raise Refused("unclosed_quote", row=before + 1, limit=limits.CELL_CHARACTERS) from error


def _separator(first_line: str) -> str:
    """The sign that stands most often in the first line, outside quotation marks."""
    outside = "".join(first_line.split('"')[::2])
    return max(_SEPARATORS, key=outside.count)
