"""Points, lines and areas: read from well-known binary, written as it, as GeoJSON or as KML."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cms.opendata.problems import Refused

Coordinates = NDArray[np.float64]  # one row for each position: longitude or x, latitude or y
_KINDS = {
    1: "Point",
    2: "LineString",
    3: "Polygon",
    4: "MultiPoint",
    5: "MultiLineString",
    6: "MultiPolygon",
    7: "GeometryCollection",
}
_CODES = {kind: code for code, kind in _KINDS.items()}
# By the thousands of the code: heights, measures, both (ISO 13249-3).
_DIMENSIONS = {0: 2, 1: 3, 2: 3, 3: 4}
_SINGLE = {"MultiPoint": "Point", "MultiLineString": "LineString", "MultiPolygon": "Polygon"}


@dataclass(slots=True)
class Geometry:
    """One shape. `parts`: coordinates, or lists of what the kind consists of.

    A point or line is an array, a polygon a list of rings, a multi-geometry a list of those, a
    collection a list of `Geometry`.
    """

    kind: str
    parts: Any

    def simple(self) -> Iterator["Geometry"]:
        """The shape itself, or those that a collection consists of."""
        if self.kind != "GeometryCollection":
            yield self
            return
        for member in self.parts:
            yield from member.simple()


def read_wkb(data: bytes) -> Geometry | None:
    """A shape from well-known binary, without heights and measures; None for an empty one.

    Raises `Refused` for curves and surfaces.
    """
    geometry, _end = _read(data, 0)
    arrays = list(each_array(geometry))
    if not sum(map(len, arrays)) or np.isnan(arrays[0]).any():
        return None
    return geometry


def _read(data: bytes, start: int) -> tuple[Geometry, int]:
    order = "<" if data[start] else ">"
    (code,) = struct.unpack_from(f"{order}I", data, start + 1)
    start += 5
    code, dimensions = code % 1000, _DIMENSIONS.get(code // 1000, 0)
    if code not in _KINDS or not dimensions:
        raise Refused("geometry")
    kind = _KINDS[code]
    layout = (order, dimensions)
    if kind == "Point":
        array, start = _array(data, start, layout, 1)
        return Geometry(kind, array), start
    (count,) = struct.unpack_from(f"{order}I", data, start)
    start += 4
    if kind == "LineString":
        array, start = _array(data, start, layout, count)
        return Geometry(kind, array), start
    parts: list[Any] = []
    for _part in range(count):
        if kind == "Polygon":
            (length,) = struct.unpack_from(f"{order}I", data, start)
            ring, start = _array(data, start + 4, layout, length)
            parts.append(ring)
        else:
            member, start = _read(data, start)
            parts.append(member if kind == "GeometryCollection" else member.parts)
    return Geometry(kind, parts), start


def _array(data: bytes, start: int, layout: tuple[str, int], count: int) -> tuple[Coordinates, int]:
    order, dimensions = layout
    array = np.frombuffer(data, f"{order}f8", count * dimensions, start)
    flat = array.reshape(-1, dimensions)[:, :2].astype(np.float64, copy=False)
    return flat, start + count * dimensions * 8


def each_array(geometry: Geometry) -> Iterator[Coordinates]:
    """Every array of coordinates, in the order in which `with_arrays` takes them back."""
    yield from _arrays(geometry.parts)


def _arrays(parts: Any) -> Iterator[Coordinates]:
    if isinstance(parts, np.ndarray):
        yield parts
    elif isinstance(parts, Geometry):
        yield from _arrays(parts.parts)
    else:
        for part in parts:
            yield from _arrays(part)


def with_arrays(geometry: Geometry, arrays: Iterator[Coordinates]) -> Geometry:
    """The same shape with other coordinates."""
    return Geometry(geometry.kind, _replaced(geometry.parts, arrays))


def _replaced(parts: Any, arrays: Iterator[Coordinates]) -> Any:
    if isinstance(parts, np.ndarray):
        return next(arrays)
    if isinstance(parts, Geometry):
        return with_arrays(parts, arrays)
    return [_replaced(part, arrays) for part in parts]


def wound(geometry: Geometry) -> Geometry:
    """With closed rings: outer ones counterclockwise, holes clockwise (RFC 7946, 3.1.6)."""
    if geometry.kind == "Polygon":
        return Geometry(geometry.kind, _wound_rings(geometry.parts))
    if geometry.kind == "MultiPolygon":
        return Geometry(geometry.kind, [_wound_rings(rings) for rings in geometry.parts])
    if geometry.kind == "GeometryCollection":
        return Geometry(geometry.kind, [wound(member) for member in geometry.parts])
    return geometry


def _wound_rings(rings: list[Coordinates]) -> list[Coordinates]:
    turned = []
    for number, ring in enumerate(rings):
        if len(ring) and not np.array_equal(ring[0], ring[-1]):
            ring = np.vstack([ring, ring[:1]])
        x, y = ring[:, 0], ring[:, 1]
        counterclockwise = np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]) > 0
        turned.append(ring if counterclockwise == (number == 0) else ring[::-1])
    return turned


def to_wkb(geometry: Geometry) -> bytes:
    """Well-known binary, little-endian."""
    head = struct.pack("<BI", 1, _CODES[geometry.kind])
    parts = geometry.parts
    if geometry.kind == "Point":
        return head + np.ascontiguousarray(parts).tobytes()
    count = struct.pack("<I", len(parts))
    if geometry.kind == "LineString":
        return head + count + np.ascontiguousarray(parts).tobytes()
    if geometry.kind == "Polygon":
        rings = (
            struct.pack("<I", len(ring)) + np.ascontiguousarray(ring).tobytes() for ring in parts
        )
        return head + count + b"".join(rings)
    if geometry.kind == "GeometryCollection":
        return head + count + b"".join(to_wkb(member) for member in parts)
    single = _SINGLE[geometry.kind]
    return head + count + b"".join(to_wkb(Geometry(single, part)) for part in parts)


def to_geojson(geometry: Geometry) -> dict[str, Any]:
    """The `geometry` member of a GeoJSON feature."""
    if geometry.kind == "GeometryCollection":
        members = [to_geojson(member) for member in geometry.parts]
        return {"type": geometry.kind, "geometries": members}
    positions = _nested(geometry.parts, lambda array: array.tolist())
    if geometry.kind == "Point":
        positions = positions[0]
    elif geometry.kind == "MultiPoint":
        positions = [position for (position,) in positions]
    return {"type": geometry.kind, "coordinates": positions}


def _nested(parts: Any, of_array: Callable[[Coordinates], Any]) -> Any:
    if isinstance(parts, np.ndarray):
        return of_array(parts)
    return [_nested(part, of_array) for part in parts]


def to_kml(geometry: Geometry) -> str:
    """The geometry element of a KML placemark (OGC 12-007r2)."""
    parts = geometry.parts
    if geometry.kind == "GeometryCollection":
        return f"<MultiGeometry>{''.join(map(to_kml, parts))}</MultiGeometry>"
    if geometry.kind in _SINGLE:
        single = _SINGLE[geometry.kind]
        members = "".join(to_kml(Geometry(single, part)) for part in parts)
        return f"<MultiGeometry>{members}</MultiGeometry>"
    if geometry.kind == "Polygon":
        outer, *holes = (f"<LinearRing>{_kml_positions(ring)}</LinearRing>" for ring in parts)
        inner = "".join(f"<innerBoundaryIs>{hole}</innerBoundaryIs>" for hole in holes)
        return f"<Polygon><outerBoundaryIs>{outer}</outerBoundaryIs>{inner}</Polygon>"
    return f"<{geometry.kind}>{_kml_positions(parts)}</{geometry.kind}>"


def _kml_positions(array: Coordinates) -> str:
    positions = " ".join(f"{x},{y}" for x, y in array.tolist())
    return f"<coordinates>{positions}</coordinates>"
