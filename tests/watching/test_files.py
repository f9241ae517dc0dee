"""Public files: missing, changed, right again; read in small pieces, going on after a kill."""

import hashlib
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from cms.oversight.models import LinkCheck
from cms.publication.models import PinnedFile
from cms.watching import files
from cms.watching.files import check_files, glance_at_files
from cms.watching.models import Finding, Pass, open_findings
from tests.office import Office, document
from tests.website.reading import block

Problem = Finding.Problem


def attach(office: Office, content: bytes = b"%PDF-1.4 one") -> PinnedFile:
    """A public file, on a public page."""
    attachment = block("document", document(content).pk)
    page = office.edit(office.draft(), attachments=json.dumps([attachment]))
    office.show(page)
    return PinnedFile.objects.latest("pk")


def put(pinned: PinnedFile, content: bytes) -> None:
    """Replaces a public file, as somebody with the storage could."""
    PinnedFile.storage().delete(pinned.storage_name)
    PinnedFile.storage().save(pinned.storage_name, ContentFile(content))


@pytest.fixture
def pinned(mailed_office: Office) -> Iterator[PinnedFile]:
    """One public file; put back afterwards, as other tests may share its content."""
    row = attach(mailed_office, b"%PDF-1.4 watched")
    yield row
    put(row, b"%PDF-1.4 watched")


def found() -> list[str]:
    return list(open_findings().values_list("problem", flat=True))


def test_files_that_are_right_are_no_finding(pinned: PinnedFile):
    check_files()

    assert found() == []
    assert Pass.objects.get(name="files").checked == PinnedFile.objects.count()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, Problem.FILE_MISSING),
        (b"%PDF-1.4 Watched", Problem.FILE_CHANGED),
        (b"%PDF", Problem.FILE_CHANGED),
    ],
)
def test_file_that_is_not_as_it_was_published_is_told(
    pinned: PinnedFile, received: Callable, content: bytes | None, problem: str
):
    PinnedFile.storage().delete(pinned.storage_name)
    if content is not None:
        put(pinned, content)

    check_files()
    check_files()

    assert found() == [problem]
    ((_subject, text),) = received("administrator")
    assert pinned.sha256 in text


def test_file_that_is_right_again_is_over(pinned: PinnedFile, received: Callable):
    PinnedFile.storage().delete(pinned.storage_name)
    check_files()
    put(pinned, b"%PDF-1.4 watched")

    check_files()

    assert found() == []
    assert len(received("administrator")) == 2
    assert not LinkCheck.objects.exists()


def test_broken_file_joins_the_report_with_the_pages_that_name_it(pinned: PinnedFile):
    PinnedFile.storage().delete(pinned.storage_name)

    check_files()

    check = LinkCheck.objects.get()
    assert (check.state, check.message) == ("broken", "file-missing")
    assert list(check.publications.all()) == list(pinned.publications.all())


def test_look_at_drift_finds_missing_files_without_reading(pinned: PinnedFile, monkeypatch: Any):
    monkeypatch.setattr(files, "_digest", None)
    PinnedFile.storage().delete(pinned.storage_name)

    glance_at_files()

    assert found() == [Problem.FILE_MISSING]


def test_look_without_reading_does_not_end_what_reading_found(pinned: PinnedFile):
    put(pinned, b"%PDF-1.4 Watched")
    check_files()

    glance_at_files()

    assert found() == [Problem.FILE_CHANGED]


def test_each_look_goes_on_with_the_next_files(mailed_office: Office, monkeypatch: Any):
    for number in range(3):
        attach(mailed_office, f"%PDF-1.4 {number}".encode())
    monkeypatch.setattr(files, "GLANCES", 2)
    last = PinnedFile.objects.latest("pk")
    looks = []

    while Pass.objects.filter(name="glance", finished_at__isnull=False).count() == 0:
        glance_at_files()
        looks.append(Pass.objects.get(name="glance").cursor)

    assert looks == sorted(looks)
    assert looks[-1] == last.pk


def test_pass_that_was_killed_goes_on_with_the_files_that_are_left(
    mailed_office: Office, monkeypatch: Any
):
    rows = [attach(mailed_office, f"%PDF-1.4 {number}".encode()) for number in range(4)]
    monkeypatch.setattr(files, "CHUNK", 1)
    read: list[str] = []
    real = files._digest

    def digest(pinned: PinnedFile) -> str:
        read.append(pinned.sha256)
        if read[-1] == rows[2].sha256 and read.count(rows[2].sha256) == 1:
            raise SystemExit("killed")
        return real(pinned)

    monkeypatch.setattr(files, "_digest", digest)
    with pytest.raises(SystemExit):
        check_files()
    check_files()

    twice = {sha256 for sha256 in read if read.count(sha256) > 1}
    assert twice == {rows[2].sha256}
    assert len(set(read)) == PinnedFile.objects.count()


def test_large_file_is_read_in_small_pieces(db: Any):
    content = b"x" * 24_000_000
    row = PinnedFile(sha256=hashlib.sha256(content).hexdigest(), size=len(content))
    PinnedFile.storage().save(row.storage_name, io.BytesIO(content))
    tracemalloc.start()

    problem = files.problem_of(row)

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    Path(PinnedFile.storage().path(row.storage_name)).unlink()
    assert problem == ""
    assert peak < 6_000_000
