"""What readers get of published resources, for the API: few queries, whatever their number."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cms.opendata.formats import FORMATS, PREVIEW, Format
from cms.opendata.models import Conversion
from cms.opendata.resources import Resource, resources_of
from cms.publication.models import PinnedFile, Publication

READY, PREPARING, INCOMPLETE = "ready", "preparing", "incomplete"


@dataclass(frozen=True)
class Download:
    """One converted file. Its address is `file.path`."""

    format: Format
    file: PinnedFile


@dataclass
class ResourceDownloads:
    """Everything that was made of one uploaded table or map.

    `state`: `ready`, `preparing` while something waits or runs, `incomplete` where some format
    could not be made. `preview`: of a table `columns` and first `rows`; of a map `columns`,
    `bounds` (west, south, east, north in degrees) and simplified `geojson`. `drawing`: of a map,
    an SVG. `count`: rows or features, None before the preview is made.
    """

    kind: str
    state: str = PREPARING
    files: list[Download] = field(default_factory=list)
    preview: dict[str, Any] | None = None
    count: int | None = None
    drawing: PinnedFile | None = None


def downloads(publications: Iterable[Publication]) -> dict[int, dict[str, ResourceDownloads]]:
    """For each publication's key: its resources' downloads by the id of their block."""
    named = {publication.pk: list(resources_of(publication.data)) for publication in publications}
    found = _by_file({resource.sha256 for rows in named.values() for resource in rows})
    return {
        key: {resource.id: _collected(resource, found) for resource in rows}
        for key, rows in named.items()
    }


def _by_file(hashes: set[str]) -> dict[tuple[str, str], dict[str, Conversion]]:
    """The conversions of every file and kind by their target: one query."""
    rows = Conversion.objects.filter(source__sha256__in=hashes).select_related("source", "result")
    found: dict[tuple[str, str], dict[str, Conversion]] = {}
    for row in rows if hashes else ():
        found.setdefault((row.source.sha256, row.kind), {})[row.target] = row
    return found


def _collected(
    resource: Resource, found: dict[tuple[str, str], dict[str, Conversion]]
) -> ResourceDownloads:
    made = found.get((resource.sha256, resource.kind), {})
    collected = ResourceDownloads(resource.kind, state=_state(made))
    for one in FORMATS[resource.kind]:
        conversion = made.get(one.key)
        if conversion and conversion.result:
            collected.files.append(Download(one, conversion.result))
    preview = made.get(PREVIEW)
    if preview and preview.summary:
        collected.preview, collected.count = preview.summary, preview.summary["count"]
        collected.drawing = preview.result
    return collected


def _state(made: dict[str, Conversion]) -> str:
    states = {conversion.state for conversion in made.values()}
    if not states or states & {Conversion.State.WAITING, Conversion.State.RUNNING}:
        return PREPARING
    return INCOMPLETE if Conversion.State.FAILED in states else READY
