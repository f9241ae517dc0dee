"""One uploaded table into one target: a format, the preview, or a check."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cms.opendata import limits
from cms.opendata.formats import PREVIEW
from cms.opendata.problems import Refused
from cms.opendata.tables.table import Summary, Table
from cms.opendata.tables.writers import WRITERS

Progress = Callable[[int], None]
_EVERY_ROWS = 10_000
# Formats that tell numbers from text, for which a table is read through once before.
_TYPED = {"json", "ods"}


def convert_table(
    source: Path, filename: str, target: str, result: Path, progress: Progress
) -> dict[str, Any]:
    """Writes `source` as `target` to `result`, telling `progress` how many rows are done.

    Returns the preview where that is the target, else the number of rows. Raises `Refused`.
    """
    table = Table(source, filename)
    if target == PREVIEW:
        return table.summary().as_data()
    summary = table.summary() if target in _TYPED else Summary(table.columns)
    rows = _Counted(table.rows(), progress)
    WRITERS[target](summary, rows, result)
    if not rows.done:
        raise Refused("no_rows")
    return {"count": rows.done}


def check_table(source: Path, filename: str) -> None:
    """Reads the first rows. Raises `Refused` where the file cannot be published as a table."""
    Table(source, filename).summary(limits.CHECKED_ROWS)


class _Counted:
    """Rows that tell now and then how many have gone by."""

    def __init__(self, rows: Iterator[list[str]], progress: Progress) -> None:
        self.done = 0
        self._rows, self._progress = rows, progress

    def __iter__(self) -> Iterator[list[str]]:
        for row in self._rows:
            yield row
            self.done += 1
            if self.done % _EVERY_ROWS == 0:
                self._progress(self.done)
