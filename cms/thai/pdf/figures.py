"""Pictures and QR codes, each with its description and caption."""

from collections.abc import Sequence
from io import BytesIO

import segno
from PIL import Image, ImageOps

from cms.thai.pdf.canvas import BODY, SMALL, Box, Canvas
from cms.thai.pdf.flow import GAP, flow
from cms.thai.pdf.structure import Element

_POINTS_PER_PIXEL = 0.5  # 144 dots an inch, or smaller where the page demands it
_LARGEST_SHARE = 0.6  # of the height of a page
_QR_SIZE = 92.0
_QR_QUIET_ZONE = 4  # modules (ISO/IEC 18004)


def draw_image(canvas: Canvas, content: bytes, caption: str, alt: str) -> None:
    """A JPEG or PNG picture with its caption below."""
    opened = Image.open(BytesIO(content))
    upright = ImageOps.exif_transpose(opened)
    width, height = (side * _POINTS_PER_PIXEL for side in upright.size)
    scale = min(1, canvas.width / width, canvas.page_height * _LARGEST_SHARE / height)
    lines = canvas.lines(caption, canvas.width, SMALL) if caption else []
    canvas.ensure(height * scale + GAP + len(lines) * SMALL.leading)
    box = Box(canvas.left, canvas.y, width * scale, height * scale)
    figure = _figure(canvas, alt or caption, box)
    with canvas.tagged(figure):
        # Bytes are embedded as they are, an opened picture is compressed again.
        canvas.picture(upright if _is_turned(opened) else content, box)
    canvas.y = box.bottom + GAP
    if caption:
        flow(canvas, caption, SMALL, canvas.tree.add("Caption", figure))
    canvas.y += GAP


def draw_qr(canvas: Canvas, text: str, caption: str) -> None:
    """A QR code (error correction M) with its caption beside it."""
    code = segno.make(text, error="m", micro=False)
    matrix = [list(row) for row in code.matrix_iter(border=_QR_QUIET_ZONE)]
    lines = canvas.lines(caption, canvas.width - _QR_SIZE - GAP)
    canvas.ensure(max(_QR_SIZE, len(lines) * BODY.leading))
    box = Box(canvas.left, canvas.y, _QR_SIZE, _QR_SIZE)
    figure = _figure(canvas, text, box)
    with canvas.tagged(figure):
        canvas.fill(_dark_boxes(matrix, box))
    x = canvas.left + _QR_SIZE + GAP
    y = box.y + max((_QR_SIZE - len(lines) * BODY.leading) / 2, 0)
    element = canvas.tree.add("Caption", figure)
    for line in lines:
        canvas.write(line, x, y, BODY, element)
        y += BODY.leading
    canvas.y = max(box.bottom, y) + GAP


def _figure(canvas: Canvas, alt: str, box: Box) -> Element:
    return canvas.tree.add("Figure", None, alt, canvas.bounding_box(box))


def _is_turned(picture: Image.Image) -> bool:
    orientation = 0x0112  # EXIF: how the camera was held
    return picture.getexif().get(orientation, 1) != 1


def _dark_boxes(matrix: Sequence[Sequence[int]], whole: Box) -> list[Box]:
    """The dark modules of a QR code, neighbours in a row as one box."""
    module = whole.width / len(matrix)
    boxes = []
    for row, modules in enumerate(matrix):
        start = 0
        for column, dark in enumerate([*modules, 0]):
            if dark:
                continue
            if column > start:
                x, y = whole.x + start * module, whole.y + row * module
                boxes.append(Box(x, y, (column - start) * module, module))
            start = column + 1
    return boxes
