"""What is made of a dataset's tables and maps: files in every format, previews, drawings."""

from typing import Any

import graphene
import orjson

from cms.opendata.downloads import PREPARING, Download, ResourceDownloads
from cms.publication.models import PinnedFile
from content_api.reader import reader_of


class ResourceState(graphene.Enum):
    """How far the conversion of an uploaded file is."""

    READY = "ready"
    PREPARING = "preparing"
    INCOMPLETE = "incomplete"


class ConvertedFile(graphene.ObjectType):
    """A file that was made from an uploaded one, after that was signed for."""

    format = graphene.String(required=True, description="CSV, JSON, XML, ODS, KML, SHP ...")
    url = graphene.String(required=True, description="Relative to the origin of this API.")
    filename = graphene.String(required=True)
    content_type = graphene.String(required=True)
    size = graphene.Float(required=True, description="In bytes: may be more than an Int holds.")
    sha256 = graphene.String(required=True, description="Of the bytes, hexadecimal.")


class ResourceColumn(graphene.ObjectType):
    """A column of a table, or of what a map tells of each place."""

    name = graphene.String(required=True)
    type = graphene.String(required=True, description="text, number, integer, integer64 or date.")


class TablePreview(graphene.ObjectType):
    """The columns and the first rows of a table."""

    columns = graphene.List(graphene.NonNull(ResourceColumn), required=True)
    rows = graphene.List(
        graphene.NonNull(graphene.List(graphene.NonNull(graphene.String))), required=True
    )


class MapPreview(graphene.ObjectType):
    """A map in little."""

    columns = graphene.List(graphene.NonNull(ResourceColumn), required=True)
    bounds = graphene.List(
        graphene.NonNull(graphene.Float),
        required=True,
        description="West, south, east and north in degrees (WGS 84).",
    )
    geo_json = graphene.String(
        required=True, description="Simplified shapes with names: a feature collection, 200 kB."
    )
    drawing = graphene.Field(ConvertedFile, description="An SVG of the shapes, without tiles.")


def table_fields() -> dict[str, Any]:
    """What a table has besides what its editor wrote."""

    def resolve_preview(block: Any, info: Any) -> TablePreview | None:
        preview = _made(block).preview
        if not preview:
            return None
        return TablePreview(columns=_columns(preview), rows=preview["rows"])

    preview = graphene.Field(TablePreview, description="Null while it is being prepared.")
    return {
        **_shared_fields(),
        "preview": preview,
        "resolve_preview": staticmethod(resolve_preview),
    }


def map_fields() -> dict[str, Any]:
    """What a map has besides what its editor wrote."""

    def resolve_map_preview(block: Any, info: Any) -> MapPreview | None:
        made = _made(block)
        if made.preview is None:
            return None
        return MapPreview(
            columns=_columns(made.preview),
            bounds=made.preview["bounds"],
            geo_json=orjson.dumps(made.preview["geojson"]).decode(),
            drawing=made.drawing and _converted(block, "SVG", made.drawing),
        )

    return {
        **_shared_fields(),
        # Not "preview": one query asks tables and maps, and one name means one type.
        "map_preview": graphene.Field(MapPreview, description="Null while it is being prepared."),
        "resolve_map_preview": staticmethod(resolve_map_preview),
    }


def _shared_fields() -> dict[str, Any]:
    def resolve_state(block: Any, info: Any) -> str:
        return _made(block).state

    def resolve_count(block: Any, info: Any) -> int | None:
        return _made(block).count

    def resolve_converted_files(block: Any, info: Any) -> list[ConvertedFile]:
        return [_download(block, one) for one in _made(block).files]

    return {
        "state": ResourceState(required=True),
        "resolve_state": staticmethod(resolve_state),
        "count": graphene.Int(description="Rows or places; null while it is being prepared."),
        "resolve_count": staticmethod(resolve_count),
        "converted_files": graphene.List(graphene.NonNull(ConvertedFile), required=True),
        "resolve_converted_files": staticmethod(resolve_converted_files),
    }


def _made(block: Any) -> ResourceDownloads:
    found = reader_of(block.publication).resource(block.publication, block.id)
    return found or ResourceDownloads(kind="", state=PREPARING)


def _columns(preview: dict[str, Any]) -> list[ResourceColumn]:
    return [ResourceColumn(name=one["name"], type=one["type"]) for one in preview["columns"]]


def _download(block: Any, one: Download) -> ConvertedFile:
    return _converted(block, one.format.name, one.file)


def _converted(block: Any, format_name: str, file: PinnedFile) -> ConvertedFile:
    return ConvertedFile(
        format=format_name,
        url=reader_of(block.publication).file_path(file.path),
        filename=file.filename,
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
    )
