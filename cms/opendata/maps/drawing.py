"""A map drawn as SVG from its own shapes alone: no tiles, no address, no style sheet."""

import math
from collections.abc import Iterator
from typing import Any

_WIDTH = 800
_MOST_HEIGHT, _LEAST_HEIGHT = 800, 240
_MARGIN = 32
_SMALLEST_SPAN = 0.002  # degrees, some 200 m: a single place is not magnified for ever
_LEAST_SIDE = 0.3  # of the longer one
_LINES_ACROSS = 4
# Presentation attributes, which a strict Content-Security-Policy allows where styles are not.
_AREA = 'fill="#1f6f5c" fill-opacity="0.18" stroke="#14503f" stroke-width="1.5"'
_LINE = 'fill="none" stroke="#14503f" stroke-width="2"'
_POINT = 'fill="#b3261e" stroke="#ffffff" stroke-width="1.5"'
_GRID = 'stroke="#d5dcda" stroke-width="1"'
_LABEL = 'fill="#4a5553" font-size="13" font-family="sans-serif"'


class _Paper:
    """Where a position in degrees stands on the drawing."""

    def __init__(self, bounds: list[float]) -> None:
        west, south, east, north = _widened(bounds)
        # Degrees of longitude are shorter than those of latitude, the more so far from the equator.
        self._narrowing = max(math.cos(math.radians((south + north) / 2)), 0.01)
        width, height = (east - west) * self._narrowing, north - south
        room = _WIDTH - 2 * _MARGIN
        self._scale = min(room / width, (_MOST_HEIGHT - 2 * _MARGIN) / height)
        self.height = max(round(height * self._scale) + 2 * _MARGIN, _LEAST_HEIGHT)
        self._left = (_WIDTH - width * self._scale) / 2
        self._top = (self.height - height * self._scale) / 2
        self.bounds = west, south, east, north

    def x(self, longitude: float) -> float:
        """Pixels from the left."""
        return round(self._left + (longitude - self.bounds[0]) * self._narrowing * self._scale, 1)

    def y(self, latitude: float) -> float:
        """Pixels from the top."""
        return round(self._top + (self.bounds[3] - latitude) * self._scale, 1)

    def path(self, positions: list[list[float]]) -> str:
        """A line through positions, as path data."""
        return "M" + "L".join(f"{self.x(x)} {self.y(y)}" for x, y in positions)


def _widened(bounds: list[float]) -> tuple[float, float, float, float]:
    """So that a single place, or places in one row, lie in some surroundings."""
    west, south, east, north = bounds
    least = max(_SMALLEST_SPAN, max(east - west, north - south) * _LEAST_SIDE)
    across, up = (max(least - side, 0) / 2 for side in (east - west, north - south))
    return west - across, south - up, east + across, north + up


def draw(features: list[dict[str, Any]], bounds: list[float]) -> str:
    """The drawing: areas below, lines, points on top; graticule and degrees at the edges.

    It holds numbers only, no word of the upload. The page around it gives it its name.
    """
    paper = _Paper(bounds)
    layers: dict[str, list[str]] = {"areas": [], "lines": [], "points": []}
    for feature in features:
        for layer, element in _shapes(feature["geometry"], paper):
            layers[layer].append(element)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {paper.height}" '
        f'width="{_WIDTH}" height="{paper.height}" role="img">'
        f'<rect width="{_WIDTH}" height="{paper.height}" fill="#f6f8f7"/>'
        f"{''.join(_graticule(paper))}"
        f'<g {_AREA} fill-rule="evenodd">{"".join(layers["areas"])}</g>'
        f"<g {_LINE}>{''.join(layers['lines'])}</g>"
        f"<g {_POINT}>{''.join(layers['points'])}</g></svg>"
    )


def _shapes(geometry: dict[str, Any], paper: _Paper) -> Iterator[tuple[str, str]]:
    kind, positions = geometry["type"], geometry.get("coordinates", [])
    if kind == "GeometryCollection":
        for member in geometry["geometries"]:
            yield from _shapes(member, paper)
    elif kind.startswith("Multi"):
        for part in positions:
            yield from _shapes({"type": kind.removeprefix("Multi"), "coordinates": part}, paper)
    elif kind == "Polygon":
        rings = "".join(f"{paper.path(ring)}Z" for ring in positions)
        yield "areas", f'<path d="{rings}"/>'
    elif kind == "LineString":
        yield "lines", f'<path d="{paper.path(positions)}"/>'
    else:
        x, y = positions
        yield "points", f'<circle cx="{paper.x(x)}" cy="{paper.y(y)}" r="5"/>'


def _graticule(paper: _Paper) -> Iterator[str]:
    west, south, east, north = paper.bounds
    for degree, digits in _round_degrees(west, east):
        x = paper.x(degree)
        yield f'<line x1="{x}" y1="0" x2="{x}" y2="{paper.height}" {_GRID}/>'
        text = _degrees(degree, digits, "E", "W")
        yield f'<text x="{x + 4}" y="{paper.height - 8}" {_LABEL}>{text}</text>'
    for degree, digits in _round_degrees(south, north):
        y = paper.y(degree)
        yield f'<line x1="0" y1="{y}" x2="{_WIDTH}" y2="{y}" {_GRID}/>'
        text = _degrees(degree, digits, "N", "S")
        yield f'<text x="6" y="{round(y - 4, 1)}" {_LABEL}>{text}</text>'


def _round_degrees(low: float, high: float) -> Iterator[tuple[float, int]]:
    """Some round degrees between two, with the decimals that tell them apart."""
    rough = (high - low) / _LINES_ACROSS or _SMALLEST_SPAN
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(size * magnitude for size in (1, 2, 5, 10) if size * magnitude >= rough)
    digits = max(-math.floor(math.log10(step) + 1e-9), 0)
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        yield number * step, digits


def _degrees(value: float, digits: int, positive: str, negative: str) -> str:
    return f"{abs(value):.{digits}f}°{negative if value < 0 else positive}"
