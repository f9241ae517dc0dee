"""The prints of the office as independent programs read them, and items to print."""

import io
from typing import Any

import pypdf
import zxingcpp

from cms.evidence.form_pdf import form_pdf
from cms.evidence.request_form import form_of_draft, form_of_publication
from cms.publication.models import Publication
from tests.office import Office
from tests.publication.withdrawing import latest
from tests.thai.pdf_reading import pictures, with_pypdf


def form_of(item: Any, language: str = "th") -> bytes:
    """The request form of an item as it is public."""
    return form_pdf(form_of_publication(latest(item)), language)


def draft_form_of(office: Office, item: Any, language: str = "th") -> bytes:
    """The request form of an item as it is being written or signed."""
    return form_pdf(form_of_draft(office.fresh(item)), language)


def text_of(content: bytes) -> str:
    """The text of a PDF on one line, each gap one space."""
    return " ".join(with_pypdf(content).split())


def codes_in(content: bytes) -> list[str]:
    """What the QR codes of a PDF say."""
    pages = pictures(content, dpi=150)
    return [code.text for page in pages for code in zxingcpp.read_barcodes(page)]


def is_tagged(content: bytes) -> bool:
    """Whether a PDF says what its parts are."""
    root: Any = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    return bool(root["/MarkInfo"]["/Marked"]) and "/StructTreeRoot" in root


def publication_of(item: Any) -> Publication:
    """The newest record of an item."""
    return latest(item)
