"""Writing shapefiles: one for points, one for lines, one for areas, as the format knows no mix."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from cms.opendata.maps.gdal import raw
from cms.opendata.maps.geometry import Geometry, to_wkb
from cms.opendata.maps.source import Column, Feature, MapSource
from cms.opendata.tables.cells import without_formula

_CLASSES = {
    "Point": "points",
    "MultiPoint": "multipoints",
    "LineString": "lines",
    "MultiLineString": "lines",
    "Polygon": "areas",
    "MultiPolygon": "areas",
}
_LAYER_TYPES = {
    "points": "Point",
    "multipoints": "MultiPoint",
    "lines": "LineString",
    "areas": "Polygon",
}
_DTYPES: dict[str, Any] = {"integer": np.int32, "integer64": np.int64, "number": np.float64}
_MOST_TEXT_BYTES = 254  # a DBF text field
_LATIN = re.compile(r"[A-Za-z0-9_-]+")


class _Columns:
    """The DBF's view of the columns: names of at most ten bytes, texts of at most 254."""

    def __init__(self, columns: list[Column]) -> None:
        self.columns = columns
        self.fields = np.array([f"F{i}" for i in range(1, len(columns) + 1)], dtype=object)
        self.shortened = [0] * len(columns)

    def arrays(self, rows: list[list[Any]]) -> tuple[list[Any], list[Any]]:
        """One array of values and one of "is null" for each column."""
        data, masks = [], []
        for i, column in enumerate(self.columns):
            values = [row[i] for row in rows]
            masks.append(np.array([value is None for value in values]))
            if column.type in _DTYPES:
                filled = [0 if value is None else value for value in values]
                data.append(np.array(filled, dtype=_DTYPES[column.type]))
            else:
                data.append(np.array([self._text(value, i) for value in values], dtype=object))
        return data, masks

    def _text(self, value: Any, column: int) -> str | None:
        if value is None:
            return None
        encoded = str(value).encode()
        if len(encoded) <= _MOST_TEXT_BYTES:
            return str(value)
        self.shortened[column] += 1
        return encoded[:_MOST_TEXT_BYTES].decode(errors="ignore")

    def write_list(self, path: Path) -> None:
        """What each field is called in full, and where its texts had to be cut."""
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["field", "name", "type", "texts shortened to 254 bytes"])
            for field, column, cut in zip(self.fields, self.columns, self.shortened, strict=True):
                type_ = column.type.removesuffix("64")
                writer.writerow([field, without_formula(column.name), type_, cut])


def write_shapefile(
    source: MapSource, batches: Iterable[list[Feature]], folder: Path
) -> list[Path]:
    """Writes into `folder`: UTF-8 with .cpg, WGS 84 with .prj. Returns the files.

    A collection becomes one record for each shape in it. A feature without a place cannot stand
    in a shapefile and is left out.
    """
    columns = _Columns(source.columns)
    stem = source.name if _LATIN.fullmatch(source.name) else "map"
    written: set[str] = set()
    for batch in batches:
        for shape_class, records in _by_class(batch).items():
            path = folder / f"{stem}_{shape_class}.shp"
            _write(path, records, columns, shape_class, append=shape_class in written)
            written.add(shape_class)
    columns.write_list(folder / "columns.csv")
    return sorted(folder.iterdir())


def _by_class(batch: list[Feature]) -> dict[str, list[tuple[list[Any], Geometry]]]:
    classes: dict[str, list[tuple[list[Any], Geometry]]] = defaultdict(list)
    for feature in batch:
        for shape in _simple(feature):
            classes[_CLASSES[shape.kind]].append((feature.values, shape))
    return classes


def _simple(feature: Feature) -> Iterator[Geometry]:
    if feature.geometry:
        yield from feature.geometry.simple()


def _write(
    path: Path,
    records: list[tuple[list[Any], Geometry]],
    columns: _Columns,
    shape_class: str,
    *,
    append: bool,
) -> None:
    data, masks = columns.arrays([values for values, _shape in records])
    shapes = np.empty(len(records), dtype=object)
    shapes[:] = [to_wkb(shape) for _values, shape in records]
    options = {} if append else {"DBF_DATE_LAST_UPDATE": "2000-01-01"}
    raw.write(
        path,
        shapes,
        data,
        columns.fields,
        field_mask=masks,
        geometry_type=_LAYER_TYPES[shape_class],
        driver="ESRI Shapefile",
        crs="EPSG:4326",
        encoding="UTF-8",
        append=append,
        layer_options=options,
    )
