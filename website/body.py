"""Prepares the blocks of a page for their templates."""

from typing import Any

from django.utils.text import camel_case_to_spaces

from cms.thai.numbers import holds_numbers
from website.charts import drawn

MIN_HEADINGS = 3  # fewer need no list of contents


def template_names(typename: str, folder: str = "website") -> list[str]:
    """The template of a type, e.g. `website/news_page.html`, and the one for types we know not."""
    stem = camel_case_to_spaces(typename).replace(" ", "_")
    return [f"{folder}/{stem}.html", f"{folder}/unknown.html"]


def prepared(value: Any) -> Any:
    """A list of blocks, each with its `templates`; any other value of a page as it is.

    Tables say which of their columns hold numbers; figures bring the chart drawn from them.
    """
    if not isinstance(value, list):
        return value
    return [_prepared_block(item) if _is_block(item) else item for item in value]


def _is_block(item: Any) -> bool:
    return isinstance(item, dict) and item.get("__typename", "").endswith("Block")


def _prepared_block(block: dict[str, Any]) -> dict[str, Any]:
    extra: dict[str, Any] = {"templates": template_names(block["__typename"], "website/blocks")}
    if "table" in block:
        extra["table"] = marked(block["table"])
    if block["__typename"] == "StatisticsBlock":
        extra["drawn"] = drawn(block)
    if block.get("preview"):
        extra["preview"] = _typed(block["preview"])
    return {**block, **extra}


def contents(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The heading blocks of a long page, for a list of contents; none for a short one."""
    headings = [block for block in blocks if block["__typename"] == "HeadingBlock"]
    return headings if len(headings) >= MIN_HEADINGS else []


def marked(table: dict[str, Any]) -> dict[str, Any]:
    """Each text with whether its column holds numbers, which stand better to the right."""
    columns, rows = table["columns"], table["rows"]
    numeric = [
        holds_numbers(row[index] for row in rows if index < len(row))
        for index in range(len(columns))
    ]
    return {
        "columns": list(zip(columns, numeric, strict=True)),
        "rows": [list(zip(row, numeric, strict=False)) for row in rows],
    }


def _typed(preview: dict[str, Any]) -> dict[str, Any]:
    """The same of the first rows of a resource, whose types of columns are known."""
    numeric = [column["type"] != "text" for column in preview["columns"]]
    names = [column["name"] for column in preview["columns"]]
    return {
        "columns": list(zip(names, numeric, strict=True)),
        "rows": [list(zip(row, numeric, strict=True)) for row in preview["rows"]],
    }
