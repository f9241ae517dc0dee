"""What a document is made of: headings, paragraphs, tables, pictures, places to sign."""

import datetime
from collections.abc import Iterable, Sequence

from cms.thai.pdf.canvas import BODY, SMALL, STRONG, Canvas, Style
from cms.thai.pdf.columns import column_widths, numeric_columns
from cms.thai.pdf.figures import draw_image, draw_qr
from cms.thai.pdf.flow import GAP, Align, flow
from cms.thai.pdf.signatures import SignaturePlace, draw_signature_places
from cms.thai.pdf.tables import Table
from cms.thai.pdf.text import printed_text

Content = bytes  # a method has the name

_HEADINGS = {1: Style(18, bold=True), 2: Style(14, bold=True), 3: Style(12, bold=True)}
_LABEL_SHARE = 0.34  # of the width, in a list of facts
_BULLET_INDENT = 14.0
_PAGE_NUMBER_ROOM = 60.0


class PdfDocument:
    """A document in A4 that grows from top to bottom and breaks into pages by itself.

    `title` is for the window and for search; print it with `heading`. `language` is `"th"` or
    `"en"`. `header` and `footer` stand on every page, as do page numbers. With `official_digits`
    all numbers are printed in Thai digits. `created` (aware) enters the metadata; without it the
    same content gives the same bytes. Every value may be text, a number or a date.
    """

    def __init__(
        self,
        title: str,
        language: str,
        *,
        header: str = "",
        footer: str = "",
        official_digits: bool = False,
        author: str = "",
        created: datetime.datetime | None = None,
        landscape: bool = False,
    ) -> None:
        self._language = language
        self._official_digits = official_digits
        self._author, self._created = author, created
        self._canvas = canvas = Canvas(self._text(title), language, landscape)
        self._header = canvas.lines(self._text(header), canvas.width, SMALL)
        self._footer = canvas.lines(self._text(footer), canvas.width - _PAGE_NUMBER_ROOM, SMALL)
        canvas.leave_room(
            *((len(lines) - 1) * SMALL.leading for lines in (self._header, self._footer))
        )
        self._finished: Content | None = None

    def heading(self, text: object, level: int = 1, align: Align = "left") -> None:
        """A heading of level 1 to 3, kept with what follows it."""
        style, canvas = _HEADINGS[level], self._canvas
        lines = canvas.lines(self._text(text), canvas.width, style)
        canvas.space(style.size * 0.6)
        canvas.ensure(len(lines) * style.leading + 3 * BODY.leading)
        flow(canvas, self._text(text), style, canvas.tree.add(f"H{level}"), align=align)
        canvas.y += GAP / 2

    def paragraph(self, text: object, *, align: Align = "left", bold: bool = False) -> None:
        """A paragraph; newlines in it begin new lines."""
        style = STRONG if bold else BODY
        flow(self._canvas, self._text(text), style, self._canvas.tree.add("P"), align=align)
        self._canvas.y += GAP

    def bullet_list(self, items: Iterable[object]) -> None:
        """A list of points."""
        canvas = self._canvas
        whole = canvas.tree.add("L")
        for item in items:
            canvas.ensure(BODY.leading)
            entry = canvas.tree.add("LI", whole)
            bullet = canvas.lines("•", canvas.width)[0]
            canvas.write(bullet, canvas.left, canvas.y, BODY, canvas.tree.add("Lbl", entry))
            body = canvas.tree.add("LBody", entry)
            flow(canvas, self._text(item), BODY, body, indent=_BULLET_INDENT)
        canvas.y += GAP

    def facts(self, rows: Iterable[tuple[object, object]]) -> None:
        """Labels with their values, one below the other."""
        canvas = self._canvas
        labels = canvas.width * _LABEL_SHARE
        widths = [labels, canvas.width - labels]
        table = Table(canvas, canvas.tree.add("Table"), widths, row_heads=True, text_size=BODY.size)
        table.draw([], [self._texts(row) for row in rows])
        canvas.y += 2 * GAP

    def table(
        self,
        columns: Sequence[object],
        rows: Iterable[Sequence[object]],
        numeric: Iterable[int] | None = None,
        caption: object = "",
    ) -> None:
        """A table with a header that is repeated on every page.

        `numeric` are the numbers (from 0) of columns to set to the right; without it those whose
        every filled cell is a number. Raises ValueError where a row has too many or too few cells.
        """
        canvas = self._canvas
        header = self._texts(columns)
        texts = [self._texts(row) for row in rows]
        if not header or any(len(row) != len(header) for row in texts):
            raise ValueError(f"A table of {len(header)} columns needs as many cells in each row")
        element = canvas.tree.add("Table")
        canvas.space(GAP)
        if caption:
            canvas.ensure(4 * STRONG.leading)
            flow(canvas, self._text(caption), STRONG, canvas.tree.add("Caption", element))
        to_right = numeric_columns(texts) if numeric is None else set(numeric)
        size, widths = column_widths(canvas, header, texts)
        Table(canvas, element, widths, to_right, text_size=size).draw(header, texts)
        canvas.y += 2 * GAP

    def image(self, content: Content, caption: object = "", alt: str = "") -> None:
        """A JPEG or PNG picture, no larger than the page, upright as its camera meant it.

        `alt` says in words what it shows; without it the caption does. Raises
        `PIL.UnidentifiedImageError` where `content` is no picture.
        """
        draw_image(self._canvas, content, self._text(caption), alt)

    def qr(self, text: str, caption: object = "") -> None:
        """A QR code of `text`, with a caption beside it. Raises ValueError for too long a text."""
        draw_qr(self._canvas, text, self._text(caption))

    def signature_blocks(self, blocks: Iterable[tuple[object, ...]]) -> None:
        """Places to sign, two side by side: (role, name, position, date) each.

        An empty name, position or date leaves a dotted line to write on. Two further members may
        follow: what stands in place of a signature by hand, and a note below the position.
        """
        places = [SignaturePlace(*self._texts(block)) for block in blocks]
        draw_signature_places(self._canvas, places, self._language)

    def rule(self) -> None:
        """A line across the page."""
        canvas = self._canvas
        canvas.ensure(2 * GAP)
        canvas.rule(canvas.left, canvas.y + GAP, canvas.right, canvas.y + GAP)
        canvas.y += 2 * GAP

    def page_break(self) -> None:
        """Go on at the top of the next page."""
        if not self._canvas.at_top:
            self._canvas.new_page()

    def bytes(self) -> Content:
        """The file. Nothing can be added afterwards."""
        if self._finished is None:
            self._draw_margins()
            self._finished = self._canvas.output(self._created, self._author)
        return self._finished

    def _text(self, value: object) -> str:
        return printed_text(value, self._language, self._official_digits)

    def _texts(self, values: Iterable[object]) -> list[str]:
        return [self._text(value) for value in values]

    def _draw_margins(self) -> None:
        """Header, footer and page number of every page, now that their number is known."""
        canvas = self._canvas
        for number, total in canvas.pages():
            label = canvas.lines(self._text(f"{number} / {total}"), canvas.width, SMALL)
            length = canvas.length(label[0], SMALL)
            top = canvas.bottom + 2 * GAP
            canvas.write_lines(self._header, canvas.left, canvas.top - 2 * GAP, SMALL, upwards=True)
            canvas.write_lines(self._footer, canvas.left, top, SMALL)
            canvas.write_lines(label, canvas.right - length, top, SMALL)
