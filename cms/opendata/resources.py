"""The resources that a publication's snapshot names."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cms.opendata.formats import MAP, TABLE

BLOCK_KINDS = {"table_resource": TABLE, "map_resource": MAP}


@dataclass(frozen=True)
class Resource:
    """One uploaded table or map: its block's id, its kind, and its file's hash."""

    id: str
    kind: str
    sha256: str


def resources_of(data: dict[str, Any]) -> Iterator[Resource]:
    """Every table and map of a snapshot; nothing for a type without resources."""
    for block in data["fields"].get("resources") or []:
        kind = BLOCK_KINDS.get(block["type"])
        file = block["value"].get("file")
        if kind and file:
            yield Resource(block["id"], kind, file["file"])
