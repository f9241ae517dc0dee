"""Reads the demonstration content from its TOML files."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
FILES_FOLDER = FOLDER / "files"


def read(name: str) -> dict[str, Any]:
    """One file of the content folder, e.g. `read("home.toml")`."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def news() -> list[dict[str, Any]]:
    """Every item of news, in the order of the file names."""
    return [
        tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted((FOLDER / "news").glob("*.toml"))
    ]


def items() -> list[dict[str, Any]]:
    """Every further page and record, in the order of the file names and within each file."""
    return [
        entry
        for path in sorted((FOLDER / "items").glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["item"]
    ]


def files() -> list[dict[str, Any]]:
    """Every image and document, from all files of the files folder's lists."""
    return [
        entry
        for path in sorted(FILES_FOLDER.glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["file"]
    ]


def english_of(*values: Any) -> dict[str, str]:
    """Every Thai text below `values` with its English one, for the translation memory.

    Pairs are found by their keys: `th` and `en`, or `x_th` and `x_en`; lists pair by position.
    """
    texts: dict[str, str] = {}
    for value in values:
        if isinstance(value, list):
            texts.update(english_of(*value))
        elif isinstance(value, dict):
            for key, thai in value.items():
                if key == "th" or key.endswith("_th"):
                    _pair(thai, value.get(f"{key[:-2]}en"), texts)
                elif not key.endswith("en"):
                    texts.update(english_of(thai))
    return texts


def _pair(thai: Any, english: Any, texts: dict[str, str]) -> None:
    if isinstance(thai, list) and isinstance(english, list):
        for one, other in zip(thai, english, strict=False):
            _pair(one, other, texts)
    elif isinstance(thai, str) and isinstance(english, str):
        texts[thai.strip()] = english.strip()
