"""Places to sign on a form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.thai.pdf.canvas import BODY, SMALL, STRONG, Canvas, Line, Style
from cms.thai.pdf.flow import GAP
from cms.thai.pdf.structure import Element

_GUTTER = 24.0
_ROOM_TO_SIGN = 18.0
_BASELINE = 1.3  # of the font size, from the top of a line to where one writes


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """Who signs here as what; an empty name, position or date is left open to be written.

    `signed` stands where a hand would sign, for what was signed in another way; `note` follows
    the position, for example in which capacity somebody signed.
    """

    role: str
    name: str
    position: str
    date: str
    signed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A centred line; or, with `widths`, words with a dotted line after each.

    `widths` are the shares of those dotted lines. A last word without one closes the row.
    """

    words: list[Line]
    style: Style = BODY
    widths: tuple[float, ...] = ()
    room: float = 0.0  # points above it

    @property
    def height(self) -> float:
        return self.room + self.style.leading


def draw_signature_places(canvas: Canvas, places: Sequence[SignaturePlace], language: str) -> None:
    """Two places in a row; a single one on the right half, where Thai letters are signed."""
    width = (canvas.width - _GUTTER) / 2
    right = canvas.left + width + _GUTTER
    for start in range(0, len(places), 2):
        pair = places[start : start + 2]
        with translation.override(language):
            blocks = [list(_rows(canvas, place, width)) for place in pair]
        height = max(sum(row.height for row in rows) for rows in blocks)
        canvas.ensure(height)
        for x, rows in zip([canvas.left, right][-len(pair) :], blocks, strict=True):
            _draw_block(canvas, rows, x, width)
        canvas.y += height + 3 * GAP


def _rows(canvas: Canvas, place: SignaturePlace, width: float) -> Iterator[_Row]:
    def centred(text: str, style: Style = BODY, room: float = 0.0) -> Iterator[_Row]:
        for found in canvas.lines(text, width, style):
            yield _Row([found], style, room=room)
            room = 0.0

    def open_row(words: list[str], widths: tuple[float, ...], room: float = 0.0) -> _Row:
        return _Row([canvas.lines(word, width)[0] for word in words], BODY, widths, room)

    yield from centred(place.role, STRONG)
    if place.signed:
        yield from centred(place.signed, room=_ROOM_TO_SIGN / 2)
    else:
        yield open_row([pgettext("signature block", "Signed")], (1,), _ROOM_TO_SIGN)
    yield from centred(f"({place.name})") if place.name else [open_row(["(", ")"], (1,))]
    yield from centred(place.position) if place.position else [open_row([_("Position")], (1,))]
    if place.note:
        yield from centred(place.note, SMALL)
    if place.date:
        yield from centred(place.date)
    else:
        words = [pgettext("signature block", "Date"), _("Month"), _("Year A.D.")]
        yield open_row(words, (1, 2, 1.2))


def _draw_block(canvas: Canvas, rows: list[_Row], x: float, width: float) -> None:
    element = canvas.tree.add("Div")
    y = canvas.y
    for row in rows:
        y += row.room
        paragraph = canvas.tree.add("P", element)
        if row.widths:
            _draw_open(canvas, row, paragraph, x, y, width)
        else:
            shift = (width - canvas.length(row.words[0], row.style)) / 2
            canvas.write(row.words[0], x + shift, y, row.style, paragraph)
        y += row.style.leading


def _draw_open(
    canvas: Canvas, row: _Row, element: Element, x: float, y: float, width: float
) -> None:
    """Words with dotted lines between them that fill the width."""
    lengths = [canvas.length(word, row.style) for word in row.words]
    free = width - sum(lengths) - GAP * len(row.widths)
    base = y + _BASELINE * row.style.size
    for number, (word, length) in enumerate(zip(row.words, lengths, strict=True)):
        canvas.write(word, x, y, row.style, element)
        x += length + GAP / 2
        if number < len(row.widths):
            end = x + free * row.widths[number] / sum(row.widths)
            canvas.rule(x, base, end, base, grey=0.2, dotted=True)
            x = end + GAP / 2
