"""Pages of a document: what is drawn where, and what it is called in the structure tree.

Lengths are points (1/72 inch), measured from the top left corner of the page.
"""

import datetime
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from fpdf import FPDF, ViewerPreferences
from fpdf.output import OutputProducer, PDFInfo
from PIL import Image

from cms.thai.pdf.glyphs import Cluster, ClusterFont, width_of
from cms.thai.pdf.lines import break_opportunities, wrap
from cms.thai.pdf.structure import Element, StructureTree

_FONTS = Path(__file__).resolve().parent.parent / "fonts"
_FAMILY = "Sarabun"
# Of the font size: room for a vowel and a tone mark above and a vowel below (ปื้, ฐู).
LEADING = 1.65
_BASELINE = 1.25

_MARGIN_LEFT = 71.0
_MARGIN_RIGHT = 57.0
_MARGIN_Y = 62.0


@dataclass(frozen=True, slots=True)
class Style:
    """How a line looks; `grey` is 0 for black to 1 for white."""

    size: float = 11
    bold: bool = False
    grey: float = 0.0

    @property
    def leading(self) -> float:
        """The height of one line."""
        return self.size * LEADING


BODY = Style()
STRONG = Style(bold=True)
SMALL = Style(size=9, grey=0.3)

Line = list[Cluster]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the page by its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


class _Producer(OutputProducer):
    """Leaves the time of creation out where none was given: same content, same bytes."""

    def _add_info(self) -> PDFInfo:
        info = super()._add_info()
        if self.fpdf.creation_date is None:
            info.creation_date = None  # type: ignore[assignment]
        return info


