"""Numbers that stand as text in the tables of Thai offices."""

import re
from collections.abc import Iterable
from decimal import Decimal

from cms.thai.digits import to_arabic_digits

# Thousands with commas or without, at most eighteen digits: nobody's budget is longer.
_NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[-–−+])?\s?"
    r"(?P<digits>\d{1,3}(?:,\d{3}){1,5}|\d{1,18})(?P<fraction>\.\d{1,9})?\s?%?(?P<close>\))?"
)
_MISSING = frozenset({"", "-", "–", "—", "−", "..", "…", "n/a", "ไม่มีข้อมูล"})
_SHARES = ("%", "ร้อยละ", "เปอร์เซ็นต์", "per cent", "percent")
_TOTALS = ("รวม", "ยอดรวม", "ทั้งหมด", "total", "sum", "grand total")


def number_in(text: str) -> Decimal | None:
    """The number that a cell holds, or None.

    Understands thousands separators, Thai digits, a per cent sign, a minus in any of its shapes
    and the bookkeeper's parentheses: `"(๑,๒๓๔.๕๐)"` is -1234.50.
    """
    match = _NUMBER.fullmatch(to_arabic_digits(text).strip())
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    number = Decimal(match["digits"].replace(",", "") + (match["fraction"] or ""))
    return -number if match["open"] or (match["sign"] or "+") != "+" else number


def is_missing(text: str) -> bool:
    """Whether a cell says that there is no figure."""
    return text.strip().lower() in _MISSING


def holds_numbers(cells: Iterable[str]) -> bool:
    """Whether a column is one of figures: at least one number, and nothing else but gaps."""
    filled = [cell for cell in cells if not is_missing(cell)]
    return bool(filled) and all(number_in(cell) is not None for cell in filled)


def is_total(label: str) -> bool:
    """Whether a row sums up the others, by its name."""
    return label.strip().lower().startswith(_TOTALS)


def is_share(heading: str, cells: Iterable[str]) -> bool:
    """Whether a column of figures is one of per cent, by its heading or its cells."""
    if any(word in heading.lower() for word in _SHARES):
        return True
    return any(cell.strip().endswith("%") for cell in cells)
