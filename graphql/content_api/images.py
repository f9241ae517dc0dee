"""GraphQL types of images: any allowed width, format and proportion of a pinned file."""

from typing import Any, NamedTuple

import graphene
from django.utils.translation import gettext_lazy as _

from cms.publication.models import Publication
from cms.publication.pictures import FORMATS, PROPORTIONS, WIDTHS, Copy
from content_api.errors import Refused
from content_api.immutable import immutable
from content_api.public_files import PublicFile
from content_api.reader import reader_of
from content_api.scalars import plain

_SUFFIXES = {media_type: suffix for suffix, (_name, media_type, _options) in FORMATS.items()}
_WIDTHS = ", ".join(map(str, WIDTHS))


class ImageFormat(graphene.Enum):
    """A file format in which every image is offered."""

    WEBP = "image/webp"
    JPEG = "image/jpeg"
    AVIF = "image/avif"
    PNG = "image/png"

    @property
    def description(self) -> str:
        """Its media type."""
        return f"{self.value}."


AspectRatio = graphene.Enum(
    "AspectRatio",
    [(f"RATIO_{name}".upper().replace("-", "_"), name) for name in PROPORTIONS],
    description=lambda ratio: (
        "{} to {}, width to height.".format(*PROPORTIONS[ratio.value])
        if ratio
        else "A proportion to which an image can be cropped, around its point of focus."
    ),
)


