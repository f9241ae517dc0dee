"""Pages that look scanned, as offices still publish them: TIFF and JPEG with Thai text."""

import io
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from cms.thai.pdf.lines import break_opportunities

_FONTS = Path(__file__).resolve().parent.parent / "thai" / "fonts"
_SIZE = (1240, 1754)  # A4 at 150 dots an inch
_DPI = (150, 150)
_MARGIN = 150
_LINE_HEIGHT = 1.75  # of the font size: room for marks above and below


def tiff(entry: dict[str, Any]) -> bytes:
    """A page in black and white, as a scanner of the office makes it."""
    return _saved(_page(entry).convert("1"), "TIFF", compression="group4")


def jpeg(entry: dict[str, Any]) -> bytes:
    """A page in shades of grey."""
    return _saved(_page(entry), "JPEG", quality=60, optimize=True)


def _saved(image: Image.Image, image_format: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, image_format, dpi=_DPI, **options)
    return buffer.getvalue()


def _page(entry: dict[str, Any]) -> Image.Image:
    """The title, then the paragraphs, from the top."""
    image = Image.new("L", _SIZE, 255)
    draw, top = ImageDraw.Draw(image), float(_MARGIN)
    parts = [(entry["title"]["th"], "Bold", 40)]
    parts += [(text, "Regular", 32) for text in entry["paragraphs_th"]]
    for text, weight, size in parts:
        font = ImageFont.truetype(str(_FONTS / f"Sarabun-{weight}.ttf"), size)
        for line in _lines(text, font):
            draw.text((_MARGIN, top), line, font=font, fill=0)
            top += size * _LINE_HEIGHT
        top += size * 0.5
    return image


def _lines(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """A paragraph in lines that fit between the margins, broken between words."""
    width, lines, begins, fits = _SIZE[0] - 2 * _MARGIN, [], 0, 0
    for place in [*sorted(break_opportunities(text)), len(text)]:
        if font.getlength(text[begins:place]) > width and fits > begins:
            lines.append(text[begins:fits].strip())
            begins = fits
        fits = place
    return [*lines, text[begins:].strip()]
