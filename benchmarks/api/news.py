"""One item of news as its snapshot says it: text, pictures, blocks, documents; always the same."""

import datetime
import hashlib
import uuid
from random import Random
from typing import Any

NAMESPACE = uuid.UUID("5f0c1c56-3a55-4b3c-9a52-6f1e6e7ad001")
_THAI = """
องค์การบริหารส่วนตำบล ประกาศ ประชาชน โครงการ งบประมาณ ถนน หมู่ที่ ประชุม สภา น้ำประปา ขยะ ผู้สูงอายุ
โรงเรียน สุขภาพ ป้องกัน น้ำท่วม ภาษี ที่ดิน แผนพัฒนา กองช่าง กองคลัง รับสมัคร
"""
_ENGLISH = """
office notice residents project budget road village meeting council water waste elders school
health flood prevention tax land plan works division finance applications open
"""
WORDS = {"th": _THAI.split(), "en": _ENGLISH.split()}
KINDS = ("general", "activity", "announcement", "general")
PUBLIC_LINK = '<a href="https://www.example.go.th/{}">{}</a>'


def subject_of(*names: object) -> str:
    """The id of a record of this name: the same in every run."""
    return str(uuid.uuid5(NAMESPACE, " ".join(map(str, names))))


def file_of(*names: object) -> str:
    """The SHA-256 of a file of this name; its bytes are never asked for."""
    return hashlib.sha256(" ".join(map(str, names)).encode()).hexdigest()


def posted_on(number: int) -> datetime.date:
    """Five items a day; the last of the longest run is of December 2025."""
    return datetime.date(2020, 1, 1) + datetime.timedelta(days=number // 5)


class Writer:
    """Writes the fields of item `number` in one language, and notes what they name."""

    def __init__(self, number: int, locale: str) -> None:
        self.number = number
        self.locale = locale
        self.random = Random(number)  # noqa: S311  (no secret)
        self.files: dict[str, dict[str, Any]] = {}
        self.references: set[str] = set()

    def words(self, count: int) -> str:
        """A sentence; Thai is written without spaces between most words."""
        chosen = self.random.choices(WORDS[self.locale], k=count)
        return (" " if self.locale == "en" else "").join(chosen)

    def fields(self, departments: list[str]) -> dict[str, Any]:
        """Every field that such an item fills in."""
        department = departments[self.number % len(departments)]
        self.references.add(department)
        image = self.image(f"lead {self.number}")
        return {
            "summary": self.words(18),
            "department": department,
            "posted_on": posted_on(self.number).isoformat(),
            "kind": KINDS[self.number % len(KINDS)],
            "lead_image": image,
            "lead_image_alt": self.words(6),
            "attachments": [self.block("document", self.document(f"attachment {self.number}"))],
            "body": self.body(),
        }

    def body(self) -> list[dict[str, Any]]:
        """Nine blocks; every tenth item links to the item before it."""
        related = subject_of("news", max(self.number - 1, 0))
        link = PUBLIC_LINK.format(self.number, self.words(2))
        if self.number % 10 == 9:
            self.references.add(related)
            link = f'<a data-subject="{related}">{self.words(2)}</a>'
        paragraphs = "".join(f"<p>{self.words(40)} <b>{self.words(2)}</b></p>" for _ in range(3))
        items = "".join(f"<li>{self.words(8)}</li>" for _ in range(4))
        captioned = {**self.image(f"body {self.number % 300}"), "alt": self.words(5)}
        rows = [[self.words(2), str(n), f"{n * 1250:,}"] for n in range(5)]
        table = {"columns": [self.words(1) for _ in range(3)], "rows": rows}
        documents = [self.document(f"list {self.number} {n}") for n in range(2)]
        values = [
            ("rich_text", paragraphs),
            ("heading", self.words(5)),
            ("rich_text", f"<p>{self.words(30)} {link}</p><ul>{items}</ul>"),
            ("image", {"image": captioned, "caption": self.words(6)}),
            ("table", {"caption": self.words(5), "table": table}),
            ("quote", {"quotation": self.words(20), "attribution": self.words(3)}),
            ("call_out", {"tone": "info", "title": self.words(3), "message": f"<p>{link}</p>"}),
            ("document_list", {"title": self.words(3), "documents": documents}),
            ("rich_text", f"<p>{self.words(50)}</p>"),
        ]
        return [self.block(kind, value) for kind, value in values]

    def block(self, kind: str, value: Any) -> dict[str, Any]:
        """One block with an id of its own."""
        identifier = uuid.UUID(int=self.random.getrandbits(128), version=4)
        return {"id": str(identifier), "type": kind, "value": value}

    def image(self, name: str) -> dict[str, Any]:
        """A picture of 1600 by 1067 pixels."""
        sha256 = file_of("image", name)
        self.files[sha256] = {
            "contentType": "image/jpeg",
            "filename": f"picture-{sha256[:6]}.jpg",
            "size": 400_000 + int(sha256[:4], 16),
            "width": 1600,
            "height": 1067,
        }
        return {"file": sha256, "credit": "กองช่าง", "focalPoint": None}

    def document(self, name: str) -> dict[str, Any]:
        """A PDF."""
        sha256 = file_of("document", name)
        self.files[sha256] = {
            "contentType": "application/pdf",
            "filename": f"document-{sha256[:6]}.pdf",
            "size": 90_000 + int(sha256[:4], 16),
            "width": None,
            "height": None,
        }
        return {"file": sha256, "title": self.words(4)}
