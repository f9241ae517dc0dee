"""Where everything in a chart stands: bars lying, bars standing, lines.

All measures are in the units of the drawing, from its upper left corner.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from website.chart_scales import FONT, LINE, Scale, fits, lines_in, text_width, ticks_for, written

WIDE, NARROW = 640, 340  # widths; a style sheet shows the one that fits the screen
_PLOT_HEIGHT = 240
_GAP = 8
_BAR = 18  # how thick a lying bar is
_MAX_STANDING_BAR = 56
_MAX_LABEL_LINES = 3
_MIN_SLOT = 40  # for one row of standing bars: narrower, its label would be torn apart


class Series(NamedTuple):
    """One column of numbers; `number` counts from 1 and chooses pattern and mark."""

    number: int
    name: str
    values: list[Decimal | None]

    @property
    def mark(self) -> str:
        """Its mark in the middle of a key of 34 by 18."""
        return _mark(self.number, 17, 9)


class Figures(NamedTuple):
    """Rows by name, and the series that have a value (or None) for each."""

    labels: list[str]
    series: list[Series]

    @property
    def numbers(self) -> list[Decimal]:
        """Every value of every series."""
        return [value for series in self.series for value in series.values if value is not None]


class Bar(NamedTuple):
    """A rectangle of a series."""

    series: int
    x: int
    y: int
    width: int
    height: int


class Label(NamedTuple):
    """A text in a box, in which the browser breaks it by its Thai dictionary."""

    x: int
    y: int
    width: int
    height: int
    align: str
    text: str


class Text(NamedTuple):
    """A number on one line; `anchor` as in SVG."""

    x: int
    y: int
    anchor: str
    text: str


@dataclass
class Drawing:
    """One drawing of a chart at one width."""

    width: int
    height: int = 0
    grid: list[tuple[int, int, int, int]] = field(default_factory=list)
    axis: tuple[int, int, int, int] = (0, 0, 0, 0)
    bars: list[Bar] = field(default_factory=list)
    lines: list[tuple[int, str]] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    @property
    def name(self) -> str:
        """For the style sheet."""
        return "narrow" if self.width == NARROW else "wide"


def bars_of(figures: Figures, width: int) -> Drawing:
    """Standing bars where every label finds room below its bars, otherwise lying ones."""
    scale = _upright(figures, from_zero=True)
    left = _left_margin(scale)
    slot = (width - left - _GAP) / len(figures.labels)
    is_wide = slot >= max(_MIN_SLOT, 14 * len(figures.series) + _GAP)
    if is_wide and all(fits(text, slot - 4, _MAX_LABEL_LINES) for text in figures.labels):
        return _standing(figures, Drawing(width), scale, left, slot)
    return _lying(figures, Drawing(width))


def lines_of(figures: Figures, width: int) -> Drawing:
    """A line and marks for each series; a missing value interrupts the line."""
    drawing = Drawing(width)
    scale = _upright(figures, from_zero=False)
    left = _left_margin(scale)
    slot = (width - left - _GAP) / len(figures.labels)
    _upright_grid(drawing, scale, left)
    middles = [round(left + slot * (index + 0.5)) for index in range(len(figures.labels))]
    for series in figures.series:
        for run in _runs(series, middles, scale):
            points = " L".join(f"{x} {y}" for x, y in run)
            drawing.lines.append((series.number, f"M{points}"))
            drawing.marks += [(series.number, _mark(series.number, x, y)) for x, y in run]
    _labels_below(drawing, figures.labels, middles, slot)
    return drawing


def _runs(series: Series, middles: list[int], scale: Scale) -> Iterator[list[tuple[int, int]]]:
    run: list[tuple[int, int]] = []
    for x, value in zip(middles, series.values, strict=True):
        if value is not None:
            run.append((x, scale.at(value)))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _mark(number: int, x: int, y: int) -> str:
    """A circle, square, triangle, diamond, hourglass or cross around a point."""
    shapes = (
        f"M{x - 5} {y}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
        f"M{x - 5} {y - 5}h10v10h-10z",
        f"M{x} {y - 6}l6 11h-12z",
        f"M{x} {y - 7}l7 7l-7 7l-7 -7z",
        f"M{x - 6} {y - 6}h12l-12 12h12z",
        f"M{x - 2} {y - 6}h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
    )
    return shapes[(number - 1) % len(shapes)]


def _upright(figures: Figures, from_zero: bool) -> Scale:
    return Scale(ticks_for(figures.numbers, 4, from_zero), _PLOT_HEIGHT + FONT, FONT)


def _left_margin(scale: Scale) -> int:
    return round(max(text_width(written(tick)) for tick in scale.ticks)) + _GAP


def _upright_grid(drawing: Drawing, scale: Scale, left: int) -> None:
    for tick in scale.ticks:
        y = scale.at(tick)
        drawing.grid.append((left, y, drawing.width, y))
        drawing.texts.append(Text(left - _GAP, y + 5, "end", written(tick)))
    drawing.axis = (left, scale.base, drawing.width, scale.base)


def _labels_below(drawing: Drawing, labels: list[str], middles: list[int], slot: float) -> None:
    """As many labels as have room: every one, every second, and so on; the first always."""
    steps = range(1, len(labels) + 1)
    roomy = (n for n in steps if all(fits(text, slot * n - 4, _MAX_LABEL_LINES) for text in labels))
    step = next(roomy, len(labels))
    box = min(slot * step, drawing.width) - 4
    height = LINE * max(lines_in(text, box) for text in labels)
    for middle, text in list(zip(middles, labels, strict=True))[::step]:
        x = round(max(0.0, min(middle - box / 2, drawing.width - box)))
        y = _PLOT_HEIGHT + FONT + _GAP
        drawing.labels.append(Label(x, y, round(box), height, "middle", text))
    drawing.height = _PLOT_HEIGHT + FONT + _GAP + height


def _standing(figures: Figures, drawing: Drawing, scale: Scale, left: int, slot: float) -> Drawing:
    _upright_grid(drawing, scale, left)
    count = len(figures.series)
    thick = min(slot * 0.78 / count, _MAX_STANDING_BAR)
    middles = [round(left + slot * (index + 0.5)) for index in range(len(figures.labels))]
    for place, series in enumerate(figures.series):
        for middle, value in zip(middles, series.values, strict=True):
            if value is None:
                continue
            x = round(middle + (place - count / 2) * thick)
            top, bottom = sorted((scale.at(value), scale.base))
            drawing.bars.append(Bar(series.number, x, top, round(thick) - 2, bottom - top))
            text = written(value)
            if count == 1 and text_width(text) <= slot:
                drawing.texts.append(Text(middle, top - 5, "middle", text))
    _labels_below(drawing, figures.labels, middles, slot)
    return drawing


def _lying(figures: Figures, drawing: Drawing) -> Drawing:
    """Labels stand to the left of their bars, or above them on a narrow screen."""
    beside = drawing.width == WIDE
    widest = max(map(text_width, figures.labels)) + _GAP
    left = round(min(widest, drawing.width * 0.38)) if beside else 0
    right = round(max(text_width(written(number)) for number in figures.numbers)) + _GAP
    room = drawing.width - left - right
    scale = _along(figures, left, left + room)
    y = 0
    for index, text in enumerate(figures.labels):
        y += _GAP if beside else _GAP * 2
        height = LINE * lines_in(text, left - _GAP if beside else drawing.width)
        bars_high = _BAR * len(figures.series)
        if beside:
            label_y = y + max(0, (bars_high - height) // 2)
            drawing.labels.append(Label(0, label_y, left - _GAP, height, "end", text))
            bars_y = y + max(0, (height - bars_high) // 2)
            y += max(height, bars_high)
        else:
            drawing.labels.append(Label(0, y, drawing.width, height, "start", text))
            bars_y = y + height
            y = bars_y + bars_high
        _lying_bars(drawing, figures, index, bars_y, scale)
    for tick in scale.ticks:
        drawing.grid.append((scale.at(tick), 0, scale.at(tick), y + _GAP))
        drawing.texts.append(Text(scale.at(tick), y + _GAP + FONT + 2, "middle", written(tick)))
    drawing.axis = (scale.base, 0, scale.base, y + _GAP)
    drawing.height = y + _GAP + LINE + 2
    return drawing


def _along(figures: Figures, start: int, end: int) -> Scale:
    """A level scale with as many ticks as their numbers have room for."""
    for count in (5, 4, 3, 2, 1):
        ticks = ticks_for(figures.numbers, count)
        room = (end - start) / (len(ticks) - 1)
        if max(text_width(written(tick)) for tick in ticks) + _GAP <= room:
            break
    return Scale(ticks, start, end)


def _lying_bars(drawing: Drawing, figures: Figures, index: int, y: int, scale: Scale) -> None:
    for place, series in enumerate(figures.series):
        value = series.values[index]
        if value is None:
            continue
        top = y + place * _BAR
        begin, end = sorted((scale.at(value), scale.base))
        drawing.bars.append(Bar(series.number, begin, top + 1, end - begin, _BAR - 2))
        drawing.texts.append(Text(end + 5, top + FONT, "start", written(value)))
