"""From an uploaded map to files that GDAL may open: our own names, UTF-8, nothing else beside."""

import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cms.opendata import limits
from cms.opendata.archives import archive, names_by_suffix, unpack
from cms.opendata.encodings import bytes_encoding, decoded, text_encoding
from cms.opendata.formats import MAP
from cms.opendata.problems import Refused
from cms.opendata.sniffing import accepted_content

_SAMPLE_BYTES = 1 << 20
_REQUIRED = (".shp", ".shx", ".dbf")
_PARTS = (*_REQUIRED, ".prj", ".cpg")
_THAI_NAMES = {"874", "cp874", "windows-874", "tis-620", "tis620", "iso-8859-11"}
_DECLARED = re.compile(r"(<\?xml[^>]*?)\s+encoding\s*=\s*[\"'][^\"']*[\"']")
_ENTITIES = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True)
class MapFile:
    """One file for GDAL: its driver, what its text is encoded in, and its own name."""

    path: Path
    driver: str
    name: str
    encoding: str | None = None


def map_files(source: Path, filename: str, folder: Path) -> list[MapFile]:
    """Unpacks an upload into `folder`. Raises `Refused` for what is no map, or not a safe one."""
    content = accepted_content(source, MAP, filename)
    return _UNPACKERS[content](source, PurePosixPath(filename).stem, folder)


def _geojson(source: Path, name: str, folder: Path) -> list[MapFile]:
    path = folder / "map.geojson"
    _write_as_utf8(source, path, lambda text: text)
    return [MapFile(path, "GeoJSON", name)]


def _kml(source: Path, name: str, folder: Path) -> list[MapFile]:
    path = folder / "map.kml"
    _write_as_utf8(source, path, lambda text: _DECLARED.sub(r"\1", text, count=1))
    overlap = ""
    for piece in decoded(path, "utf-8"):
        if _ENTITIES.search(overlap + piece):
            raise Refused("xml_entities")
        overlap = piece[-20:]
    return [MapFile(path, "LIBKML", name)]


def _kmz(source: Path, name: str, folder: Path) -> list[MapFile]:
    with archive(source) as opened:
        inner = unpack(opened, names_by_suffix(opened, ".kml")[0], folder / "inner.kml")
    return _kml(inner, name, folder)


def _geopackage(source: Path, name: str, folder: Path) -> list[MapFile]:
    """A GeoPackage is an SQLite database: virtual tables could run other code, views any query."""
    try:
        with closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as database:
            rows = database.execute(
                "SELECT lower(sql) FROM sqlite_master WHERE sql IS NOT NULL AND type != 'trigger'"
            ).fetchall()
    except sqlite3.DatabaseError as error:
        raise Refused("broken", found="GPKG") from error
    for (sql,) in rows:
        if sql.startswith("create view") or ("virtual table" in sql and "rtree" not in sql):
            raise Refused("broken", found="GPKG")
    return [MapFile(source, "GPKG", name)]


def _shapefiles(source: Path, name: str, folder: Path) -> list[MapFile]:
    with archive(source) as opened:
        stems = [shape[: -len(".shp")] for shape in names_by_suffix(opened, ".shp")]
        return [_shapefile(opened, stem, folder / f"map{i}") for i, stem in enumerate(stems)]


def _shapefile(opened: zipfile.ZipFile, stem: str, target: Path) -> MapFile:
    entries = {entry.lower(): entry for entry in opened.namelist()}
    for part in _PARTS:
        entry = entries.get(f"{stem}{part}".lower())
        if entry:
            unpack(opened, entry, target.with_suffix(part))
        elif part in _REQUIRED:
            raise Refused("shapefile_parts", name=PurePosixPath(stem).name, part=part)
    encoding = _dbf_encoding(target)
    return MapFile(target.with_suffix(".shp"), "ESRI Shapefile", PurePosixPath(stem).name, encoding)


def _dbf_encoding(target: Path) -> str | None:
    """What the .cpg says; without one, what the bytes look like: Thai ones are Windows-874."""
    declared = target.with_suffix(".cpg")
    if declared.exists():
        said = declared.read_bytes()[:64].decode("ascii", "ignore").strip().lower()
        said = said.removeprefix("ansi ").removeprefix("oem ")
        if said in _THAI_NAMES:
            return "CP874"
        return "UTF-8" if said in {"utf-8", "utf8", "65001"} else None
    with target.with_suffix(".dbf").open("rb") as stream:
        return bytes_encoding(stream.read(_SAMPLE_BYTES)).upper()


def _write_as_utf8(source: Path, path: Path, corrected: Callable[[str], str]) -> None:
    """Copies a text file that its library reads whole; `corrected` sees the first piece."""
    if source.stat().st_size > limits.WHOLE_FILE_BYTES:
        raise Refused("too_large", limit=limits.WHOLE_FILE_BYTES // limits.MEBIBYTE)
    encoding = text_encoding(source)
    with path.open("w", encoding="utf-8", newline="") as stream:
        for number, piece in enumerate(decoded(source, encoding)):
            stream.write(corrected(piece) if number == 0 else piece)


_UNPACKERS: dict[str, Callable[[Path, str, Path], list[MapFile]]] = {
    "GeoJSON": _geojson,
    "KML": _kml,
    "KMZ": _kmz,
    "Shapefile": _shapefiles,
    "GPKG": _geopackage,
}
