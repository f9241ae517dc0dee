"""How wide the columns of a table are, how large its text is, and which columns hold numbers."""

import re
from collections.abc import Sequence

from cms.thai.pdf.canvas import Canvas, Style

PADDING = 5.0  # points, left and right of a cell's text
TEXT_SIZE = 10.0

_SMALLEST_TEXT = 7.0
_NUMBER = re.compile(r"[-+−]?[\d,]+(\.\d+)?\s?%?|[-–]")

Texts = Sequence[str]


def numeric_columns(rows: Sequence[Texts]) -> set[int]:
    """The columns in which every filled cell is a number, in Arabic or Thai digits."""
    columns = range(len(rows[0])) if rows else range(0)
    return {column for column in columns if _all_numbers([row[column] for row in rows])}


def column_widths(
    canvas: Canvas, header: Texts, rows: Sequence[Texts]
) -> tuple[float, list[float]]:
    """The size of the text and, in points, widths of columns that fill the page.

    Columns are as wide as they need, or shrunk where all need more than there is. Before one gets
    narrower than its longest word, the text gets smaller; only then are words cut.
    """
    columns = list(zip(header, *rows, strict=True))
    size = TEXT_SIZE
    while sum(least := _least(canvas, columns, size)) > canvas.width and size > _SMALLEST_TEXT:
        size -= 1
    wanted = _wanted(canvas, columns, size)
    wanted = [max(pair) for pair in zip(least, wanted, strict=True)]
    if sum(wanted) <= canvas.width:
        return size, [width * canvas.width / sum(wanted) for width in wanted]
    if sum(least) >= canvas.width:
        return size, [width * canvas.width / sum(least) for width in least]
    share = (canvas.width - sum(least)) / (sum(wanted) - sum(least))
    return size, [low + (high - low) * share for low, high in zip(least, wanted, strict=True)]


def _all_numbers(texts: Texts) -> bool:
    filled = [text.strip() for text in texts if text.strip()]
    return bool(filled) and all(_NUMBER.fullmatch(text) for text in filled)


def _wanted(canvas: Canvas, columns: Sequence[Texts], size: float) -> list[float]:
    """The longest cells on one line; what is longer than half a page claims no more room."""
    widths = []
    for head, *cells in columns:
        lengths = [canvas.measure(text, Style(size)) for text in cells]
        longest = max([canvas.measure(head, Style(size, bold=True)), *lengths])
        widths.append(min(longest, canvas.width / 2) + 2 * PADDING)
    return widths


def _least(canvas: Canvas, columns: Sequence[Texts], size: float) -> list[float]:
    """The longest words."""
    widths = []
    for head, *cells in columns:
        words = [canvas.longest_word(text, Style(size)) for text in cells]
        longest = max([canvas.longest_word(head, Style(size, bold=True)), *words])
        widths.append(longest + 2 * PADDING)
    return widths
