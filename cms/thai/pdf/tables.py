"""Rows of cells that break over pages, with the header on each."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from cms.thai.pdf.canvas import Box, Canvas, Line, Style
from cms.thai.pdf.columns import PADDING, TEXT_SIZE, Texts
from cms.thai.pdf.structure import Element

_PADDING_Y = 2.5
_HEADER_GREY = 0.92
# A header that fills more of a page than this is not repeated: rows need room, too.
_LARGEST_REPEATED_HEADER = 1 / 3
# A row that no page can hold begins on this one if there are so many points left.
_WORTH_BEGINNING = 60.0

_COLUMN_HEAD = "<</O /Table /Scope /Column>>"
_ROW_HEAD = "<</O /Table /Scope /Row>>"


@dataclass(frozen=True, slots=True)
class _Cell:
    lines: list[Line]
    element: Element | None
    style: Style
    to_right: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    cells: list[_Cell] = field(default_factory=list)
    is_header: bool = False

    @property
    def height(self) -> float:
        """With the padding; nothing where there are no cells."""
        heights = [len(cell.lines) * cell.style.leading for cell in self.cells]
        return max(heights) + 2 * _PADDING_Y if heights else 0.0

    def part(self, lines: slice) -> "_Row":
        """The same row with some of its lines."""
        return replace(self, cells=[replace(c, lines=c.lines[lines]) for c in self.cells])


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the structure tree (`element`) with columns of given `widths` in points.

    `numeric` columns are set to the right; with `row_heads` the first column names its row and
    the table has no upright lines.
    """

    canvas: Canvas
    element: Element
    widths: list[float]
    numeric: set[int] = field(default_factory=set)
    row_heads: bool = False
    text_size: float = TEXT_SIZE

    def draw(self, header: Texts, rows: Iterable[Texts]) -> None:
        """Draw the rows below a header (which may be empty).

        A row stays on one page unless no page can hold it; the header stays with the first row.
        """
        head = self._header(header) if header else _Row()
        repeated = replace(head, cells=[replace(cell, element=None) for cell in head.cells])
        if repeated.height > self.canvas.page_height * _LARGEST_REPEATED_HEADER:
            repeated = _Row()
        pending = head
        for texts in rows:
            row = self._row(texts)
            if pending.cells:
                self.canvas.ensure(pending.height + min(row.height, _WORTH_BEGINNING))
                self._draw_row(pending, _Row())
                pending = _Row()
            self._draw_row(row, repeated)
        if pending.cells:
            self._draw_row(pending, _Row())

    def _header(self, texts: Texts) -> _Row:
        row = self.canvas.tree.add("TR", self.element)
        cells = [
            self._cell(column, text, self.canvas.tree.add("TH", row, "", _COLUMN_HEAD), bold=True)
            for column, text in enumerate(texts)
        ]
        return _Row(cells, is_header=True)

    def _row(self, texts: Texts) -> _Row:
        tree = self.canvas.tree
        row = tree.add("TR", self.element)
        cells = []
        for column, text in enumerate(texts):
            if self.row_heads and column == 0:
                cells.append(self._cell(0, text, tree.add("TH", row, "", _ROW_HEAD), bold=True))
            else:
                cells.append(self._cell(column, text, tree.add("TD", row)))
        return _Row(cells)

    def _cell(self, column: int, text: str, element: Element, bold: bool = False) -> _Cell:
        style = Style(self.text_size, bold=bold)
        lines = self.canvas.lines(text, self.widths[column] - 2 * PADDING, style)
        return _Cell(lines, element, style, column in self.numeric)

    def _draw_row(self, row: _Row, repeated: _Row) -> None:
        """Draw a row, on the next page where it does not fit, in parts where it never would."""
        canvas = self.canvas
        fits_a_page = row.height <= canvas.page_height - repeated.height
        if row.height > canvas.remaining and (fits_a_page or canvas.remaining < _WORTH_BEGINNING):
            self._next_page(repeated)
        while row.height > canvas.remaining:
            leading = max(cell.style.leading for cell in row.cells)
            room = max(int((canvas.remaining - 2 * _PADDING_Y) // leading), 1)
            self._draw_part(row.part(slice(None, room)))
            row = row.part(slice(room, None))
            self._next_page(repeated)
        self._draw_part(row)

    def _next_page(self, repeated: _Row) -> None:
        self.canvas.new_page()
        if repeated.cells:
            self._draw_part(repeated)

    def _draw_part(self, row: _Row) -> None:
        canvas = self.canvas
        top, height = canvas.y, row.height
        if row.is_header:
            with canvas.tagged(None):
                canvas.fill([Box(canvas.left, top, sum(self.widths), height)], _HEADER_GREY)
        x = canvas.left
        for cell, width in zip(row.cells, self.widths, strict=True):
            self._draw_cell(cell, x, width)
            x += width
        self._draw_borders(top, height)
        canvas.y = top + height

    def _draw_cell(self, cell: _Cell, x: float, width: float) -> None:
        y = self.canvas.y + _PADDING_Y
        for line in cell.lines:
            left = x + PADDING
            if cell.to_right:
                left = x + width - PADDING - self.canvas.length(line, cell.style)
            self.canvas.write(line, left, y, cell.style, cell.element)
            y += cell.style.leading

    def _draw_borders(self, top: float, height: float) -> None:
        left, right = self.canvas.left, self.canvas.left + sum(self.widths)
        for y in (top, top + height):
            self.canvas.rule(left, y, right, y)
        if self.row_heads:
            return
        x = left
        for width in [0.0, *self.widths]:
            x += width
            self.canvas.rule(x, top, x, top + height)
