"""Turns values of the demonstration's TOML into field values and raw StreamField values.

In TOML a text that readers see is a table `{th = "...", en = "..."}`; the English goes into the
translation memory, here only the Thai counts. What a value refers to is a table of one key:
`{image = "file.jpg"}`, `{document = "file.pdf"}`, `{page = "<key>"}`, `{record = "<key>"}`.
A day or moment that must stay near the present is `{days = 14}`, or with a time
`{days = 14, at = 09:30:00}`, counted from the day of loading. Rich text is a list of paragraphs.
"""

import datetime
import uuid
from typing import Any

from django.utils import timezone
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from cms.demonstration.bodies import BodyBuilder
from pages.blocks import BodyBlock
from pages.tables import TableBlock

_TEXTS = blocks.CharBlock | blocks.TextBlock | blocks.URLBlock


class ValueBuilder:
    """Knows every file, page and record that was made so far, by name or key."""

    def __init__(self, images: dict[str, Any], documents: dict[str, Any]) -> None:
        self.named: dict[str, dict[str, Any]] = {
            "image": images,
            "document": documents,
            "page": {},
            "record": {},
        }
        self.bodies = BodyBuilder(images, documents)

    def field(self, value: Any) -> Any:
        """The value of a plain model field: text, number, date, choice, reference."""
        if isinstance(value, datetime.datetime):
            return timezone.make_aware(value)
        if not isinstance(value, dict):
            return value
        if "th" in value:
            return _paragraphs(value["th"])
        if "days" in value:
            return _day(value["days"], value.get("at"))
        ((kind, key),) = value.items()
        return self.named[kind][key]

    def stream(self, block: blocks.StreamBlock, entries: list[dict[str, Any]]) -> list[dict]:
        """The raw value of a StreamField. Each entry names its block in `type`.

        A body is written in the short form that `BodyBuilder` reads.
        """
        if isinstance(block, BodyBlock):
            return self.bodies.body(entries)
        found = []
        for entry in entries:
            child = block.child_blocks[entry["type"]]
            payload = {key: value for key, value in entry.items() if key != "type"}
            value = payload if isinstance(child, blocks.StructBlock) else payload["value"]
            found.append(_with_id(entry["type"], self._raw(child, value)))
        return found

    def _raw(self, block: blocks.Block, value: Any) -> Any:
        """The stored form of one block's value."""
        if isinstance(block, ImageBlock):
            return self.bodies.image_value(value)
        if isinstance(block, TableBlock):
            return self.bodies.table_value(value)
        if isinstance(block, blocks.StructBlock):
            return {
                # Wagtail's form sends an empty text for an empty field, and so must we.
                name: self._raw(child, value.get(name, "" if isinstance(child, _TEXTS) else None))
                for name, child in block.child_blocks.items()
                if name in value or isinstance(child, _TEXTS)
            }
        if isinstance(block, blocks.ListBlock):
            items = value["th"] if isinstance(value, dict) else value
            return [_with_id("item", self._raw(block.child_block, item)) for item in items]
        if isinstance(block, blocks.StreamBlock):
            return self.stream(block, value)
        plain = self.field(value)
        if isinstance(block, blocks.RichTextBlock) and not plain.startswith("<"):
            return f"<p>{plain}</p>"
        if isinstance(block, blocks.ChooserBlock):
            return plain.pk
        if isinstance(plain, datetime.date | datetime.time):
            return plain.isoformat()
        return plain


def _paragraphs(text: Any) -> str:
    return "".join(f"<p>{part}</p>" for part in text) if isinstance(text, list) else text


def _day(days: int, at: datetime.time | None) -> datetime.date:
    day = timezone.localdate() + datetime.timedelta(days=days)
    return timezone.make_aware(datetime.datetime.combine(day, at)) if at else day


def _with_id(name: str, value: Any) -> dict[str, Any]:
    """With an id of its own: without one wagtail-localize would skip it."""
    return {"id": str(uuid.uuid4()), "type": name, "value": value}