class Canvas:
    """A document of A4 pages with a position `y` that moves down them."""

    def __init__(self, title: str, language: str, landscape: bool = False) -> None:
        self._pdf = FPDF("landscape" if landscape else "portrait", unit="pt", format="A4")
        self._pdf.set_auto_page_break(False)
        self._pdf.set_title(title)
        self._pdf.set_lang(language)
        self._pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self._pdf.add_font(_FAMILY, "", _FONTS / "Sarabun-Regular.ttf")
        self._pdf.add_font(_FAMILY, "B", _FONTS / "Sarabun-Bold.ttf")
        self._fonts = {
            False: ClusterFont(self._pdf.fonts["sarabun"]),  # type: ignore[arg-type]
            True: ClusterFont(self._pdf.fonts["sarabunB"]),  # type: ignore[arg-type]
        }
        # Not beyond this document: what citizens wrote is not to stay in memory.
        self._breaks = cache(break_opportunities)
        self.tree = StructureTree()
        self._pdf.struct_builder = self.tree  # type: ignore[assignment]
        self.left = _MARGIN_LEFT
        self.top = _MARGIN_Y
        self.right = self._pdf.w - _MARGIN_RIGHT
        self.bottom = self._pdf.h - _MARGIN_Y
        self.y = 0.0
        self.new_page()

    def leave_room(self, above: float, below: float) -> None:
        """Make the margins of all pages higher; before anything is drawn."""
        self.top += above
        self.bottom -= below
        self.y = self.top

    @property
    def width(self) -> float:
        """Between the margins."""
        return self.right - self.left

    @property
    def remaining(self) -> float:
        """Between the position and the bottom margin."""
        return self.bottom - self.y

    @property
    def page_height(self) -> float:
        """What fits on an empty page."""
        return self.bottom - self.top

    @property
    def at_top(self) -> bool:
        """Whether the page is empty yet."""
        return self.y == self.top

    def new_page(self) -> None:
        """Go on at the top of another page."""
        self._pdf.add_page()
        self.y = self.top

    def ensure(self, height: float) -> None:
        """Go on at another page unless `height` fits on this one."""
        if height > self.remaining and not self.at_top:
            self.new_page()

    def space(self, height: float) -> None:
        """Leave a gap, except at the top of a page."""
        if not self.at_top:
            self.y += height

    def length(self, line: Line, style: Style) -> float:
        """The length of a line."""
        return width_of(line) * style.size / 1000

    def measure(self, text: str, style: Style) -> float:
        """The length of the longest line of `text` if only its newlines break it."""
        shape = self._fonts[style.bold].shape
        return max(self.length(shape(part), style) for part in text.split("\n"))

    def longest_word(self, text: str, style: Style) -> float:
        """The length of the longest part of `text` that is not broken."""
        cuts = sorted({0, len(text), *self._breaks(text)})
        words = (text[start:end] for start, end in pairwise(cuts))
        return max((self.measure(word.strip(), style) for word in words), default=0.0)

    def lines(self, text: str, width: float, style: Style = BODY) -> list[Line]:
        """`text` as lines no longer than `width`; it begins a new one at each newline."""
        found: list[Line] = []
        for paragraph in text.split("\n"):
            clusters = self._fonts[style.bold].shape(paragraph)
            found += wrap(clusters, width * 1000 / style.size, self._breaks(paragraph))
        return found

    def write(
        self, line: Line, x: float, top: float, style: Style = BODY, element: Element | None = None
    ) -> None:
        """One line whose box begins at (`x`, `top`); without an element it is mere decoration."""
        if not line:
            return
        font = self._pdf.fonts["sarabunB" if style.bold else "sarabun"]
        select = self._pdf._set_font_for_page(font, style.size, wrap_in_text_object=False)
        baseline = self._pdf.h - top - _BASELINE * style.size
        with self.tagged(element):
            self._pdf._out(
                f"BT {style.grey:.2f} g {select} {x:.2f} {baseline:.2f} Td {_show(line)} ET 0 g"
            )

    def write_lines(
        self, lines: list[Line], x: float, y: float, style: Style, upwards: bool = False
    ) -> None:
        """Lines of a page margin: below `y`, or ending there."""
        top = y - len(lines) * style.leading if upwards else y
        for number, line in enumerate(lines):
            self.write(line, x, top + number * style.leading, style)

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, grey: float = 0.6, dotted: bool = False
    ) -> None:
        """A thin straight line."""
        height = self._pdf.h
        dashes = "[1 2]" if dotted else "[]"
        with self.tagged(None):
            self._pdf._out(
                f"{dashes} 0 d {grey:.2f} G 0.5 w "
                f"{x1:.2f} {height - y1:.2f} m {x2:.2f} {height - y2:.2f} l S"
            )

    def fill(self, boxes: list[Box], grey: float = 0.0) -> None:
        """Boxes as one filled shape, so that no seams show between them."""
        path = " ".join(
            f"{box.x:.3f} {self._pdf.h - box.bottom:.3f} {box.width:.3f} {box.height:.3f} re"
            for box in boxes
        )
        self._pdf._out(f"{grey:.2f} g {path} f 0 g")

    def picture(self, image: Image.Image | bytes, box: Box) -> None:
        """A picture (JPEG or PNG bytes, or opened) that fills a box."""
        source: Any = io.BytesIO(image) if isinstance(image, bytes) else image
        self._pdf.image(source, box.x, box.y, box.width, box.height)

    def bounding_box(self, box: Box) -> str:
        """The layout attributes of a figure that fills a box."""
        low, high = self._pdf.h - box.bottom, self._pdf.h - box.y
        corners = f"{box.x:.2f} {low:.2f} {box.x + box.width:.2f} {high:.2f}"
        return f"<</O /Layout /Placement /Block /BBox [{corners}]>>"

    @contextmanager
    def tagged(self, element: Element | None) -> Iterator[None]:
        """Say that what is drawn inside belongs to an element, or to none (an artifact)."""
        if element is None:
            self._pdf._out("/Artifact BMC")
        else:
            mcid = self.tree.mark(element, self._pdf.page)
            self._pdf._out(f"{element.s} <</MCID {mcid}>> BDC")
        yield
        self._pdf._out("EMC")

    def pages(self) -> Iterator[tuple[int, int]]:
        """Each page again to draw on, as (its number, how many there are)."""
        total = len(self._pdf.pages)
        for number in range(1, total + 1):
            self._pdf.page = number
            yield number, total

    def output(self, created: datetime.datetime | None, author: str) -> bytes:
        """The file. Nothing can be drawn afterwards."""
        self._pdf.creation_date = created  # type: ignore[assignment]
        if author:
            self._pdf.set_author(author)
        self.tree.close(self._pdf.pages)
        return bytes(self._pdf.output(output_producer_class=_Producer))


def _show(line: Line) -> str:
    """The operator that shows a line: codes, with kerning between them where there is any."""
    parts = ["[<"]
    for cluster in line:
        parts += [f"{code:04X}" for code in cluster.codes]
        kerning = cluster.width - cluster.advance
        if abs(kerning) >= 0.5:
            parts.append(f"> {kerning:.0f} <")
    return "".join([*parts, ">] TJ"])