class ImageValue(NamedTuple):
    """An image in a snapshot: its data, its alternative text, and the publication it is in."""

    data: dict[str, Any]
    alt: str
    publication: Publication

    @property
    def original(self) -> PublicFile | None:
        """The file that was signed for."""
        return reader_of(self.publication).file(self.data["file"], self.publication)

    @property
    def renditions(self) -> list[PublicFile]:
        """Its scaled copies, narrow first."""
        return reader_of(self.publication).renditions(self.data["file"])

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height as it is shown: a camera may have stored it on its side."""
        original = self.original
        if original is None or not original.width or not original.height:
            return None
        width, height = original.width, original.height
        shown = self.renditions[-1] if self.renditions else original
        is_turned = (shown.width or 0) > (shown.height or 0) and width < height
        is_turned |= (shown.width or 0) < (shown.height or 0) and width > height
        return (height, width) if is_turned else (width, height)

    def source(self, width: int, media_type: str, proportion: str = "") -> "Source":
        """The copy of an allowed width; the original where it cannot be scaled (SVG, drafts)."""
        original, size = self.original, self.size
        if original is None or size is None or not self.renditions:
            path = original.path if original else ""
            wide, high = size or (width, width)
            return Source(path, wide, high, original.content_type if original else media_type)
        box = self.data["focalPoint"]
        focus = tuple(box) if box and proportion else None
        copy = Copy(width, _SUFFIXES[media_type], proportion, focus)
        own = copy.size(*size)
        for file in self.renditions:  # made at the publication already
            if not proportion and (file.width, file.content_type) == (own[0], media_type):
                return Source(file.path, own[0], file.height or own[1], media_type)
        path = reader_of(self.publication).file_path(copy.path(self.data["file"]))
        return Source(path, *own, media_type)


class Source(NamedTuple):
    """One file of an image."""

    path: str
    width: int
    height: int
    content_type: str


class FocalPoint(graphene.ObjectType):
    """The part of an image that cropping must keep, in pixels of the original."""

    left = graphene.Int(required=True, description="From the left edge.")
    top = graphene.Int(required=True, description="From the upper edge.")
    right = graphene.Int(required=True, description="From the left edge.")
    bottom = graphene.Int(required=True, description="From the upper edge.")


class ImageSource(graphene.ObjectType):
    """One file of an image."""

    url = graphene.String(required=True, description="Relative to the origin of this API.")
    width = graphene.Int(required=True, description="In pixels.")
    height = graphene.Int(required=True, description="In pixels.")
    content_type = graphene.String(required=True, description="Its media type.")

    @staticmethod
    @immutable
    def resolve_url(file: PublicFile | Source, info: Any) -> str:
        """The address of the pinned file, or of the copy that is made of it."""
        return file.path


def _copy_arguments(default: str) -> dict[str, Any]:
    return {
        "format": graphene.Argument(
            ImageFormat, required=True, default_value=default, description="The file format."
        ),
        "aspect_ratio": AspectRatio(
            description="Crops to this proportion, around the point of focus; default: as it is."
        ),
    }


class Image(graphene.ObjectType):
    """An image in several widths and formats."""

    alt = graphene.String(required=True, description="Read in its place; empty: it decorates.")
    credit = graphene.String(required=True, description="Who made it.")
    width = graphene.Int(description="Of the original, in pixels.")
    height = graphene.Int(description="Of the original, in pixels.")
    focal_point = graphene.Field(FocalPoint, description="Where an editor marked one.")
    placeholder = graphene.String(
        description="A blurred picture of a few pixels as a data URI, to show meanwhile."
    )
    url = graphene.String(required=True, description="A JPEG for clients without srcset.")
    rendition = graphene.Field(
        ImageSource,
        required=True,
        width=graphene.Int(required=True, description=f"One of {_WIDTHS}."),
        description="A copy, never wider than the original: made at the first request.",
        **_copy_arguments("image/webp"),
    )
    srcset = graphene.String(
        required=True,
        widths=graphene.List(
            graphene.NonNull(graphene.Int),
            description=f"Of {_WIDTHS}; default: those that were made at the publication.",
        ),
        description="Several widths of one format, for the attribute of this name.",
        **_copy_arguments("image/webp"),
    )
    sources = graphene.List(
        graphene.NonNull(ImageSource),
        required=True,
        description="Every copy that was made at the publication.",
    )

    @staticmethod
    @immutable
    def resolve_credit(image: ImageValue, info: Any) -> str:
        """As the image says."""
        return image.data["credit"]

    @staticmethod
    @immutable
    def resolve_width(image: ImageValue, info: Any) -> int | None:
        """As it is stored."""
        return image.original.width if image.original else None

    @staticmethod
    @immutable
    def resolve_height(image: ImageValue, info: Any) -> int | None:
        """As it is stored."""
        return image.original.height if image.original else None

    @staticmethod
    @immutable
    def resolve_focal_point(image: ImageValue, info: Any) -> FocalPoint | None:
        """Null for the whole."""
        box = image.data["focalPoint"]
        return FocalPoint(*map(round, box)) if box else None

    @staticmethod
    def resolve_placeholder(image: ImageValue, info: Any) -> str | None:
        """Made at the publication."""
        return (image.original and image.original.placeholder) or None

    @staticmethod
    @immutable
    def resolve_url(image: ImageValue, info: Any) -> str:
        """The JPEG nearest to 800 pixels; for drafts the original."""
        jpegs = [file for file in image.renditions if file.content_type == "image/jpeg"]
        best = min(jpegs, key=lambda file: abs((file.width or 0) - 800), default=image.original)
        return best.path if best else ""

    @staticmethod
    @immutable
    def resolve_rendition(
        image: ImageValue, info: Any, width: int, format: Any, aspect_ratio: Any = None
    ) -> Source:
        """Of an allowed width."""
        _check([width])
        return image.source(width, plain(format), plain(aspect_ratio) or "")

    @staticmethod
    @immutable
    def resolve_srcset(
        image: ImageValue,
        info: Any,
        format: Any,
        widths: list[int] | None = None,
        aspect_ratio: Any = None,
    ) -> str:
        """`"/files/… 400w, /files/… 800w"`."""
        media_type, proportion = plain(format), plain(aspect_ratio) or ""
        made = [file for file in image.renditions if file.content_type == media_type]
        if widths is None and made and not proportion:
            return ", ".join(f"{file.path} {file.width}w" for file in made)
        if not image.renditions:
            return ""
        _check(widths or [])
        wanted = sorted(widths if widths is not None else WIDTHS)
        sources = [image.source(width, media_type, proportion) for width in wanted]
        by_width = {source.width: source for source in sources}  # the original ends the list
        return ", ".join(f"{source.path} {source.width}w" for source in by_width.values())

    @staticmethod
    @immutable
    def resolve_sources(image: ImageValue, info: Any) -> list[PublicFile]:
        """Every rendition."""
        return image.renditions


def _check(widths: list[int]) -> None:
    if len(widths) > len(WIDTHS) or any(width not in WIDTHS for width in widths):
        raise Refused(_("The widths of an image are %(widths)s."), widths=_WIDTHS)
