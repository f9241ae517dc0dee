"""Running text: lines below each other, over as many pages as they need."""

from typing import Literal

from cms.thai.pdf.canvas import Canvas, Style
from cms.thai.pdf.structure import Element

Align = Literal["left", "center", "right"]

GAP = 5.0  # points, the measure of the white between things


def flow(
    canvas: Canvas,
    text: str,
    style: Style,
    element: Element | None,
    *,
    indent: float = 0.0,
    align: Align = "left",
) -> None:
    """Write `text` from the canvas' position down; `indent` is in points."""
    width = canvas.width - indent
    for line in canvas.lines(text, width, style):
        canvas.ensure(style.leading)
        free = width - canvas.length(line, style)
        shift = {"left": 0.0, "center": free / 2, "right": free}[align]
        canvas.write(line, canvas.left + indent + shift, canvas.y, style, element)
        canvas.y += style.leading
