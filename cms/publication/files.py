"""Pinning: the public copies of a snapshot's files, named by content, and their renditions."""

import hashlib
import io
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from cms.publication.models import PinnedFile
from cms.snapshot.snapshot import Snapshot

RENDITION_WIDTHS = (400, 800, 1200, 1600)
RENDITION_FORMATS = {"WEBP": ("webp", "image/webp"), "JPEG": ("jpg", "image/jpeg")}
RENDITION_QUALITY = 82
_RASTER_TYPES = {"image/avif", "image/jpeg", "image/png", "image/webp", "image/gif", "image/tiff"}


def pin_files(snapshot: Snapshot) -> list[PinnedFile]:
    """Copies every file that a snapshot names into public storage and returns their rows.

    Raises `PermissionDenied` where a file is no longer the one that was signed for.
    """
    return [_pin(sha256, snapshot) for sha256 in sorted(snapshot.data["files"])]


def _pin(sha256: str, snapshot: Snapshot) -> PinnedFile:
    described = snapshot.data["files"][sha256]
    file = snapshot.sources[sha256]
    with file.storage.open(str(file.name)) as stream:
        content = stream.read()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise PermissionDenied(_("The file %(name)s was replaced.") % {"name": file.name})
    pinned = _store(
        content,
        filename=described["filename"],
        content_type=described["contentType"],
        width=described["width"],
        height=described["height"],
    )
    is_image = described["width"] and described["contentType"] in _RASTER_TYPES
    if is_image and not pinned.renditions.exists():
        _pin_renditions(pinned, content)
    return pinned


def _pin_renditions(original: PinnedFile, content: bytes) -> None:
    """WebP and JPEG copies at each width up to the original's own, never larger."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(content))).convert("RGB")
    widths = {min(width, image.width) for width in RENDITION_WIDTHS}
    stem = PurePosixPath(original.filename).stem
    for width in sorted(widths):
        height = max(1, round(image.height * width / image.width))
        scaled = image.resize((width, height), Image.Resampling.LANCZOS)
        for pillow_format, (suffix, content_type) in RENDITION_FORMATS.items():
            buffer = io.BytesIO()
            scaled.save(buffer, pillow_format, quality=RENDITION_QUALITY)
            rendition = _store(
                buffer.getvalue(),
                filename=f"{stem}-{width}.{suffix}",
                content_type=content_type,
                width=width,
                height=height,
            )
            rendition.sources.add(original)


def _store(content: bytes, **columns: object) -> PinnedFile:
    sha256 = hashlib.sha256(content).hexdigest()
    pinned, _created = PinnedFile.objects.get_or_create(
        sha256=sha256, defaults={**columns, "size": len(content)}
    )
    if pinned.width is None and columns["width"]:  # first attached as a document, now an image
        PinnedFile.objects.filter(pk=pinned.pk).update(
            width=columns["width"], height=columns["height"]
        )
    storage = PinnedFile.storage()
    if not storage.exists(pinned.storage_name):
        storage.save(pinned.storage_name, ContentFile(content))
    return pinned


def picture_size(stream: IO[bytes]) -> tuple[int, int]:
    """Width and height in pixels as they are stored, before any rotation that EXIF asks for."""
    with Image.open(stream) as image:
        return image.size
