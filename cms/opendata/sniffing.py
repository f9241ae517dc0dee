"""What a file is, by its content; its name must agree."""

import zipfile
from pathlib import Path

from cms.opendata import limits
from cms.opendata.archives import archive, names_by_suffix
from cms.opendata.formats import MAP, TABLE
from cms.opendata.problems import Refused

_HEAD_BYTES = 4_096
_GEOPACKAGE_IDS = (b"GPKG", b"GP10", b"GP11")
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_SIGNATURES = {
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "XLS",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"MZ": "EXE",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7Z",
    b"\x1f\x8b": "GZIP",
}
# What is accepted as which resource, and the names that it may bear.
SUFFIXES = {
    TABLE: {"CSV": (".csv", ".txt", ".tsv"), "XLSX": (".xlsx",), "ODS": (".ods",)},
    MAP: {
        "GeoJSON": (".geojson", ".json"),
        "KML": (".kml",),
        "KMZ": (".kmz",),
        "Shapefile": (".zip",),
        "GPKG": (".gpkg",),
    },
}


def accepted_content(path: Path, kind: str, filename: str) -> str:
    """The content of a file as a key of `SUFFIXES[kind]`.

    Raises `Refused` where it is nothing that `kind` accepts, or has the name of something else.
    """
    size = path.stat().st_size
    if size == 0:
        raise Refused("empty")
    if size > limits.SOURCE_BYTES:
        raise Refused("too_large", limit=limits.SOURCE_BYTES // limits.MEBIBYTE)
    found = content_of(path)
    if found not in SUFFIXES[kind]:
        raise Refused(f"not_a_{kind}", found=found)
    suffix = Path(filename).suffix.lower()
    if suffix not in SUFFIXES[kind][found]:
        raise Refused("misnamed", suffix=suffix or filename, found=found)
    return found


def content_of(path: Path) -> str:
    """What a file holds: CSV stands for any text that is nothing else."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    for signature, found in _SIGNATURES.items():
        if head.startswith(signature):
            return found
    if head.startswith(b"SQLite format 3\0"):
        return "GPKG" if head[68:72] in _GEOPACKAGE_IDS else "SQLite"
    if head.startswith(b"PK\x03\x04"):
        with archive(path) as opened:
            return _archived_content(opened)
    return _text_content(head)


def _archived_content(opened: zipfile.ZipFile) -> str:
    names = set(opened.namelist())
    if "mimetype" in names and opened.read("mimetype").strip() == _ODS_TYPE:
        return "ODS"
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        if "xl/vbaProject.bin" in names:
            raise Refused("macros")
        return "XLSX"
    if names_by_suffix(opened, ".shp"):
        return "Shapefile"
    if names_by_suffix(opened, ".kml"):
        return "KMZ"
    return "ZIP"


def _text_content(head: bytes) -> str:
    # UTF-16 is seen through: every second byte of its Latin letters is zero.
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if text.startswith(b"<"):
        lowered = text.lower()
        if b"<kml" in lowered:
            return "KML"
        return "HTML" if b"<html" in lowered else "XML"
    if text.startswith((b"{", b"[")):
        is_map = any(word in text for word in (b'"Feature', b'"coordinates"', b'"geometries"'))
        return "GeoJSON" if is_map else "JSON"
    return "CSV"
