"""Lists that are needed whole: every slice of them, one after the other."""

from collections.abc import Iterator
from typing import Any

from website.client import query


def every_node(name: str, root: str, variables: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every node of the connection `root` of a stored operation that takes `$after`."""
    after = None
    while True:
        found = query(name, {**variables, "after": after})[root]
        yield from found["nodes"]
        if not found["pageInfo"]["hasNextPage"]:
            return
        after = found["pageInfo"]["endCursor"]
