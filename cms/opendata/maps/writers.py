"""One map as GeoJSON, KML or KMZ, feature by feature; as a shapefile, batch by batch."""

import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import orjson

from cms.opendata.maps.geometry import to_geojson, to_kml
from cms.opendata.maps.shapefile import write_shapefile
from cms.opendata.maps.source import Column, Feature, MapSource

Batches = Iterable[list[Feature]]
_NAMES = ("name", "ชื่อ", "title")
_KML_TYPES = {"integer": "int", "number": "double"}
_COPY_BYTES = 1 << 20


def write_geojson(source: MapSource, batches: Batches, path: Path) -> None:
    """A feature collection (RFC 7946) in WGS 84, one feature a line."""
    names = [column.name for column in source.columns]
    with path.open("wb") as stream:
        stream.write(b'{"type":"FeatureCollection","features":[')
        separator = b"\n"
        for batch in batches:
            for feature in batch:
                stream.write(separator + _geojson_feature(feature, names))
                separator = b",\n"
        stream.write(b"\n]}\n")


def _geojson_feature(feature: Feature, names: list[str]) -> bytes:
    data = {
        "type": "Feature",
        "properties": dict(zip(names, feature.values, strict=True)),
        "geometry": to_geojson(feature.geometry) if feature.geometry else None,
    }
    return orjson.dumps(data)


def write_kml(source: MapSource, batches: Batches, path: Path) -> None:
    """One document (OGC 12-007r2): a placemark for each feature, its columns as typed data."""
    naming = name_column(source.columns)
    with path.open("w", encoding="utf-8") as stream:
        stream.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
            f"<name>{escape(source.name)}</name>\n{_kml_schema(source.columns)}\n"
        )
        for batch in batches:
            for feature in batch:
                stream.write(_placemark(feature, source.columns, naming))
        stream.write("</Document></kml>\n")


def name_column(columns: list[Column]) -> int | None:
    """Which column names a place: one called so, else the first text."""
    for number, column in enumerate(columns):
        if column.name.lower() in _NAMES:
            return number
    texts = (number for number, column in enumerate(columns) if column.type == "text")
    return next(texts, None)


def _kml_schema(columns: list[Column]) -> str:
    fields = "".join(
        f"<SimpleField name={quoteattr(column.name)} "
        f'type="{_KML_TYPES.get(column.type, "string")}"/>'
        for column in columns
    )
    return f'<Schema name="columns" id="columns">{fields}</Schema>'


def _placemark(feature: Feature, columns: list[Column], naming: int | None) -> str:
    named = feature.values[naming] if naming is not None else None
    name = f"<name>{escape(str(named))}</name>" if named is not None else ""
    data = "".join(
        f"<SimpleData name={quoteattr(column.name)}>{escape(str(value))}</SimpleData>"
        for column, value in zip(columns, feature.values, strict=True)
        if value is not None
    )
    shape = to_kml(feature.geometry) if feature.geometry else ""
    return (
        f'<Placemark>{name}<ExtendedData><SchemaData schemaUrl="#columns">{data}'
        f"</SchemaData></ExtendedData>{shape}</Placemark>\n"
    )


def write_kmz(source: MapSource, batches: Batches, path: Path) -> None:
    """The KML in a ZIP, as `doc.kml`."""
    inner = path.with_name("doc.kml")
    write_kml(source, batches, inner)
    zip_files(path, {"doc.kml": inner})


def write_shp(source: MapSource, batches: Batches, path: Path) -> None:
    """A ZIP of shapefiles with `columns.csv`, which tells what F1, F2 ... are called."""
    folder = path.with_name("shapefile")
    folder.mkdir()
    zip_files(path, {file.name: file for file in write_shapefile(source, batches, folder)})


def zip_files(path: Path, files: dict[str, Path]) -> None:
    """Zips files without their dates, so that the same map gives the same bytes every day."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, file in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with file.open("rb") as content, archive.open(entry, "w", force_zip64=True) as packed:
                while piece := content.read(_COPY_BYTES):
                    packed.write(piece)


WRITERS: dict[str, Callable[[MapSource, Batches, Path], Any]] = {
    "geojson": write_geojson,
    "kml": write_kml,
    "kmz": write_kmz,
    "shp": write_shp,
}
