"""ZIP archives from strangers: counted before anything is unpacked, and unpacked by name."""

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cms.opendata import limits
from cms.opendata.problems import Refused

_COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1


@contextmanager
def archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """A ZIP whose contents are within the limits.

    The sizes are those that its directory declares; `zipfile` reads not one byte more of an
    entry than that, and fails on its checksum, so a false declaration gains nothing. Raises
    `Refused`, also for what goes wrong while the caller reads.
    """
    try:
        with zipfile.ZipFile(path) as opened:
            _check(opened.infolist())
            yield opened
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise Refused("broken_archive") from error


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > limits.ARCHIVE_ENTRIES:
        raise Refused("too_many_entries", limit=limits.ARCHIVE_ENTRIES)
    if sum(entry.file_size for entry in entries) > limits.UNPACKED_BYTES:
        raise Refused("unpacks_too_large", limit=limits.UNPACKED_BYTES // limits.MEBIBYTE)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Refused("encrypted")
    if any(entry.compress_type not in _COMPRESSIONS for entry in entries):
        raise Refused("broken_archive")


def unpack(opened: zipfile.ZipFile, name: str, destination: Path) -> Path:
    """Copies one entry to a path of our own choosing, whatever path the archive gives it."""
    with opened.open(name) as entry, destination.open("wb") as file:
        shutil.copyfileobj(entry, file, 1 << 20)
    return destination


def names_by_suffix(opened: zipfile.ZipFile, suffix: str) -> list[str]:
    """The entries that end in `suffix`, shallowest first; what macOS adds is left out."""
    names = [
        name
        for name in opened.namelist()
        if name.lower().endswith(suffix) and not name.startswith("__MACOSX/")
    ]
    return sorted(names, key=lambda name: (name.count("/"), name))
