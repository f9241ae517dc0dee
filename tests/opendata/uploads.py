"""Uploaded files as strangers and clerks make them, written by other programs than ours."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import shapefile
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

UTM_47N = (
    'PROJCS["WGS_1984_UTM_Zone_47N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",'
    'SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",99.0],PARAMETER["Scale_Factor",0.9996],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)
SQUARE = [[100.0, 10.0], [100.0, 10.1], [100.1, 10.1], [100.1, 10.0], [100.0, 10.0]]
ENTITIES = (
    '<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


def csv(folder: Path, text: str, encoding: str = "utf-8", name: str = "table.csv") -> Path:
    """A CSV file."""
    return _written(folder / name, text.encode(encoding))


def xlsx(folder: Path, rows: list[list[Any]], formats: dict[str, str] | None = None) -> Path:
    """A workbook of one sheet; `formats`: the number format of a cell by its name, e.g. `A2`."""
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    for cell, number_format in (formats or {}).items():
        workbook.active[cell].number_format = number_format
    workbook.save(folder / "table.xlsx")
    return folder / "table.xlsx"


def ods(folder: Path, rows: list[list[str]]) -> Path:
    """A spreadsheet of text cells."""
    document = OpenDocumentSpreadsheet()
    sheet = Table(name="Sheet1")
    for row in rows:
        line = TableRow()
        for value in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=value))
            line.addElement(cell)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    document.save(str(folder / "table.ods"))
    return folder / "table.ods"


def geojson(folder: Path, *features: dict[str, Any], name: str = "map.geojson") -> Path:
    """A feature collection."""
    collection = {"type": "FeatureCollection", "features": list(features)}
    return _written(folder / name, json.dumps(collection, ensure_ascii=False).encode())


def feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    """One feature."""
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def village_and_boundary(folder: Path) -> Path:
    """Two places of different kinds, the area wound as RFC 7946 does not want it."""
    return geojson(
        folder,
        feature("Point", [100.05, 10.05], ชื่อ="บ้านกลางทะเล", รหัส="0632", ครัวเรือน=12),
        feature("Polygon", [SQUARE], ชื่อ="เขตตำบล", รหัส="0001", ครัวเรือน=None),
    )


def kml(folder: Path, prolog: str = "", name: str = "map.kml") -> Path:
    """A document with one place."""
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}'
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>ศาลา</name>'
        "<Point><coordinates>100.5,10.5,3</coordinates></Point></Placemark></Document></kml>"
    )
    return _written(folder / name, text.encode())


def shapefile_zip(
    folder: Path,
    name: str = "บ้าน",
    encoding: str = "cp874",
    leave_out: tuple[str, ...] = (".cpg",),
    projection: str = UTM_47N,
) -> Path:
    """A point in UTM zone 47 north with a Thai name, as Thai GIS programs pack it."""
    with shapefile.Writer(folder / "villages", encoding=encoding) as writer:
        writer.field("VILL_NAME", "C", 60)
        writer.field("VILL_CODE", "C", 8)
        writer.point(609_500.0, 1_105_500.0)
        writer.record("?" * 60, "00632")
    # Cut where the column ends, as programs do, even in the middle of a letter.
    table, bytes_ = folder / "villages.dbf", name.encode(encoding)[:60].ljust(60)
    table.write_bytes(table.read_bytes().replace(b"?" * 60, bytes_))
    (folder / "villages.prj").write_text(projection)
    (folder / "villages.cpg").write_text(encoding)
    target = folder / "villages.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for suffix in (".shp", ".shx", ".dbf", ".prj", ".cpg"):
            if suffix not in leave_out:
                archive.write(folder / f"villages{suffix}", f"แผนที่/villages{suffix}")
    return target


def zipped(folder: Path, name: str, entries: dict[str, bytes]) -> Path:
    """Any ZIP under any name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content)
    return _written(folder / name, buffer.getvalue())


def repacked(path: Path, entry: str, content: bytes) -> Path:
    """The same archive with another content in one entry."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    return zipped(path.parent, path.name, {**entries, entry: content})


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
