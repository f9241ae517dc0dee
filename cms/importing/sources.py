"""A row as its source has it: text under the keys of the columns, whatever the kind of file."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cms.importing import limits
from cms.importing.problems import Problem
from cms.opendata.problems import Refused


@dataclass
class RawRow:
    """One row. `number` is that of the spreadsheet, or of the entry in a WordPress export."""

    number: int
    values: dict[str, str]
    files: list[str] = field(default_factory=list)
    base_url: str = ""
    # Of WordPress: sections that it may belong to, by their names there.
    categories: list[str] = field(default_factory=list)
    # Left out as it was not public at its source.
    left_out: Problem | None = None


class Source(ABC):
    """An uploaded file that can be read as often as needed and is never held in memory."""

    def __init__(self, path: Path, filename: str) -> None:
        """Raises `Refused` where it is no file of rows."""
        if path.stat().st_size == 0:
            raise Refused("empty")
        if path.stat().st_size > limits.FILE_BYTES:
            raise Refused("file_too_large", limit=limits.FILE_BYTES // limits.MEBIBYTE)

    @abstractmethod
    def rows(self) -> Iterator[RawRow]:
        """Every row in order. Raises `Refused` from the row on that cannot be read."""

    def findings(self) -> list[Problem]:
        """What is worth knowing of the whole file."""
        return []


def bounded(rows: Iterator[RawRow]) -> Iterator[RawRow]:
    """The rows; raises `Refused` where there are more than may be imported at once."""
    for count, row in enumerate(rows, start=1):
        if count > limits.ROWS:
            raise Refused("too_many_to_import", limit=limits.ROWS)
        yield row
