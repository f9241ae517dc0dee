"""GraphQL types of images and documents, served from pinned files."""

from typing import Any, NamedTuple

import graphene

from cms.publication.models import Publication
from content_api.reader import PublicFile, reader_of


class ImageValue(NamedTuple):
    """An image in a snapshot: its data, its alternative text, and the publication it is in."""

    data: dict[str, Any]
    alt: str
    publication: Publication

    @property
    def original(self) -> PublicFile | None:
        """The file that was signed for."""
        return reader_of(self.publication).file(self.data["file"])

    @property
    def renditions(self) -> list[PublicFile]:
        """Its scaled copies, narrow first."""
        return reader_of(self.publication).renditions(self.data["file"])


class ImageFormat(graphene.Enum):
    """A file format that every image is offered in."""

    WEBP = "image/webp"
    JPEG = "image/jpeg"


class FocalPoint(graphene.ObjectType):
    """The part of an image that cropping must keep, in pixels of the original."""

    left = graphene.Int(required=True)
    top = graphene.Int(required=True)
    right = graphene.Int(required=True)
    bottom = graphene.Int(required=True)


class ImageSource(graphene.ObjectType):
    """One file of an image."""

    url = graphene.String(required=True, description="Relative to the origin of this API.")
    width = graphene.Int(required=True)
    height = graphene.Int(required=True)
    content_type = graphene.String(required=True)

    @staticmethod
    def resolve_url(file: PublicFile, info: Any) -> str:
        """The address of the pinned file."""
        return file.path


class Image(graphene.ObjectType):
    """An image in several widths and formats."""

    alt = graphene.String(required=True, description="Read in its place; empty: it decorates.")
    credit = graphene.String(required=True)
    width = graphene.Int(description="Of the original, in pixels.")
    height = graphene.Int(description="Of the original, in pixels.")
    focal_point = graphene.Field(FocalPoint)
    url = graphene.String(required=True, description="A JPEG for clients without srcset.")
    srcset = graphene.String(
        required=True,
        format=graphene.Argument(ImageFormat, required=True, default_value="image/webp"),
        description="The widths of one format, for the attribute of this name.",
    )
    sources = graphene.List(graphene.NonNull(ImageSource), required=True)

    @staticmethod
    def resolve_credit(image: ImageValue, info: Any) -> str:
        """Who made it."""
        return image.data["credit"]

    @staticmethod
    def resolve_width(image: ImageValue, info: Any) -> int | None:
        """Of the original."""
        return image.original.width if image.original else None

    @staticmethod
    def resolve_height(image: ImageValue, info: Any) -> int | None:
        """Of the original."""
        return image.original.height if image.original else None

    @staticmethod
    def resolve_focal_point(image: ImageValue, info: Any) -> FocalPoint | None:
        """Where an editor marked one."""
        box = image.data["focalPoint"]
        return FocalPoint(*box) if box else None

    @staticmethod
    def resolve_url(image: ImageValue, info: Any) -> str:
        """The JPEG nearest to 800 pixels; for drafts the original."""
        jpegs = [file for file in image.renditions if file.content_type == "image/jpeg"]
        best = min(jpegs, key=lambda file: abs((file.width or 0) - 800), default=image.original)
        return best.path if best else ""

    @staticmethod
    def resolve_srcset(image: ImageValue, info: Any, format: str) -> str:
        """`"/files/… 400w, /files/… 800w"`."""
        wanted = getattr(format, "value", format)
        files = [file for file in image.renditions if file.content_type == wanted]
        return ", ".join(f"{file.path} {file.width}w" for file in files)

    @staticmethod
    def resolve_sources(image: ImageValue, info: Any) -> list[PublicFile]:
        """Every rendition."""
        return image.renditions


class FileValue(NamedTuple):
    """A document in a snapshot, and the publication it is in."""

    data: dict[str, Any]
    publication: Publication

    @property
    def file(self) -> PublicFile | None:
        """The pinned file."""
        return reader_of(self.publication).file(self.data["file"])


class File(graphene.ObjectType):
    """A document to download."""

    title = graphene.String(required=True)
    url = graphene.String(required=True, description="Relative to the origin of this API.")
    filename = graphene.String(required=True)
    content_type = graphene.String(required=True)
    size = graphene.Int(required=True, description="In bytes.")
    sha256 = graphene.String(required=True, description="Of the bytes, hexadecimal.")

    @staticmethod
    def resolve_title(value: FileValue, info: Any) -> str:
        """As the office named it."""
        return value.data["title"]

    @staticmethod
    def resolve_url(value: FileValue, info: Any) -> str:
        """The address of the pinned file."""
        return value.file.path if value.file else ""

    @staticmethod
    def resolve_filename(value: FileValue, info: Any) -> str:
        """The name to save it under."""
        return value.publication.data["files"][value.data["file"]]["filename"]

    @staticmethod
    def resolve_content_type(value: FileValue, info: Any) -> str:
        """Its media type."""
        return value.publication.data["files"][value.data["file"]]["contentType"]

    @staticmethod
    def resolve_size(value: FileValue, info: Any) -> int:
        """In bytes."""
        return value.publication.data["files"][value.data["file"]]["size"]

    @staticmethod
    def resolve_sha256(value: FileValue, info: Any) -> str:
        """What was signed for."""
        return value.data["file"]
