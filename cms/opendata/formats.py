"""The kinds of resources, and the formats that each is published in (announcement 1.2 (2))."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """One format of a download: its key in the database and the API, file suffix and name."""

    key: str
    suffix: str
    name: str


TABLE, MAP = "table", "map"
# Not a download: columns and first rows, or a drawing, for the page of the dataset.
PREVIEW = "preview"

FORMATS: dict[str, tuple[Format, ...]] = {
    TABLE: (
        Format("csv", ".csv", "CSV"),
        Format("json", ".json", "JSON"),
        Format("xml", ".xml", "XML"),
        Format("ods", ".ods", "ODS"),
    ),
    MAP: (
        Format("geojson", ".geojson", "GeoJSON"),
        Format("kml", ".kml", "KML"),
        Format("kmz", ".kmz", "KMZ"),
        Format("shp", ".shp.zip", "SHP"),
    ),
}
BY_KEY = {one.key: one for formats in FORMATS.values() for one in formats}


def suffix_of(target: str) -> str:
    """The end of the file name of what is made; the preview of a map is a drawing."""
    return BY_KEY[target].suffix if target in BY_KEY else ".svg"


def targets(kind: str) -> list[str]:
    """What is made of an uploaded file of `kind`: the preview first, then every format."""
    return [PREVIEW, *(one.key for one in FORMATS[kind])]
