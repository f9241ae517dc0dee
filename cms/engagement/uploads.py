"""What citizens may upload: kinds told by content, sizes limited, images made anew."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

from cms.thai.filenames import valid_filename

MAX_FILE = 10 * 1024 * 1024  # bytes
MAX_FILES = 5  # in one field
MAX_TOTAL = 40 * 1024 * 1024  # bytes, of all files of one form
MAX_PIXELS = 60_000_000
MAX_SIDE = 4096  # pixels, of a stored image
_NAME_LENGTH = 120  # characters
_IMAGE_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
_OFFICE_PARTS = {
    "word/document.xml": (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xl/workbook.xml": (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
_OPEN_TYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
register_heif_opener()  # what telephones take pictures in


@dataclass(frozen=True)
class Upload:
    """A file that passed every check: what will be stored, under which name it will be shown."""

    filename: str
    content_type: str
    content: bytes


def check_upload(file: UploadedFile) -> Upload:
    """What may be stored of an uploaded file; its kind is told by its bytes, not by its name.

    Images are drawn anew: nothing that hides in one survives, nor the place where it was taken.
    Raises `ValidationError` with a message that names the file and says what to do.
    """
    name = valid_filename(PurePosixPath(str(file.name).replace("\\", "/")).name)
    if (file.size or 0) > MAX_FILE:
        raise ValidationError(
            _("%(name)s is larger than %(limit)d MB. Send a smaller file."),
            params={"name": name, "limit": MAX_FILE // 1024 // 1024},
        )
    file.seek(0)
    content = file.read()
    if not content:
        raise ValidationError(_("%(name)s is empty."), params={"name": name})
    for read in (_as_pdf, _as_office_file, _as_image):
        if found := read(content):
            suffix, content_type, kept = found
            stem = PurePosixPath(name).stem[:_NAME_LENGTH] or "file"
            return Upload(f"{stem}.{suffix}", content_type, kept)
    raise ValidationError(
        _(
            "%(name)s is not a file that the office can take. Send a picture (JPEG, PNG, WebP), "
            "a PDF, or a document (DOCX, XLSX, ODT, ODS) without macros."
        ),
        params={"name": name},
    )


_Found = tuple[str, str, bytes] | None


def _as_pdf(content: bytes) -> _Found:
    return ("pdf", "application/pdf", content) if content.startswith(b"%PDF-") else None


def _as_office_file(content: bytes) -> _Found:
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        # Only the list of names and one short member are read: nothing is unpacked.
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if any("vbaproject" in name.lower() or "basic/" in name.lower() for name in names):
                return None
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                media_type = archive.read("mimetype")
                if suffix := _OPEN_TYPES.get(media_type):
                    return suffix, media_type.decode(), content
            for part, (suffix, content_type) in _OFFICE_PARTS.items():
                if part in names and "[Content_Types].xml" in names:
                    return suffix, content_type, content
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        pass  # damaged or encrypted: not one of ours
    return None


def _as_image(content: bytes) -> _Found:
    try:
        with Image.open(io.BytesIO(content), formats=_IMAGE_FORMATS) as image:
            # The size stands in the header: a bomb is refused before it is unpacked.
            if image.width * image.height > MAX_PIXELS:
                raise ValidationError(_("The picture has too many pixels. Send a smaller one."))
            kept = _IMAGE_WRITERS.get(image.format or "", ("jpg", "JPEG"))
            image.draft("RGB", (MAX_SIDE, MAX_SIDE))  # JPEG alone: decodes at a smaller scale
            return _redrawn(image, *kept)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


_IMAGE_WRITERS = {"PNG": ("png", "PNG"), "WEBP": ("webp", "WEBP")}


def _redrawn(image: Image.Image, suffix: str, pillow_format: str) -> _Found:
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    mode = "RGBA" if pillow_format != "JPEG" and upright.has_transparency_data else "RGB"
    plain = Image.new(mode, upright.size)
    plain.paste(upright.convert(mode))
    buffer = io.BytesIO()
    plain.save(buffer, pillow_format, quality=88)
    return suffix, f"image/{pillow_format.lower()}", buffer.getvalue()
