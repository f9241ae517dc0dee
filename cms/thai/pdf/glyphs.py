"""Shaped text in which every written cluster is one glyph of the embedded font.

A PDF reader extracts text glyph by glyph and sorts marks by where they stand, so that shaped Thai
comes back as `ตาบล` or `น ้า`. Here a letter and its marks are drawn by one composite glyph, which
stands for the letter in the text; an empty glyph without width follows for the marks. Nothing is
left to sort, and every reader gives back what went in.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from operator import attrgetter
from typing import Any

import uharfbuzz
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fpdf.fonts import Glyph, TTFFont

# HarfBuzz shapes one script at a time: ำ is only taken apart in a run that it knows to be Thai.
_SCRIPT_RUN = re.compile(r"[\u0e00-\u0e7f]+|[^\u0e00-\u0e7f]+")
_EMPTY = "mark"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A letter with its marks (or a ligature): the unit that lines are made of."""

    text: str
    codes: tuple[int, ...]  # in the embedded font; all but the first have no width
    width: float  # of the glyphs, in thousandths of the font size
    advance: float  # to the next cluster: the width after kerning


@dataclass(frozen=True, slots=True)
class _Part:
    """One glyph of a cluster and where it stands, in font units."""

    glyph: int
    x: int
    y: int


class ClusterFont:
    """A font of the document that grows by the clusters it is asked for."""

    def __init__(self, font: TTFFont) -> None:
        self._font = font
        self._ttfont: Any = font.ttfont
        self._per_em = 1000 / self._ttfont["head"].unitsPerEm
        self._codes: dict[tuple[str, tuple[_Part, ...]], tuple[tuple[int, ...], float]] = {}
        self._read_from_memory()
        self._add_glyph(_EMPTY, TTGlyphPen(None).glyph(), 0)

    def _read_from_memory(self) -> None:
        """Leave no file open when a document is never finished."""
        reader = self._ttfont.reader
        file, reader.file = reader.file, BytesIO(self._font.ttffile.read_bytes())
        file.close()

    def shape(self, text: str) -> list[Cluster]:
        """The clusters of `text` from left to right; their texts joined are `text` again."""
        runs = _SCRIPT_RUN.finditer(text)
        return [cluster for run in runs for cluster in self._shape_run(run[0])]

    def _shape_run(self, text: str) -> Iterator[Cluster]:
        buffer: Any = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        uharfbuzz.shape(self._font.hbfont, buffer, {})
        glyphs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        groups = [
            (start, list(group))
            for start, group in groupby(glyphs, key=lambda pair: pair[0].cluster)
        ]
        ends = [start for start, _ in groups[1:]] + [len(text)]
        for (start, group), end in zip(groups, ends, strict=True):
            yield self._cluster(text[start:end], group)

    def _cluster(self, text: str, shaped: list[Any]) -> Cluster:
        x = y = 0
        parts = []
        for info, position in shaped:
            parts.append(_Part(info.codepoint, x + position.x_offset, y + position.y_offset))
            x += position.x_advance
            y += position.y_advance
        key = (text, tuple(parts))
        if key not in self._codes:
            self._codes[key] = self._encode(text, key[1], x)
        codes, width = self._codes[key]
        return Cluster(text, codes, width, x * self._per_em)

    def _encode(
        self, text: str, parts: tuple[_Part, ...], advance: int
    ) -> tuple[tuple[int, ...], float]:
        """Codes in the embedded font for these glyphs with this text, and their width."""
        names = self._ttfont.getGlyphOrder()
        first = parts[0]
        if len(parts) == 1 and (first.x, first.y) == (0, 0):
            name = names[first.glyph]
        else:
            name = self._add_composite(parts, advance)
        # Some readers take a glyph for one without width when its text has a mark in it.
        has_marks = any(unicodedata.category(char) == "Mn" for char in text)
        drawn, marks = (text[0], text[1:]) if has_marks else (text, "")
        codes = (self._code(name, drawn), *([self._code(_EMPTY, marks)] if marks else []))
        return codes, self._ttfont["hmtx"][name][0] * self._per_em

    def _code(self, name: str, text: str) -> int:
        width = round(self._ttfont["hmtx"][name][0] * self._per_em)
        glyph = Glyph(self._ttfont.getGlyphID(name), tuple(map(ord, text)), name, width)
        code = self._font.subset.pick_glyph(glyph)
        if code is None:  # fpdf2 gives every glyph a code
            raise ValueError(f"No code for {text!r}")
        return code

    def _add_composite(self, parts: tuple[_Part, ...], advance: int) -> str:
        table = self._ttfont["glyf"]
        names = self._ttfont.getGlyphOrder()
        pen = TTGlyphPen(table)
        for part in parts:
            if table[names[part.glyph]].numberOfContours:
                pen.addComponent(names[part.glyph], (1, 0, 0, 1, part.x, part.y))
        name = f"cluster{len(names)}"
        self._add_glyph(name, pen.glyph(componentFlags=0), advance)
        return name

    def _add_glyph(self, name: str, glyph: Any, advance: int) -> None:
        table = self._ttfont["glyf"]
        table[name] = glyph
        glyph.recalcBounds(table)
        # The left side bearing has to be xMin, or rasterisers shift the outline.
        self._ttfont["hmtx"][name] = (max(advance, 0), glyph.xMin)
        self._ttfont.getReverseGlyphMap()[name] = len(table.glyphOrder) - 1
        self._ttfont.getReverseGlyphMap()[name] = len(table.glyphOrder) - 1


def width_of(clusters: list[Cluster]) -> float:
    """The length of a line in thousandths of the font size."""
    return sum(map(attrgetter("advance"), clusters))
