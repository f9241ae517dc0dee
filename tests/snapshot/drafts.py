"""A draft with every kind of content, and what an editor might change in it."""

import datetime
import json
from typing import Any

from hypothesis import strategies as st

from cms.snapshot.snapshot import latest_snapshot
from pages.models import NewsPage
from tests.office import PROCUREMENT, Office, document, image

# No control characters: PostgreSQL stores no NUL, forms strip the others.
TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
THAI = st.text(alphabet=st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), max_size=60)

MOMENT = datetime.datetime(2030, 8, 17, 9, tzinfo=datetime.UTC)
STREAMS = ("body", "attachments")
BLOCK_TYPES = sorted(NewsPage._meta.get_field("body").stream_block.child_blocks)
PUBLIC_CHANGES = {
    "summary": "อื่น",
    "correction_note": "อื่น",
    "posted_on": datetime.date(2030, 8, 17),
    "is_urgent": True,
    "menu_order": 7,
    "kind": "procurement",
    "lead_image_alt": "อื่น",
    "lead_image": None,
    "attachments": "[]",
    "official_information": ["s9-3"],
    "procurement": PROCUREMENT,
    "body": "[]",
}
RECORD_CHANGES = {"department", "disclosure_item", "related_pages"}


class Media:
    """The records that the draft's blocks refer to."""

    def __init__(self) -> None:
        self.picture, self.other_picture = image("teal"), image("red")
        self.paper, self.other_paper = document(b"one"), document(b"two", name="two.pdf")


def pictured(picture: Any, alt: str = "ภาพ", caption: str = "", decorative: bool = False) -> dict:
    """The stored value of an image block."""
    chosen = {"image": picture.pk, "alt_text": alt, "decorative": decorative}
    return {"image": chosen, "caption": caption}


def listed(*values: Any) -> list[dict]:
    """The stored value of a list block."""
    return [{"type": "item", "id": f"item-{n}", "value": v} for n, v in enumerate(values)]


def table(heading: str = "วันที่", cell: str = "1", caption: str = "กำหนดการ") -> dict:
    """The stored value of a table block."""
    columns, rows = [{"type": "text", "heading": heading}], [{"values": [cell]}]
    return {"caption": caption, "table": {"columns": columns, "rows": rows, "caption": ""}}


def block_versions(media: Media) -> dict[str, list[Any]]:
    """For each type of block a stored value, and then values of which each differs from it."""
    one, two, paper = media.picture, media.other_picture, media.paper.pk
    video = "https://youtu.be/abcdef12345"
    return {
        "heading": ["หัวข้อ", "หัวข้ออื่น"],
        "rich_text": ["<p>ความ</p>", "<p>ความอื่น</p>", "<p><b>ความ</b></p>"],
        "image": [
            pictured(one),
            pictured(two),
            pictured(one, alt="อื่น"),
            pictured(one, caption="คำ"),
            pictured(one, decorative=True),
        ],
        "gallery": [
            {"images": listed(pictured(one))},
            {"images": listed(pictured(two))},
            {"images": listed(pictured(one), pictured(one))},
        ],
        "table": [table(), table(heading="เวลา"), table(cell="2"), table(caption="อื่น")],
        "statistics": [
            {**table(), "unit": "คน", "chart": "bar", "source": "ก"},
            {**table(), "unit": "บาท", "chart": "bar", "source": "ก"},
            {**table(), "unit": "คน", "chart": "line", "source": "ก"},
            {**table(), "unit": "คน", "chart": "bar", "source": "ข"},
            {**table(cell="2"), "unit": "คน", "chart": "bar", "source": "ก"},
        ],
        "document_list": [
            {"title": "ก", "documents": listed(paper)},
            {"title": "ข", "documents": listed(paper)},
            {"title": "ก", "documents": listed(media.other_paper.pk)},
        ],
        "quote": [
            {"quotation": "ก", "attribution": "ข"},
            {"quotation": "ค", "attribution": "ข"},
            {"quotation": "ก", "attribution": "ค"},
        ],
        "video": [
            {"url": video, "title": "ก"},
            {"url": f"{video}6", "title": "ก"},
            {"url": video, "title": "ข"},
        ],
        "call_out": [
            {"tone": "info", "title": "ก", "message": "<p>ข</p>"},
            {"tone": "warning", "title": "ก", "message": "<p>ข</p>"},
            {"tone": "info", "title": "ค", "message": "<p>ข</p>"},
            {"tone": "info", "title": "ก", "message": "<p>ค</p>"},
        ],
    }


def stream(*blocks: tuple[str, Any]) -> str:
    """The stored JSON of a StreamField."""
    items = [{"type": t, "value": v, "id": f"block-{n}"} for n, (t, v) in enumerate(blocks)]
    return json.dumps(items)


def full_draft(office: Office, media: Media) -> NewsPage:
    """An item of news in which every field and block is filled in."""
    section = office.section(office.home, title="ข่าว", slug="press")
    blocks = [(name, values[0]) for name, values in block_versions(media).items()]
    return office.draft(
        section,
        title="ข่าวทดสอบ",
        slug="item",
        summary="สรุป",
        lead_image=media.picture,
        lead_image_alt="ภาพ",
        attachments=stream(("document", media.paper.pk)),
        body=stream(*blocks),
    )


def text_of(page: NewsPage, **changes: Any) -> str:
    """The canonical JSON of a further draft in which `changes` were made."""
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision(clean=False)
    return latest_snapshot(type(page).objects.get(pk=page.pk)).text
