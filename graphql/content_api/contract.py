"""What front ends may rely on: the SDL as last released, and the changes that break it."""

import datetime
import re
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from graphql import GraphQLSchema, build_schema, find_breaking_changes

RELEASED: Path = settings.BASE_DIR / "graphql" / "released.graphql"
CHANGES: Path = settings.BASE_DIR / "graphql" / "changes.toml"
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2}): .{10,}")


def recorded() -> dict[str, Any]:
    """The entries of `changes.toml` by what changed. Raises `ValueError` for one without a reason
    or without a date.
    """
    entries = tomllib.loads(CHANGES.read_text(encoding="utf-8")).get("change", [])
    for entry in entries:
        if not isinstance(entry.get("date"), datetime.date) or not entry.get("reason", "").strip():
            raise ValueError(f"{CHANGES.name}: give a date and a reason for {entry.get('what')!r}")
    return {entry["what"]: entry for entry in entries}


def unrecorded(released: str, current: str, known: dict[str, Any]) -> list[str]:
    """The changes between two SDLs that would break a front end and that nobody recorded."""
    changes = find_breaking_changes(build_schema(released), build_schema(current))
    return [change.description for change in changes if change.description not in known]


def undated_deprecations(schema: GraphQLSchema) -> list[str]:
    """Deprecated parts whose reason does not begin with the day from which they may be gone."""
    return [
        name
        for name, reason in _deprecations(schema)
        if not (dated := _DATED.match(reason)) or not _is_day(dated[1])
    ]


def _deprecations(schema: GraphQLSchema) -> list[tuple[str, str]]:
    found = []
    for kind in schema.type_map.values():
        parts = {**getattr(kind, "fields", {}), **getattr(kind, "values", {})}
        for name, part in parts.items():
            found.append((f"{kind.name}.{name}", part.deprecation_reason))
            for argument, definition in getattr(part, "args", {}).items():
                found.append((f"{kind.name}.{name}({argument})", definition.deprecation_reason))
    return [(name, reason) for name, reason in found if reason is not None]


def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True
