"""Lists as tables: columns with names in the user's language, cells read with their errors."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.thai.digits import to_arabic_digits

_LANGUAGES = ("th", "en")


class CellError(ValueError):
    """A cell that cannot be taken; the message is for the user."""


@dataclass(frozen=True)
class Column:
    """One column: `key` is its name in shipped files, `label` the one that people read."""

    key: str
    label: Any
    read: Callable[[str], Any] = str
    required: bool = False
    write: Callable[[Any], str] = lambda value: "" if value is None else str(value)

    def names(self) -> set[str]:
        """Every heading by which it is known: the key, and the label in each language."""
        found = {self.key}
        for language in _LANGUAGES:
            with override(language):
                found.add(str(self.label))
        return {_plain(name) for name in found}


@dataclass(frozen=True)
class RowError:
    """What is wrong, and where: the line as the spreadsheet numbers it, the column's label."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        if not self.row:
            return self.message
        words = {"row": self.row, "column": self.column, "message": self.message}
        if not self.column:
            return _("Row %(row)s: %(message)s") % words
        return _("Row %(row)s, “%(column)s”: %(message)s") % words


class ListErrors(ValueError):
    """A list that was not taken at all, with everything that is wrong with it."""

    def __init__(self, errors: Iterable[RowError]) -> None:
        self.errors = list(errors)
        super().__init__("\n".join(str(error) for error in self.errors))


@dataclass
class SheetRow:
    """One line: the values of the columns that the file has."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)


def headings(columns: Sequence[Column]) -> list[str]:
    """The first line of an export, in the user's language."""
    return [str(column.label) for column in columns]


def line(columns: Sequence[Column], values: dict[str, Any]) -> list[str]:
    """One further line of an export."""
    return [column.write(values.get(column.key)) for column in columns]


def read_rows(table: list[list[str]], columns: Sequence[Column]) -> list[SheetRow]:
    """The lines below the headings, blank ones left out. Raises `ListErrors`."""
    if len(table) < 2:
        raise ListErrors([RowError(0, "", _("The file has no rows."))])
    places = _places(table[0], columns)
    errors: list[RowError] = []
    rows = []
    for number, cells in enumerate(table[1:], start=2):
        if any(cells):
            rows.append(SheetRow(number, _values(number, cells, places, errors)))
    if errors:
        raise ListErrors(errors)
    return rows


def _places(first: list[str], columns: Sequence[Column]) -> dict[int, Column]:
    known = {name: column for column in columns for name in column.names()}
    places = {place: known.get(_plain(name)) for place, name in enumerate(first) if name}
    unknown = [first[place] for place, column in places.items() if column is None]
    found = [column for column in places.values() if column]
    errors = [_("There is no column “%(name)s”.") % {"name": name} for name in unknown]
    for column in columns:
        if column.required and column not in found:
            errors.append(_("The column “%(name)s” is missing.") % {"name": column.label})
        if found.count(column) > 1:
            errors.append(_("The column “%(name)s” is there twice.") % {"name": column.label})
    if errors:
        raise ListErrors(RowError(1, "", message) for message in errors)
    return {place: column for place, column in places.items() if column}


def _values(
    number: int, cells: list[str], places: dict[int, Column], errors: list[RowError]
) -> dict[str, Any]:
    values = {}
    for place, column in places.items():
        cell = cells[place] if place < len(cells) else ""
        try:
            if column.required and not cell:
                raise CellError(_("Fill it in."))
            values[column.key] = column.read(cell)
        except CellError as error:
            errors.append(RowError(number, str(column.label), str(error)))
    return values


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def code(cell: str) -> str:
    """A code as it is stored: Arabic digits, no blanks: `๑.๑ (๑)` becomes `1.1(1)`."""
    return "".join(to_arabic_digits(cell).split())


def codes(cell: str) -> str:
    """Several, with blanks or commas between them."""
    return " ".join(to_arabic_digits(cell).replace(",", " ").split())


def whole_number(least: int = 0, most: int = 9_999) -> Callable[[str], int | None]:
    """Reads a whole number, in Thai or Arabic digits; None where the cell is empty."""

    def read(cell: str) -> int | None:
        if not cell:
            return None
        try:
            number = int(to_arabic_digits(cell))
        except ValueError as error:
            raise CellError(_("“%(cell)s” is not a whole number.") % {"cell": cell}) from error
        if not least <= number <= most:
            words = {"least": least, "most": most}
            raise CellError(_("It must be between %(least)s and %(most)s.") % words)
        return number

    return read


def choice(options: Any) -> Callable[[str], str]:
    """Reads one of a `TextChoices`, by its key or its label in either language."""

    def read(cell: str) -> str:
        known = _names_of(options)
        if cell and _plain(cell) not in known:
            words = {"cell": cell, "choices": ", ".join(str(label) for label in options.labels)}
            raise CellError(_("“%(cell)s” is none of: %(choices)s.") % words)
        return known[_plain(cell)] if cell else ""

    return read


def choices(options: Any) -> Callable[[str], list[str]]:
    """Reads any number of them, with blanks or commas between them."""
    one = choice(options)
    return lambda cell: [one(part) for part in cell.replace(",", " ").split()]


def label_of(options: Any) -> Callable[[Any], str]:
    """Writes a choice as its label."""
    return lambda key: str(options(key).label) if key else ""


def _names_of(options: Any) -> dict[str, str]:
    found = {_plain(key): key for key in options.values}
    for language in _LANGUAGES:
        with override(language):
            found |= {_plain(str(label)): key for key, label in options.choices}
    return found
