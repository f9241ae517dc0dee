"""Areas of an alert as CAP 1.2 writes them: WGS 84, latitude before longitude."""

import math
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_FEWEST_POINTS = 4  # a triangle, and its first point again


def clean_polygon(text: str) -> str:
    """A polygon as CAP 1.2 (3.2.4) asks: "lat,lon lat,lon ...", the last point as the first.

    Closes the line where the last point is missing. Raises `ValidationError`.
    """
    points = text.split()
    if not points:
        return ""
    for point in points:
        _latitude_longitude(point, _polygon_error())
    if points[0] != points[-1]:
        points.append(points[0])
    if len(points) < _FEWEST_POINTS:
        raise _polygon_error()
    return " ".join(points)


def clean_circle(text: str) -> str:
    """A circle as CAP 1.2 (3.2.4) asks: "lat,lon radius", the radius in kilometres.

    Raises `ValidationError`.
    """
    parts = text.split()
    if not parts:
        return ""
    error = ValidationError(
        _("Write the middle and the radius in kilometres, for example: 13.7563,100.5018 2")
    )
    if len(parts) != 2:
        raise error
    _latitude_longitude(parts[0], error)
    if _number(parts[1], error) <= 0:
        raise error
    return " ".join(parts)


def _polygon_error() -> ValidationError:
    return ValidationError(
        _(
            "Write at least three points as latitude,longitude with a space between them, for"
            " example: 13.75,100.50 13.76,100.50 13.76,100.51"
        )
    )


def _latitude_longitude(point: str, error: ValidationError) -> None:
    parts = point.split(",")
    if len(parts) != 2:
        raise error
    latitude, longitude = (_number(part, error) for part in parts)
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise error


def _number(text: str, error: ValidationError) -> float:
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,8})?", text) or not math.isfinite(float(text)):
        raise error
    return float(text)
