"""Measures of charts: round ticks along an axis, and how much room a text needs."""

import math
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

FONT = 14  # of every text in a chart, in the units of the drawing
LINE = 19
_ADVANCE = 0.57  # of a letter, in font sizes: Thai and Latin in Sarabun, with some to spare
_LONG_WORD = 66.0  # what few Thai words exceed
_ROUND = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def text_width(text: str) -> float:
    """About how wide a text is; Thai marks above and below a letter take no room."""
    return FONT * _ADVANCE * sum(1 for letter in text if unicodedata.category(letter) != "Mn")


def lines_in(text: str, width: float) -> int:
    """How many lines a text may need in a width. Words that do not fit leave gaps: a tenth more."""
    return max(1, math.ceil(text_width(text) * 1.1 / max(width, FONT)))


def fits(text: str, width: float, lines: int) -> bool:
    """Whether a text finds room in some lines of a width without tearing a word apart."""
    return width >= min(text_width(text), _LONG_WORD) and lines_in(text, width) <= lines


def written(number: Decimal) -> str:
    """With thousands separators and no more decimals than it has."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Scale(NamedTuple):
    """Maps numbers to a line from `start` to `end`, with ticks at round numbers."""

    ticks: list[Decimal]
    start: float
    end: float

    def at(self, number: Decimal) -> int:
        """Where a number stands."""
        first, last = self.ticks[0], self.ticks[-1]
        return round(
            self.start + (self.end - self.start) * float((number - first) / (last - first))
        )

    @property
    def base(self) -> int:
        """Where bars begin: at zero, which the ticks of bars include."""
        return self.at(min(max(Decimal(0), self.ticks[0]), self.ticks[-1]))


def ticks_for(numbers: Iterable[Decimal], count: int, from_zero: bool = True) -> list[Decimal]:
    """About `count` steps of 1, 2, 2.5 or 5 times a power of ten, around all numbers.

    They include zero, except where `from_zero` is false and the numbers lie close together far
    from it: a line would be flat.
    """
    found = list(numbers)
    low, high = min(found), max(found)
    if from_zero or low <= 0 or (high - low) * 4 > high:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high += 1
    step = _step(high - low, count)
    first = math.floor(low / step)
    last = max(math.ceil(high / step), first + 1)
    return [step * number for number in range(first, last + 1)]


def _step(span: Decimal, count: int) -> Decimal:
    rough = span / max(count, 1)
    power = Decimal(10) ** rough.adjusted()
    return next(power * factor for factor in _ROUND if rough <= power * factor)
