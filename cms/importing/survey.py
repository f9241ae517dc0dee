"""Reading through an upload: what is wrong with it, and what an import of it would do."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wagtail.models import Page

from cms.importing import limits
from cms.importing.drafts import Act, Decision, decide
from cms.importing.models import ImportRun
from cms.importing.places import Places
from cms.importing.problems import Problem
from cms.importing.rows import Defaults, Row, RowReader
from cms.importing.sources import Source, bounded
from cms.importing.spreadsheets import Spreadsheet
from cms.importing.wordpress import WordPressExport, is_xml
from cms.opendata.problems import Refused
from cms.thai.slugs import romanised_slug
from pages.models import SectionPage


@dataclass
class Survey:
    """What reading through found: bounded, whatever the file holds."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, row: Row, decision: Decision | None) -> None:
        """Takes in one row and what would become of it."""
        problems, notes = list(row.problems), list(row.notes)
        if decision and decision.finding:
            (problems if decision.is_refused else notes).append(decision.finding)
        self.counts["rows"] += 1
        self.counts["problems"] += len(problems)
        self.counts["notes"] += len(notes)
        if row.is_left_out:
            self.counts["left_out"] += 1
        elif decision:
            self.counts[decision.act] += 1
        self.problems += problems[: limits.LISTED_PROBLEMS - len(self.problems)]
        self.notes += notes[: limits.LISTED_NOTES - len(self.notes)]

    def refuse(self, code: str, params: dict[str, Any]) -> None:
        """Takes in what is wrong with the whole file."""
        self.counts["problems"] += 1
        self.problems.insert(0, Problem(code, params=params))

    def as_columns(self) -> dict[str, Any]:
        """What the run keeps of it."""
        return {
            "problems": [one.as_data() for one in self.problems],
            "notes": [one.as_data() for one in self.notes],
            "counts": dict(self.counts),
        }


class Slugs:
    """The last part of the address of each new page, free in its section: no query for a row."""

    def __init__(self) -> None:
        self._taken: dict[int, set[str]] = {}

    def free(self, title: str, section: SectionPage) -> str:
        """From the title, with a number where that is taken."""
        if section.pk not in self._taken:
            below = Page.objects.child_of(section).values_list("slug", flat=True)
            self._taken[section.pk] = set(below)
        taken = self._taken[section.pk]
        base = slug = romanised_slug(title)
        number = 1
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        taken.add(slug)
        return slug


@contextmanager
def opened(run: ImportRun) -> Iterator[Source]:
    """The upload of a run as a file of rows. Raises `Refused`."""
    if not run.storage_name or not run.storage().exists(run.storage_name):
        raise Refused("file_gone")
    with tempfile.TemporaryDirectory(prefix="prakat-import-") as folder:
        copy = Path(folder) / f"upload{Path(run.storage_name).suffix}"
        with run.storage().open(run.storage_name) as stored, copy.open("wb") as file:
            shutil.copyfileobj(stored, file)
        kind = WordPressExport if is_xml(copy) else Spreadsheet
        yield kind(copy, f"upload{copy.suffix}")


def read_rows(run: ImportRun, source: Source, places: Places) -> Iterator[Row]:
    """Each row of an upload as its user may import it. Raises `Refused`."""
    reader = RowReader(places, Defaults(run.section, run.department, run.disclosure_item))
    for raw in bounded(source.rows()):
        yield reader.read(raw)


def survey(run: ImportRun, source: Source, tell: Callable[[int], None]) -> Survey:
    """Reads through all rows; a file that cannot be read to its end is a problem too."""
    found, places = Survey(), Places(run.user)
    found.notes += source.findings()
    found.counts["notes"] += len(found.notes)
    try:
        for row in read_rows(run, source, places):
            is_sound = not row.problems and not row.is_left_out
            found.add(row, decide(row, run.source, places) if is_sound else None)
            tell(found.counts["rows"])
    except Refused as refused:
        found.refuse(refused.code, refused.params)
    if not found.counts["rows"] and not found.problems:
        found.refuse("no_rows", {})
    return found


def new_slugs(run: ImportRun, source: Source, tell: Callable[[int], None]) -> dict[int, str]:
    """An address for each row that is new, by its number: made before anything is locked."""
    slugs, places = Slugs(), Places(run.user)
    found: dict[int, str] = {}
    for row in read_rows(run, source, places):
        if row.section and not row.is_left_out and decide(row, run.source, places).act == Act.NEW:
            found[row.number] = slugs.free(row.title, row.section)
        tell(row.number)
    return found
