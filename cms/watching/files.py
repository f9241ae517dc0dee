"""Public files: there, of the right size, and of the right content."""

import hashlib
import time

from django.db import transaction

from cms.publication.models import PinnedFile
from cms.watching.findings import Problem, end_finding, note_finding, tell
from cms.watching.models import Pass
from cms.watching.own_links import note_broken_file

BLOCK = 1 << 20  # bytes read at once
CHUNK = 50  # files between two notes of how far it is
GLANCES = 500  # files of which one look at drift asks whether they are there
_FILE_PROBLEMS = (Problem.FILE_MISSING, Problem.FILE_CHANGED)


def check_files() -> None:
    """One night's pass over every public file, read to its end in small pieces.

    Killed, it goes on with the files that are left.
    """
    work = Pass.resume("files")
    while chunk := _next(work, CHUNK):
        for pinned in chunk:
            _note(pinned, problem_of(pinned))
        work.advance(chunk[-1].pk, len(chunk))
    work.finish()
    tell()


def glance_at_files() -> None:
    """Whether some files are there, of the right size; the next call looks at the next ones."""
    work = Pass.resume("glance")
    chunk = _next(work, GLANCES)
    for pinned in chunk:
        problem = problem_of(pinned, content=False)
        if problem:
            _note(pinned, problem)
        else:
            # Whether a changed file is right again, only reading it to its end can tell.
            end_finding([Problem.FILE_MISSING], pinned.sha256)
    if chunk:
        work.advance(chunk[-1].pk, len(chunk))
    if len(chunk) < GLANCES:
        work.finish()


def _next(work: Pass, number: int) -> list[PinnedFile]:
    return list(PinnedFile.objects.filter(pk__gt=work.cursor).order_by("pk")[:number])


def problem_of(pinned: PinnedFile, content: bool = True) -> str:
    """What is wrong with a public file; empty: nothing. `content`: it is read and hashed."""
    storage = PinnedFile.storage()
    try:
        if storage.size(pinned.storage_name) != pinned.size:
            return Problem.FILE_CHANGED
        if content and _digest(pinned) != pinned.sha256:
            return Problem.FILE_CHANGED
    except FileNotFoundError:
        return Problem.FILE_MISSING
    except OSError:
        # Some storages say it otherwise; a network that fails for a moment is asked again.
        time.sleep(1)
        if not storage.exists(pinned.storage_name):
            return Problem.FILE_MISSING
        raise
    return ""


def _digest(pinned: PinnedFile) -> str:
    digest = hashlib.sha256()
    with PinnedFile.storage().open(pinned.storage_name) as stream:
        for block in iter(lambda: stream.read(BLOCK), b""):
            digest.update(block)
    return digest.hexdigest()


@transaction.atomic
def _note(pinned: PinnedFile, problem: str) -> None:
    """One file: the finding for administrators, and the row of the report of broken links."""
    others = [one for one in _FILE_PROBLEMS if one != problem]
    end_finding(others, pinned.sha256)
    if problem:
        note_finding(problem, pinned.sha256, pinned.filename, f"sha256 {pinned.sha256}")
    note_broken_file(pinned, problem)
