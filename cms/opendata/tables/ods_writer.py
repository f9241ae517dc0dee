"""One table as an ODS spreadsheet, row by row: ODF 1.2 needs no more than two files in a ZIP."""

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from cms.opendata import limits
from cms.opendata.problems import Refused
from cms.opendata.tables.table import NUMBER, Summary

_URN = "urn:oasis:names:tc:opendocument:xmlns"
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MANIFEST = (
    f'{_DECLARATION}<manifest:manifest xmlns:manifest="{_URN}:manifest:1.0" '
    f'manifest:version="1.2"><manifest:file-entry manifest:full-path="/" '
    f'manifest:version="1.2" manifest:media-type="{_TYPE}"/>'
    f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    f"</manifest:manifest>"
)
_START = (
    f'{_DECLARATION}<office:document-content xmlns:office="{_URN}:office:1.0" '
    f'xmlns:table="{_URN}:table:1.0" xmlns:text="{_URN}:text:1.0" office:version="1.2">'
    f'<office:body><office:spreadsheet><table:table table:name="data">'
)
_END = "</table:table></office:spreadsheet></office:body></office:document-content>"
_EMPTY_CELL = "<table:table-cell/>"
# ODF collapses white space as HTML does, so that it is written as tags.
_SPACES = re.compile("^ +| {2,}")


def write_ods(summary: Summary, rows: Iterable[list[str]], path: Path) -> None:
    """A sheet called `data`: numbers in columns of numbers, everything else as text.

    A text that begins like a formula is a text, which no spreadsheet runs. Raises `Refused` for
    more rows than a sheet can have.
    """
    if summary.count + 1 > limits.SHEET_ROWS:
        raise Refused("too_many_sheet_rows", limit=limits.SHEET_ROWS)
    numeric = [type_ == NUMBER for type_ in summary.types]
    # ZipInfo without a date: the same table gives the same bytes on every day.
    with zipfile.ZipFile(path, "w", compresslevel=1) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), _TYPE)
        archive.writestr(_compressed("META-INF/manifest.xml"), _MANIFEST)
        with (
            archive.open(_compressed("content.xml"), "w", force_zip64=True) as raw,
            io.TextIOWrapper(raw, "utf-8", write_through=False) as stream,
        ):
            stream.write(_START)
            stream.write(_row(summary.columns, [False] * len(numeric)))
            for row in rows:
                stream.write(_row(row, numeric))
            stream.write(_END)


def _compressed(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _row(cells: list[str], numeric: list[bool]) -> str:
    written = (_cell(cell, number) for cell, number in zip(cells, numeric, strict=True))
    return f"<table:table-row>{''.join(written)}</table:table-row>\n"


def _cell(value: str, number: bool) -> str:
    if not value:
        return _EMPTY_CELL
    if number:
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    lines = "".join(f"<text:p>{_line(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def _line(text: str) -> str:
    text = escape(text)
    if "  " in text or text.startswith(" "):
        text = _SPACES.sub(lambda found: f'<text:s text:c="{len(found.group())}"/>', text)
    return text.replace("\t", "<text:tab/>") if "\t" in text else text
