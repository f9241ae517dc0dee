"""Conversions outside the database, as short verbs."""

from pathlib import Path
from typing import Any

import pytest

from cms.opendata.problems import PROBLEMS, Refused
from cms.opendata.sandbox import run
from cms.opendata.tables.conversion import check_table, convert_table
from cms.opendata.worker import CHECK


def converted(source: Path, target: str) -> Path:
    """A table as `target`, converted in this process."""
    result = source.parent / f"result.{target}"
    convert_table(source, source.name, target, result, lambda done: None)
    return result


def preview(source: Path) -> dict[str, Any]:
    """The preview of a table."""
    return convert_table(source, source.name, "preview", source.parent / "none", lambda done: None)


def converted_map(source: Path, target: str) -> Path:
    """A map as `target`, converted in the limited process."""
    work = source.parent / f"work-{target}"
    work.mkdir()
    run("map", target, source, source.name, work)
    return work / "result"


def map_preview(source: Path) -> dict[str, Any]:
    """The preview of a map."""
    work = source.parent / "work-preview"
    work.mkdir()
    return run("map", "preview", source, source.name, work)


def refusal(kind: str, source: Path) -> str:
    """The code with which an upload is refused; its message has words for every value."""
    with pytest.raises(Refused) as caught:
        _check(kind, source)
    assert str(PROBLEMS[caught.value.code]) % caught.value.params
    return caught.value.code


def _check(kind: str, source: Path) -> None:
    if kind == "table":  # quicker in this process
        check_table(source, source.name)
    else:
        run(kind, CHECK, source, source.name, source.parent)
