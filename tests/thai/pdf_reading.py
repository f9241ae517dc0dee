"""What independent programs read in a PDF of ours."""

import io
import shutil
import subprocess
from collections.abc import Callable

import pypdf
import pypdfium2
import pytest
from PIL import Image

from cms.thai.pdf import PdfDocument

A4 = (595.28, 841.89)  # points
MARGINS = {"left": 71, "right": 57, "top": 62, "bottom": 62}  # points


def document(language: str = "th", **options) -> PdfDocument:
    """An empty document."""
    return PdfDocument("เอกสารทดสอบ", language, **options)


def with_pypdf(content: bytes) -> str:
    """The text of all pages by pypdf."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def with_pdfium(content: bytes) -> str:
    """The text of all pages by PDFium, which Chrome reads with."""
    file = pypdfium2.PdfDocument(content)
    texts = []
    for page in file:
        text_page = page.get_textpage()
        texts.append(text_page.get_text_range())
        text_page.close()
        page.close()
    file.close()
    return "\n".join(texts).replace("\r\n", "\n")


def with_poppler(content: bytes) -> str:
    """The text of all pages by pdftotext."""
    if not shutil.which("pdftotext"):
        pytest.skip("needs poppler-utils")
    command = ["pdftotext", "-layout", "-enc", "UTF-8", "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


READERS: list[Callable[[bytes], str]] = [with_pypdf, with_pdfium, with_poppler]


def pictures(content: bytes, dpi: int = 100) -> list[Image.Image]:
    """Each page as it looks."""
    file = pypdfium2.PdfDocument(content)
    images = []
    for page in file:
        bitmap = page.render(scale=dpi / 72)
        images.append(bitmap.to_pil().convert("L"))
        bitmap.close()
        page.close()
    file.close()
    return images


def page_texts(content: bytes) -> list[str]:
    """The text of each page by pypdf."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def opened(content: bytes) -> pypdf.PdfReader:
    """The file opened by pypdf."""
    return pypdf.PdfReader(io.BytesIO(content))


def picture(size: tuple[int, int], kind: str = "PNG", mode: str = "RGB", **options) -> bytes:
    """A dark picture file."""
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, kind, **options)
    return buffer.getvalue()
