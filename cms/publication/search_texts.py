"""What of a snapshot a search looks at: title, summary, the words of the body, the files' names.

Only what the snapshot itself says. Titles of other records are left out: those may be withdrawn
while this one stays, and nobody must find it by their words.
"""

import html
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils import translation
from wagtail import blocks
from wagtail.fields import RichTextField

from cms.publication.wording import child_of, choices_of, is_stream, model_of

MAX_TEXT = 200_000  # characters of a body
_BREAK = re.compile(r"</?(?:p|h3|h4|li|ul|ol)\b[^>]*>|<br[^>]*>")
_TAG = re.compile(r"<[^>]*>")
# Hashes, ids, moments, days, addresses: nobody reads them as words.
_NO_WORDS = re.compile(
    r"[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?|(?:https?|mailto|tel):\S*"
)
_NOT_BODY = {"summary", "attachments", "menu_order", "sort_order"}


class Texts(NamedTuple):
    """The texts of one publication, in the order in which a word in them counts."""

    title: str
    summary: str
    body: str
    files: str


def texts_of(data: dict[str, Any]) -> Texts:
    """The texts of a snapshot, choices in words of its language. One line for each part."""
    fields, model = data["fields"], model_of(data)
    with translation.override(data["locale"]):
        parts = [
            part
            for name, value in fields.items()
            if name not in _NOT_BODY
            for part in _texts(value, child_of(model, name))
        ]
    files = [*_titles(fields), *_names(fields, data["files"])]
    body = "\n".join(parts)[:MAX_TEXT]
    return Texts(data["title"], fields.get("summary") or "", body, "\n".join(dict.fromkeys(files)))


def text_of_html(source: str) -> str:
    """The words of rich text, a line for each block element."""
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", source))).strip()


def _texts(value: Any, definition: Any) -> Iterator[str]:
    if isinstance(value, str):
        text = _string(value, definition)
        if text and not _NO_WORDS.fullmatch(text):
            yield text
    elif isinstance(value, int) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, list) and value and is_stream(value):
        for block in value:
            yield from _texts(block["value"], child_of(definition, block["type"]))
    elif isinstance(value, list):
        inner = child_of(definition, "") if isinstance(definition, blocks.ListBlock) else definition
        for item in value:
            yield from _texts(item, inner)
    elif isinstance(value, dict) and not _names_file(value):
        for name, part in value.items():
            yield from _texts(part, child_of(definition, name))


def _string(value: str, definition: Any) -> str:
    if isinstance(definition, RichTextField | blocks.RichTextBlock):
        return text_of_html(value)
    return str(choices_of(definition).get(value, value)).strip()


def _names_file(value: dict[str, Any]) -> bool:
    """Whether this is a picture or a document, not a block that holds one."""
    return isinstance(value.get("file"), str)


def _documents(value: Any) -> Iterator[dict[str, Any]]:
    """Every file that has a title, so a document and no picture."""
    if isinstance(value, list):
        for item in value:
            yield from _documents(item)
    elif isinstance(value, dict):
        if _names_file(value) and "title" in value:
            yield value
        for item in value.values():
            yield from _documents(item)


def _titles(fields: dict[str, Any]) -> Iterator[str]:
    return (document["title"] for document in _documents(fields))


def _names(fields: dict[str, Any], files: dict[str, Any]) -> Iterator[str]:
    described = (files.get(document["file"]) for document in _documents(fields))
    return (file["filename"] for file in described if file)
