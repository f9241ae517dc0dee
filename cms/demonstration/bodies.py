"""Body blocks of the demonstration content as StreamField values."""

import uuid
from typing import Any

from pages.models import OfficeDocument, OfficeImage


class BodyBuilder:
    """Turns the TOML blocks of an item into the raw value of a StreamField, in Thai."""

    def __init__(
        self, images: dict[str, OfficeImage], documents: dict[str, OfficeDocument]
    ) -> None:
        self.images = images
        self.documents = documents

    def body(self, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each block with an id of its own: without one wagtail-localize would skip it."""
        return [
            {"id": _id(), "type": name, "value": value}
            for name, value in (getattr(self, f"_{block['type']}")(block) for block in blocks)
        ]

    def _heading(self, block: dict[str, Any]) -> tuple[str, Any]:
        return "heading", block["th"]

    def _paragraphs(self, block: dict[str, Any]) -> tuple[str, Any]:
        return "rich_text", "".join(f"<p>{text}</p>" for text in block["th"])

    def _list(self, block: dict[str, Any]) -> tuple[str, Any]:
        tag = "ol" if block.get("ordered") else "ul"
        items = "".join(f"<li>{text}</li>" for text in block["th"])
        return "rich_text", f"<{tag}>{items}</{tag}>"

    def _image(self, block: dict[str, Any]) -> tuple[str, Any]:
        return "image", self._captioned(block)

    def _gallery(self, block: dict[str, Any]) -> tuple[str, Any]:
        return "gallery", {"images": [_item(self._captioned(image)) for image in block["images"]]}

    def _captioned(self, image: dict[str, Any]) -> dict[str, Any]:
        return {"image": self.image_value(image), "caption": image.get("caption_th", "")}

    def image_value(self, image: dict[str, Any]) -> dict[str, Any]:
        """An image with its alternative text; decorative where that is empty."""
        alt = image["alt_th"]
        return {
            "image": self.images[image["file"]].pk,
            "alt_text": alt,
            "decorative": not alt,
        }

    def table_value(self, table: dict[str, Any]) -> dict[str, Any]:
        """The cells of a table, from `columns_th` and `rows_th`."""
        return {
            "columns": [{"type": "text", "heading": text} for text in table["columns_th"]],
            "rows": [{"values": row} for row in table["rows_th"]],
            "caption": "",
        }

    def _table(self, block: dict[str, Any]) -> tuple[str, Any]:
        return "table", {"caption": block["caption_th"], "table": self.table_value(block)}

    def _statistics(self, block: dict[str, Any]) -> tuple[str, Any]:
        return "statistics", {
            "caption": block["caption_th"],
            "unit": block.get("unit_th", ""),
            "chart": block.get("chart", "bar"),
            "table": self.table_value(block),
            "source": block.get("source_th", ""),
        }

    def _documents(self, block: dict[str, Any]) -> tuple[str, Any]:
        return "document_list", {
            "title": block.get("title_th", ""),
            "documents": [_item(self.documents[name].pk) for name in block["files"]],
        }

    def _quote(self, block: dict[str, Any]) -> tuple[str, Any]:
        return "quote", {
            "quotation": block["th"],
            "attribution": block.get("attribution_th", ""),
        }

    def _video(self, block: dict[str, Any]) -> tuple[str, Any]:
        return "video", {"url": block["url"], "title": block["title_th"]}

    def _callout(self, block: dict[str, Any]) -> tuple[str, Any]:
        return "call_out", {
            "tone": block["tone"],
            "title": block.get("title_th", ""),
            "message": f"<p>{block['th']}</p>",
        }


def _item(value: Any) -> dict[str, Any]:
    return {"id": _id(), "type": "item", "value": value}


def _id() -> str:
    return str(uuid.uuid4())
