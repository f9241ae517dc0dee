"""Pinning: the public copies of a snapshot's files, named by content, and their renditions."""

import hashlib
import io
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from cms.publication.models import PinnedFile
from cms.publication.pictures import placeholder_of
from cms.snapshot.fields import content_type_of
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
    if described["contentType"] == "application/pdf" and pinned.page_count is None:
        pinned.page_count = page_count(content)
        pinned.save(update_fields=["page_count"])
    is_image = described["width"] and described["contentType"] in _RASTER_TYPES
    if is_image and not pinned.renditions.exists():
        _pin_renditions(pinned, content)
    return pinned


def _pin_renditions(original: PinnedFile, content: bytes) -> None:
    """WebP and JPEG copies at each width up to the original's own, never larger."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(content))).convert("RGB")
    original.placeholder = placeholder_of(image)
    original.save(update_fields=["placeholder"])
    widths = {min(width, image.width) for width in RENDITION_WIDTHS}
    stem = PurePosixPath(original.filename).stem
    # Pillow works outside Python's lock: half a second for a large image becomes a quarter.
    with ThreadPoolExecutor(max_workers=2) as pool:
        copies = pool.map(partial(_scaled, image), sorted(widths, reverse=True))
        for width, height, contents in copies:
            for (suffix, content_type), content_of_copy in contents:
                rendition = _store(
                    content_of_copy,
                    filename=f"{stem}-{width}.{suffix}",
                    content_type=content_type,
                    width=width,
                    height=height,
                )
                rendition.sources.add(original)


def _scaled(image: Image.Image, width: int) -> tuple[int, int, list[tuple[tuple, bytes]]]:
    """Width, height and the encoded copy in each format. Touches neither database nor storage."""
    height = max(1, round(image.height * width / image.width))
    scaled = image.resize((width, height), Image.Resampling.LANCZOS)
    contents = []
    for pillow_format, named in RENDITION_FORMATS.items():
        buffer = io.BytesIO()
        scaled.save(buffer, pillow_format, quality=RENDITION_QUALITY)
        contents.append((named, buffer.getvalue()))
    return width, height, contents


def _store(content: bytes, **columns: object) -> PinnedFile:
    sha256 = hashlib.sha256(content).hexdigest()
    pinned, _created = PinnedFile.objects.get_or_create(
        sha256=sha256, defaults={**columns, "size": len(content)}
    )
    if pinned.width is None and columns["width"]:  # first attached as a document, now an image
        PinnedFile.objects.filter(pk=pinned.pk).update(
            width=columns["width"], height=columns["height"]
        )
    _put(pinned.storage_name, ContentFile(content), len(content))
    return pinned


def _put(name: str, content: File, size: int) -> None:
    """Stores a file under the name of its content; one that was cut off is stored again.

    The process may have been killed while it wrote the same file before.
    """
    storage = PinnedFile.storage()
    if storage.exists(name) and storage.size(name) != size:
        storage.delete(name)
    if not storage.exists(name):
        storage.save(name, content)


def pin_made_file(content: io.BufferedReader, filename: str, source: PinnedFile) -> PinnedFile:
    """Puts a file that was made from a pinned one into public storage; returns its row.

    It is public where a publication names its source. Done twice, it changes nothing.
    """
    sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    size = content.seek(0, io.SEEK_END)
    content.seek(0)
    _put(PinnedFile(sha256=sha256).storage_name, File(content), size)
    pinned, _created = PinnedFile.objects.get_or_create(
        sha256=sha256,
        defaults={"filename": filename, "content_type": content_type_of(filename), "size": size},
    )
    pinned.sources.add(source)
    return pinned


def page_count(content: bytes) -> int | None:
    """The number of pages of a PDF; None where it cannot be told, as of an encrypted one."""
    # It warns of every flaw of a file, on the log that operators read.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return len(PdfReader(io.BytesIO(content)).pages)
    except (PyPdfError, ArithmeticError, AttributeError, LookupError, OSError, RecursionError):
        return None
    except (TypeError, ValueError):  # what a broken file makes of the reader
        return None


def picture_size(stream: IO[bytes]) -> tuple[int, int]:
    """Width and height in pixels as they are stored, before any rotation that EXIF asks for."""
    with Image.open(stream) as image:
        return image.size
