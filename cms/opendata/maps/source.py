"""An uploaded map: columns, and features in WGS 84, read in batches."""

import datetime
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import nanoarrow
import numpy as np
import pyproj

from cms.opendata.maps.gdal import pyogrio, raw
from cms.opendata.maps.geometry import Geometry, each_array, read_wkb, with_arrays, wound
from cms.opendata.maps.unpacking import MapFile, map_files
from cms.opendata.problems import Refused
from cms.opendata.tables.cells import clean_row, column_names

_BATCH = 2_000
_DECIMALS = 7  # about one centimetre: RFC 7946, section 11.2
_WORLD = np.array([180.0, 90.0]) + 1e-6
_LAYER = "layer"
# What LIBKML makes of how a place is to be drawn, not of what is known of it.
_KML_STYLE = {"altitudeMode", "tessellate", "extrude", "visibility", "drawOrder", "icon", "snippet"}
_TYPES = {
    "OFTInteger": "integer",
    "OFTInteger64": "integer64",
    "OFTReal": "number",
    "OFTDate": "date",
}


@dataclass(frozen=True)
class Column:
    """A column of the map's table; type: integer, integer64, number, date or text."""

    name: str
    type: str


@dataclass(slots=True)
class Feature:
    """One place: a value (or None) for each column, and its shape."""

    values: list[Any]
    geometry: Geometry | None


@dataclass(frozen=True)
class _Layer:
    file: MapFile
    name: str
    fields: list[str]
    types: list[str]
    crs: str | None


class MapSource:
    """All layers of one upload as one table of features."""

    def __init__(self, path: Path, filename: str, folder: Path) -> None:
        """Unpacks into `folder`. Raises `Refused` for what is no map."""
        self.name = Path(filename).stem
        files = map_files(path, filename, folder)
        self._layers = [layer for file in files for layer in _layers(file)]
        if not self._layers:
            raise Refused("no_features")
        self.columns = self._columns()

    def _columns(self) -> list[Column]:
        """Every column of every layer; of two types for one name, text."""
        types: dict[str, str] = {_LAYER: "text"} if len(self._layers) > 1 else {}
        for layer in self._layers:
            for field, type_ in zip(layer.fields, layer.types, strict=True):
                types[field] = type_ if types.get(field, type_) == type_ else "text"
        self._places = {field: i for i, field in enumerate(types)}
        names = column_names(clean_row(list(types)))
        return [Column(name, type_) for name, type_ in zip(names, types.values(), strict=True)]

    def batches(self, most: int | None = None) -> Iterator[list[Feature]]:
        """Features in the order of the file; of each layer only the first batches if need be."""
        for layer in self._layers:
            yield from islice(self._layer_batches(layer), most)

    def _layer_batches(self, layer: _Layer) -> Iterator[list[Feature]]:
        transform = _transformer(layer.crs)
        for rows in _rows(layer):
            features = [self._feature(layer, row) for row in rows]
            shapes = [feature for feature in features if feature.geometry]
            moved = _in_wgs84([feature.geometry for feature in shapes], transform, layer.crs)
            for feature, geometry in zip(shapes, moved, strict=True):
                feature.geometry = geometry
            yield features

    def _feature(self, layer: _Layer, row: dict[str, Any]) -> Feature:
        values: list[Any] = [None] * len(self.columns)
        if len(self._layers) > 1:
            values[self._places[_LAYER]] = layer.name
        for field in layer.fields:
            place = self._places[field]
            value = _plain(row[field])
            is_text = self.columns[place].type == "text" and value is not None
            values[place] = str(value) if is_text else value
        wkb = row.get("wkb")
        return Feature(values, read_wkb(wkb) if wkb else None)


def _layers(file: MapFile) -> Iterator[_Layer]:
    try:
        names = [name for name, geometry_type in pyogrio.list_layers(file.path) if geometry_type]
        for name in names:
            info = pyogrio.read_info(file.path, layer=name, encoding=file.encoding)
            if info["driver"] != file.driver:
                raise Refused("broken", found=file.driver)
            kept = [
                (field, _TYPES.get(type_, "text"))
                for field, type_ in zip(info["fields"], info["ogr_types"], strict=True)
                if type_ != "OFTBinary" and not (file.driver == "LIBKML" and field in _KML_STYLE)
            ]
            fields, types = [field for field, _type in kept], [type_ for _field, type_ in kept]
            shown = file.name if file.driver == "ESRI Shapefile" else name
            yield _Layer(file, shown, fields, types, info["crs"])
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise Refused("broken", found=file.driver) from error


def _rows(layer: _Layer) -> Iterator[list[dict[str, Any]]]:
    """Records as GDAL streams them, in Arrow batches; the shape under the key `wkb`."""
    is_shapefile = layer.file.driver == "ESRI Shapefile"
    try:
        with raw.open_arrow(
            layer.file.path,
            layer=None if is_shapefile else layer.name,
            encoding=layer.file.encoding,
            columns=layer.fields,
            batch_size=_BATCH,
        ) as (_meta, stream):
            shape = _meta["geometry_name"] or "wkb_geometry"
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # nanoarrow knows no "geoarrow.wkb": bytes
                for batch in nanoarrow.ArrayStream(stream):
                    rows = batch.to_pylist()
                    for row in rows:
                        row["wkb"] = row.pop(shape, None)
                    yield rows
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        pyogrio.errors.FeatureError,
        UnicodeDecodeError,
    ) as error:
        raise Refused("broken", found=layer.file.driver) from error


def _transformer(crs: str | None) -> pyproj.Transformer | None:
    """None where the coordinates are WGS 84 already, or said to be nothing."""
    if crs is None:
        return None
    try:
        source = pyproj.CRS(crs)
        if source.equals(pyproj.CRS("EPSG:4326"), ignore_axis_order=True):
            return None
        return pyproj.Transformer.from_crs(source, "EPSG:4326", always_xy=True)
    except pyproj.exceptions.ProjError as error:
        raise Refused("no_coordinate_system") from error


def _in_wgs84(
    geometries: list[Any], transform: pyproj.Transformer | None, crs: str | None
) -> list[Geometry]:
    """All shapes of a batch, moved by one call."""
    if not geometries:
        return []
    arrays = [array for geometry in geometries for array in each_array(geometry)]
    together = np.concatenate(arrays)
    if transform:
        together = np.column_stack(transform.transform(together[:, 0], together[:, 1]))
    if not (np.abs(together) <= _WORLD).all():  # also where a coordinate is not finite
        raise Refused("outside_the_world" if crs else "no_coordinate_system")
    together = np.round(together, _DECIMALS)
    ends = np.cumsum([len(array) for array in arrays])[:-1]
    pieces = iter(np.split(together, ends))
    return [wound(with_arrays(geometry, pieces)) for geometry in geometries]


def _plain(value: Any) -> Any:
    """Numbers, text or None; dates in ISO 8601."""
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    if isinstance(value, str):
        return clean_row([value])[0] or None
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    return value
