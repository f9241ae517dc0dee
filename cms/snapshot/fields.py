"""Model fields and StreamField blocks to plain JSON values."""

import datetime
import hashlib
import mimetypes
import unicodedata
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from django.db.models import ForeignKey
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import TranslatableMixin
from wagtail.rich_text import RichText

from cms.snapshot.rich_text import normalised_html
from cms.thai.filenames import valid_filename
from pages.models import OfficeDocument

# Python's own list lacks these, and a machine's list may have others.
_OFFICE_OPEN = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".docx": f"{_OFFICE_OPEN}.wordprocessingml.document",
    ".geojson": "application/geo+json",
    ".gpkg": "application/geopackage+sqlite3",
    ".kml": "application/vnd.google-earth.kml+xml",
    ".kmz": "application/vnd.google-earth.kmz",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pptx": f"{_OFFICE_OPEN}.presentationml.presentation",
    ".xlsx": f"{_OFFICE_OPEN}.spreadsheetml.sheet",
    ".xml": "application/xml",
}


class MissingFile(Exception):
    """A file that a draft names is not in storage."""


class References:
    """Collects what one snapshot, in one `language`, names: files, and records by subject id.

    `described`: SHA-256 to `{contentType, filename, size, width, height}`, which enters the
    snapshot, as do the `subjects`; `sources`: SHA-256 to the private file.
    """

    def __init__(self, language: str = "th") -> None:
        self.language = language
        self.subjects: set[str] = set()
        self.described: dict[str, dict[str, Any]] = {}
        self.sources: dict[str, FieldFile] = {}

    def add_subject(self, record: TranslatableMixin) -> str:
        """Notes a record and returns its subject id."""
        subject = str(record.translation_key)
        self.subjects.add(subject)
        return subject

    def add(self, file: FieldFile, width: int | None = None, height: int | None = None) -> str:
        """Notes a file and returns the SHA-256 of its bytes as they are now.

        The bytes are read each time: a hash kept in a column would not see a file that was
        replaced under the same name.
        """
        digest, size, name = hashlib.sha256(), 0, str(file.name)
        try:
            with file.storage.open(name) as stream:
                for chunk in iter(lambda: stream.read(1 << 20), b""):
                    digest.update(chunk)
                    size += len(chunk)
        except FileNotFoundError as error:
            raise MissingFile(_("The file %(name)s is missing.") % {"name": name}) from error
        key = digest.hexdigest()
        filename = valid_filename(PurePosixPath(name).name)
        described = {
            "contentType": content_type_of(filename),
            "filename": filename,
            "size": size,
            "width": width,
            "height": height,
        }
        # The same bytes may be named twice, as an image and as a document, say: the smaller name
        # and the known size, always, so that the order of naming does not matter.
        known = self.described.get(key, described)
        name = described["filename"] = min(filename, str(known["filename"]))
        described["width"] = width or known["width"]
        described["height"] = height or known["height"]
        described["contentType"] = content_type_of(name)
        self.described[key] = described
        self.sources[key] = file
        return key


def content_type_of(filename: str) -> str:
    """The media type that a file name claims: the same on every machine, as it is signed."""
    suffix = PurePosixPath(filename).suffix.lower()
    known = _MEDIA_TYPES.get(suffix) or mimetypes.guess_type(filename)[0]
    return known or "application/octet-stream"


def field_value(instance: Any, name: str, references: References) -> Any:
    """The public value of one model field."""
    model_field = instance._meta.get_field(name)
    value = getattr(instance, name)
    if isinstance(model_field, StreamField):
        return block_value(model_field.stream_block, value, references)
    if isinstance(model_field, RichTextField):
        return normalised_html(value, references)
    if isinstance(model_field, ForeignKey):
        return related_value(value, references)
    return plain(value)


def related_value(value: Any, references: References) -> Any:
    """A file as its hash and what is shown of it; a record as its subject id only."""
    if value is None:
        return None
    if isinstance(value, AbstractImage):
        focal_point = value.get_focal_point()
        return {
            "file": references.add(value.file, value.width, value.height),
            "credit": plain(value.credit),
            "focalPoint": list(focal_point) if focal_point else None,
        }
    if isinstance(value, OfficeDocument):
        title = value.title_in(references.language)
        return {"file": references.add(value.file), "title": plain(title)}
    if isinstance(value, TranslatableMixin):
        return references.add_subject(value)
    raise TypeError(f"No public form for {type(value).__name__}")


def block_value(block: blocks.Block, value: Any, references: References) -> Any:
    """The public value of one StreamField block, recursively."""
    if isinstance(value, blocks.StreamValue):
        return [
            {
                "type": child.block_type,
                "id": child.id,
                "value": block_value(child.block, child.value, references),
            }
            for child in value
        ]
    if isinstance(value, blocks.list_block.ListValue):
        return [block_value(value.list_block.child_block, item, references) for item in value]
    if isinstance(value, AbstractImage) and isinstance(block, blocks.StructBlock):
        # Wagtail's ImageBlock: an image that carries its own alternative text.
        decorative = bool(getattr(value, "decorative", False))
        alt = "" if decorative else plain(getattr(value, "contextual_alt_text", "") or "")
        return {**related_value(value, references), "alt": alt}
    if isinstance(block, blocks.StructBlock):
        return {
            name: block_value(child, value.get(name), references)
            for name, child in block.child_blocks.items()
        }
    if isinstance(value, TypedTable):
        return {
            "columns": [plain(column["heading"] or "") for column in value.columns],
            "rows": [[plain(cell or "") for cell in row["values"]] for row in value.row_data],
        }
    if isinstance(value, RichText):
        return normalised_html(value.source, references)
    if isinstance(block, blocks.ChooserBlock):
        return related_value(value, references)
    return plain(value)


def plain(value: Any) -> Any:
    """Text in NFC (never NFKC, which splits ำ), dates in ISO 8601 with times in UTC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, Decimal):
        return str(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, list):
        return [plain(item) for item in value]
    raise TypeError(f"No public form for {type(value).__name__}")
