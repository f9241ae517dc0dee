"""Prepares the blocks of a page for their templates."""

import re
from typing import Any

from django.utils.text import camel_case_to_spaces

_NUMBER = re.compile(r"[-–+]?[\d,.]+ ?%?")
MIN_HEADINGS = 3  # fewer need no list of contents


def template_names(typename: str, folder: str = "website") -> list[str]:
    """The template of a type, e.g. `website/news_page.html`, and the one for types we know not."""
    stem = camel_case_to_spaces(typename).replace(" ", "_")
    return [f"{folder}/{stem}.html", f"{folder}/unknown.html"]


def prepared(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same blocks, each with its `templates`; tables with the columns that hold numbers."""
    ready = []
    for block in blocks:
        templates = template_names(block["__typename"], "website/blocks")
        extra = {"table": _marked(block["table"])} if "table" in block else {}
        ready.append({**block, **extra, "templates": templates})
    return ready


def contents(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The heading blocks of a long page, for a list of contents; none for a short one."""
    headings = [block for block in blocks if block["__typename"] == "HeadingBlock"]
    return headings if len(headings) >= MIN_HEADINGS else []


def _marked(table: dict[str, Any]) -> dict[str, Any]:
    """Each text with whether its column holds numbers, which stand better to the right."""
    columns, rows = table["columns"], table["rows"]
    numeric = [
        _is_numeric([row[index] for row in rows if index < len(row)])
        for index in range(len(columns))
    ]
    return {
        "columns": list(zip(columns, numeric, strict=True)),
        "rows": [list(zip(row, numeric, strict=False)) for row in rows],
    }


def _is_numeric(cells: list[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and all(_NUMBER.fullmatch(cell) for cell in filled)
