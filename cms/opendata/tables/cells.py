"""What may stand in a cell: plain numbers, formulas made harmless, text that XML can carry."""

import re

# Control characters, halves of surrogate pairs and non-characters: XML 1.0, section 2.2.
_ILLEGAL_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_UNCLEAN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
# At most 15 digits: more lose their last ones in a spreadsheet. A leading zero makes it a code.
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?")
_MOST_DIGITS = 15
# What a spreadsheet takes for the start of a formula (OWASP, CSV injection), full-width included.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
# ... and what begins alike yet is only a number, or a dash for "none".
_HARMLESS = re.compile(r"[+-]?[\d,]*\.?\d+(?:[eE][+-]?\d+)?%?|-")


def clean_row(row: list[str]) -> list[str]:
    """Cells without characters that XML cannot carry; line ends as `\\n`."""
    if not _UNCLEAN.search("".join(row)):
        return row
    return [_ILLEGAL_IN_XML.sub("", cell).replace("\r\n", "\n").replace("\r", "\n") for cell in row]


def is_number(value: str) -> bool:
    """Whether a cell is a number that a machine reads as it stands: `007` and `1,234` are not."""
    if not _NUMBER.fullmatch(value):
        return False
    return len(value) - ("." in value) - (value[0] == "-") <= _MOST_DIGITS


def without_formula(value: str) -> str:
    """A cell that no spreadsheet runs when it opens a CSV: an apostrophe goes before a formula.

    `-5` and `+66` stay numbers. Source: OWASP, CSV Injection.
    """
    if value.startswith(_FORMULA_STARTS) and not _HARMLESS.fullmatch(value):
        return f"'{value}"
    return value


def column_names(headings: list[str]) -> list[str]:
    """One name for each column: `column_3` for an empty heading, `name (2)` for a repeated one."""
    names: list[str] = []
    for number, heading in enumerate(headings, start=1):
        wanted = " ".join(heading.split()) or f"column_{number}"
        name, copy = wanted, 1
        while name in names:
            copy += 1
            name = f"{wanted} ({copy})"
        names.append(name)
    return names
