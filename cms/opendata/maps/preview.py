"""A small picture of a map: simplified GeoJSON of at most 200 kB, and a drawing without tiles."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from cms.opendata import limits
from cms.opendata.maps.drawing import draw
from cms.opendata.maps.geometry import (
    Coordinates,
    Geometry,
    each_array,
    to_geojson,
    with_arrays,
)
from cms.opendata.maps.source import Feature, MapSource
from cms.opendata.maps.writers import name_column
from cms.opendata.problems import Refused

Progress = Callable[[int], None]
_GRID = 1_000  # steps along the longer side: about one for each pixel of a large drawing
_SMALLEST_STEP = 1e-6  # degrees
_NAME_CHARACTERS = 80


def preview_of(source: MapSource, drawing: Path, progress: Progress) -> dict[str, Any]:
    """Bounds, count, columns and simplified GeoJSON with names; draws them as SVG to a file.

    Reads the map twice, or three times where only every n-th place fits into the preview. Raises
    `Refused` where there is no place.
    """
    count, bounds = _extent(source, progress)
    step = max((bounds[2:] - bounds[:2]).max() / _GRID, _SMALLEST_STEP)
    naming = name_column(source.columns)
    features, size = _simplified(source, step, naming, every=1)
    if size > limits.PREVIEW_MAP_BYTES:
        every = int(np.ceil(size / limits.PREVIEW_MAP_BYTES * 1.1))
        features, _size = _simplified(source, step, naming, every)
    drawing.write_text(draw(features, bounds.tolist()), encoding="utf-8")
    return {
        "count": count,
        "columns": [
            {"name": column.name, "type": column.type.removesuffix("64")}
            for column in source.columns
        ],
        "bounds": [round(float(edge), 7) for edge in bounds],
        "shown": len(features),
        "geojson": {"type": "FeatureCollection", "features": features},
    }


def _extent(source: MapSource, progress: Progress) -> tuple[int, Coordinates]:
    """How many features there are, and west, south, east, north of them all."""
    count = 0
    low, high = np.array([np.inf, np.inf]), np.array([-np.inf, -np.inf])
    for batch in source.batches():
        for array in _arrays(batch):
            low, high = np.minimum(low, array.min(axis=0)), np.maximum(high, array.max(axis=0))
        count += len(batch)
        progress(count)
    if not np.isfinite(low).all():
        raise Refused("no_features")
    return count, np.concatenate([low, high])


def _arrays(batch: list[Feature]) -> Iterator[Coordinates]:
    for feature in batch:
        if feature.geometry:
            yield from (array for array in each_array(feature.geometry) if len(array))


def _simplified(
    source: MapSource, step: float, naming: int | None, every: int
) -> tuple[list[dict[str, Any]], int]:
    """Every n-th feature on a grid, and the size of all of them; only what fits is kept."""
    kept: list[dict[str, Any]] = []
    size = number = 0
    for batch in source.batches():
        for feature in batch:
            geometry = feature.geometry
            if geometry is None:
                continue
            number += 1
            if number % every:
                continue
            name = feature.values[naming] if naming is not None else None
            data = _on_grid(geometry, name, step)
            size += len(orjson.dumps(data)) + 1
            if size <= limits.PREVIEW_MAP_BYTES:
                kept.append(data)
    return kept, size


def _on_grid(geometry: Geometry, name: Any, step: float) -> dict[str, Any]:
    arrays = (_snapped(array, step) for array in each_array(geometry))
    return {
        "type": "Feature",
        "properties": {"name": None if name is None else str(name)[:_NAME_CHARACTERS]},
        "geometry": to_geojson(_without_specks(with_arrays(geometry, arrays))),
    }


def _snapped(array: Coordinates, step: float) -> Coordinates:
    """Positions on the grid without repetitions; a line and a ring keep their ends."""
    snapped = np.round(np.round(array / step) * step, 6)
    if len(snapped) < 2:
        return snapped
    moved = np.any(snapped[1:] != snapped[:-1], axis=1)
    moved[-1] = True  # the end, which closes a ring
    return snapped[np.concatenate([[True], moved])]


def _without_specks(geometry: Geometry) -> Geometry:
    """Without rings that shrank to fewer than four positions, but never without any."""
    if geometry.kind == "Polygon":
        return Geometry(geometry.kind, _rings(geometry.parts))
    if geometry.kind == "MultiPolygon":
        polygons = [_rings(rings) for rings in geometry.parts]
        large = [rings for rings in polygons if len(rings[0]) >= 4]
        return Geometry(geometry.kind, large or polygons[:1])
    return geometry


def _rings(rings: list[Coordinates]) -> list[Coordinates]:
    outer, *holes = rings
    while len(outer) < 4:
        outer = np.vstack([outer, outer[:1]])
    return [outer, *(hole for hole in holes if len(hole) >= 4)]
