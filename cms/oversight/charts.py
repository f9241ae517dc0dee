"""Coverage as pictures, drawn on the server: a curve over the days, a bar for each group.

Series differ in dash and mark, not in colour alone; title and description say in words what the
picture shows. A curve is drawn twice, for wide and for narrow screens: a style sheet shows one.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.oversight.coverage import Totals
from cms.oversight.history import Day
from cms.thai.dates import format_date

WIDE, NARROW = 640, 340
_LEFT, _RIGHT, _TOP, _PLOT, _BELOW = 44, 12, 12, 180, 30
_MAX_POINTS = 200
_STEPS = (1, 2, 5)


class Series(NamedTuple):
    """One line: its number chooses dash and mark."""

    number: int
    name: str
    values: list[int]

    @property
    def last(self) -> int:
        """Where it stands now."""
        return self.values[-1]


class Text(NamedTuple):
    """A label; `anchor` as in SVG."""

    x: int
    y: int
    anchor: str
    text: str


class Drawing(NamedTuple):
    """A curve at one width."""

    name: str
    width: int
    height: int
    grid: list[tuple[int, int, int]]  # from x to x at y
    lines: list[tuple[int, str]]
    ends: list[tuple[int, int, int]]
    texts: list[Text]


class Curve(NamedTuple):
    """What `oversight/curve.html` shows. `id` is unique on the page."""

    id: str
    title: str
    description: str
    series: list[Series]
    drawings: list[Drawing]
    days: Sequence[Day]  # the last of each month, as a table


class Bar(NamedTuple):
    """What `oversight/bars.html` shows of one group: shares in hundredths of the bar."""

    label: str
    url: str
    totals: Totals
    public: float
    fulfilled: float


def curve_of(chart_id: str, title: str, days: Sequence[Day]) -> Curve | None:
    """The curve of what was owed, public and fulfilled; None before the second day."""
    if len(days) < 2:
        return None
    shown = _thinned(days)
    series = [
        Series(1, _("owed"), [day.owed for day in shown]),
        Series(2, _("public"), [day.public for day in shown]),
        Series(3, _("in order"), [day.fulfilled for day in shown]),
    ]
    drawings = [_drawing(shown, series, "wide", WIDE), _drawing(shown, series, "narrow", NARROW)]
    return Curve(chart_id, title, _description(shown, series), series, drawings, _months(days))


def bar_of(label: str, totals: Totals, url: str = "") -> Bar:
    """The bar of one group."""
    owed = max(1, totals.owed)
    return Bar(label, url, totals, totals.public * 100 / owed, totals.fulfilled * 100 / owed)


def _thinned(days: Sequence[Day]) -> list[Day]:
    """Few enough points for a picture; the first and the last are among them."""
    step = -(-len(days) // _MAX_POINTS)
    return list(reversed(list(reversed(days))[::step]))


def _months(days: Sequence[Day]) -> list[Day]:
    """The last recorded day of each month, the newest first."""
    last = {(day.date.year, day.date.month): day for day in days}
    return list(reversed(last.values()))


def _drawing(days: list[Day], series: list[Series], name: str, width: int) -> Drawing:
    ticks = _ticks(max(max(one.values) for one in series))
    left, right = _LEFT, width - _RIGHT
    span = max(1, (days[-1].date - days[0].date).days)
    xs = [round(left + (right - left) * (day.date - days[0].date).days / span) for day in days]

    def height(value: int) -> int:
        return round(_TOP + _PLOT * (1 - value / ticks[-1]))

    texts = [Text(left - 8, height(tick) + 5, "end", f"{tick:,}") for tick in ticks]
    for day, x, anchor in ((days[0], left, "start"), (days[-1], right, "end")):
        texts.append(Text(x, _TOP + _PLOT + 22, anchor, _day(day)))
    lines, ends = [], []
    for one in series:
        points = [(x, height(value)) for x, value in zip(xs, one.values, strict=True)]
        lines.append((one.number, "M" + " L".join(f"{x} {y}" for x, y in points)))
        ends.append((one.number, *points[-1]))
    grid = [(left, right, height(tick)) for tick in ticks]
    return Drawing(name, width, _TOP + _PLOT + _BELOW, grid, lines, ends, texts)


def _ticks(highest: int) -> list[int]:
    """Round numbers from zero to the highest value or above it, at most five steps."""
    power = 1
    while True:
        for step in (power * factor for factor in _STEPS):
            if step * 5 >= highest:
                count = max(1, -(-highest // step))
                return [step * number for number in range(count + 1)]
        power *= 10


def _day(day: Day) -> str:
    return format_date(day.date, get_language() or "th", "j M Y")


def _description(days: list[Day], series: list[Series]) -> str:
    """What a reader would tell another about the curve, over the telephone."""
    dates = {"first": _day(days[0]), "last": _day(days[-1])}
    parts = [_("Line chart from %(first)s to %(last)s.") % dates]
    for one in series:
        facts = {"name": one.name, "first": one.values[0], "last": one.last}
        parts.append(_("%(name)s: %(first)d, then %(last)d.") % facts)
    return " ".join(parts)
