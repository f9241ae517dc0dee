"""One table as CSV, JSON or XML, row by row."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import orjson

from cms.opendata.tables.cells import without_formula
from cms.opendata.tables.ods_writer import write_ods
from cms.opendata.tables.table import NUMBER, Summary

Rows = Iterable[list[str]]


def write_csv(summary: Summary, rows: Rows, path: Path) -> None:
    """CSV (RFC 4180) in UTF-8 with a byte order mark, without which Excel shows no Thai.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([without_formula(name) for name in summary.columns])
        for row in rows:
            writer.writerow([without_formula(cell) for cell in row])


def write_json(summary: Summary, rows: Rows, path: Path) -> None:
    """An array of objects: numbers in columns of numbers, text elsewhere, null for no value."""
    numeric = [i for i, type_ in enumerate(summary.types) if type_ == NUMBER]
    with path.open("wb") as stream:
        separator = b"[\n"
        for row in rows:
            values: list[Any] = [cell or None for cell in row]
            for i in numeric:
                values[i] = values[i] and orjson.Fragment(values[i])  # 1.50 stays 1.50
            stream.write(separator + orjson.dumps(dict(zip(summary.columns, values, strict=True))))
            separator = b",\n"
        stream.write(b"\n]\n")


def write_xml(summary: Summary, rows: Rows, path: Path) -> None:
    """XML in which columns are named by an attribute, as an element cannot bear every Thai name."""
    openings = [f"<column name={quoteattr(name)}>" for name in summary.columns]
    with path.open("w", encoding="utf-8") as stream:
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<table>\n')
        for row in rows:
            cells = (
                f"{opening}{escape(cell)}</column>"
                for opening, cell in zip(openings, row, strict=True)
            )
            stream.write(f"<row>{''.join(cells)}</row>\n")
        stream.write("</table>\n")


WRITERS: dict[str, Callable[[Summary, Rows, Path], None]] = {
    "csv": write_csv,
    "json": write_json,
    "xml": write_xml,
    "ods": write_ods,
}
