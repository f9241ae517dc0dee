"""The demonstration's images and documents: from the content folder, or made on the spot."""

import csv
import io
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile

from cms.demonstration import scans
from cms.demonstration.content import FILES_FOLDER
from cms.thai.pdf import PdfDocument
from pages.models import OfficeDocument, OfficeImage


def create_file(entry: dict[str, Any], user: Any) -> OfficeImage | OfficeDocument:
    """Stores one file of the list `files/*.toml`.

    `kind` is "image" or "document" for a file that lies in the folder; otherwise how it is made:
    "pdf", "csv", "txt", or "tiff" and "jpeg" as if scanned, from `paragraphs_th` and the table
    `columns_th`, `rows_th`.
    """
    name, kind = entry["name"], entry["kind"]
    content = MAKERS[kind](entry) if kind in MAKERS else (FILES_FOLDER / name).read_bytes()
    fields = {"title": entry["title"]["th"], "uploaded_by_user": user}
    fields["file"] = ContentFile(content, name=name)
    if kind == "image":
        return OfficeImage.objects.create(**fields)
    return OfficeDocument.objects.create(title_en=entry["title"].get("en", ""), **fields)


def _pdf(entry: dict[str, Any]) -> bytes:
    document = PdfDocument(entry["title"]["th"], "th")
    document.heading(entry["title"]["th"])
    for paragraph in entry.get("paragraphs_th", []):
        document.paragraph(paragraph)
    if "columns_th" in entry:
        document.table(entry["columns_th"], entry["rows_th"])
    return document.bytes()


def _csv(entry: dict[str, Any]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(entry["columns_th"])
    writer.writerows(entry["rows_th"])
    return stream.getvalue().encode("utf-8-sig")


def _txt(entry: dict[str, Any]) -> bytes:
    return "\n\n".join([entry["title"]["th"], *entry["paragraphs_th"], ""]).encode()


MAKERS: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "pdf": _pdf,
    "csv": _csv,
    "txt": _txt,
    "tiff": scans.tiff,
    "jpeg": scans.jpeg,
}
