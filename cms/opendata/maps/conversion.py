"""One uploaded map into one target: a format, the preview, or a check."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cms.opendata.formats import PREVIEW
from cms.opendata.maps.preview import preview_of
from cms.opendata.maps.source import Feature, MapSource
from cms.opendata.maps.writers import WRITERS
from cms.opendata.problems import Refused

Progress = Callable[[int], None]
_CHECKED_BATCHES = 1


def convert_map(
    source: Path, filename: str, target: str, result: Path, progress: Progress
) -> dict[str, Any]:
    """Writes `source` as `target` to `result`, telling `progress` how many features are done.

    Returns the number of features; where the preview is the target, all of it, and `result` is a
    drawing. Works in the folder of `result`. Raises `Refused`.
    """
    opened = _opened(source, filename, result.parent)
    if target == PREVIEW:
        return preview_of(opened, result, progress)
    batches = _Counted(opened.batches(), progress)
    WRITERS[target](opened, batches, result)
    if not batches.places:
        raise Refused("no_features")
    return {"count": batches.done}


def check_map(source: Path, filename: str, folder: Path) -> None:
    """Reads the first features. Raises `Refused` where the file cannot be published as a map."""
    batches = _opened(source, filename, folder).batches(_CHECKED_BATCHES)
    if not any(feature.geometry for batch in batches for feature in batch):
        raise Refused("no_features")


def _opened(source: Path, filename: str, folder: Path) -> MapSource:
    unpacked = folder / "source"
    unpacked.mkdir()
    return MapSource(source, filename, unpacked)


class _Counted:
    """Batches that tell how many features, and how many places among them, have gone by."""

    def __init__(self, batches: Iterator[list[Feature]], progress: Progress) -> None:
        self.done = self.places = 0
        self._batches, self._progress = batches, progress

    def __iter__(self) -> Iterator[list[Feature]]:
        for batch in self._batches:
            yield batch
            self.done += len(batch)
            self.places += sum(feature.geometry is not None for feature in batch)
            self._progress(self.done)
