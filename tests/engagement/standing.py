"""Forms that stand in public, and citizens who fill them in, as short verbs."""

import datetime
import json
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cms.engagement.definition import current_definition
from cms.engagement.guard import MIN_SECONDS, issue_token
from cms.engagement.reception import Receipt, Refusal, receive
from cms.publication.addresses import address_for, move_address
from cms.publication.models import Publication, facets
from cms.publication.publish import close_earlier
from cms.snapshot.snapshot import latest_snapshot
from pages.models import ConsultationPage, DeskPage, FormPage
from tests.office import Office, png

CLIENT = "203.0.113.7"
TYPES: dict[str, Any] = {"form": FormPage, "opinion": ConsultationPage}
NOTICE = {
    "purpose": "เพื่อติดต่อกลับและดำเนินการ",
    "legal_basis": "อำนาจหน้าที่ของรัฐ มาตรา 24 (4)",
    "recipients": "สำนักปลัด",
    "retention_days": 90,
    "thank_you": "ขอบคุณ",
}
TODAY = datetime.date.today()
BODY = json.dumps([{"type": "heading", "value": "ประเด็น", "id": str(uuid.uuid4())}])
STEP = {"title": "รับเรื่อง", "duration": 1, "unit": "day", "responsible": "สำนักปลัด"}
# A desk for complaints says how it works.
EXPLAINED = {
    "body": BODY,
    "steps": json.dumps([{"type": "step", "value": STEP, "id": str(uuid.uuid4())}]),
}
EXTRA = {
    "form": {},
    "question": {"channel": "question"},
    "complaint": {"channel": "complaint", **EXPLAINED},
    "corruption": {"channel": "corruption", **EXPLAINED},
    "opinion": {
        "body": BODY,
        "accepts_from": TODAY - datetime.timedelta(days=7),
        "accepts_until": TODAY + datetime.timedelta(days=7),
    },
}


def asks(kind: str, label: str = "ช่อง", **value: Any) -> dict[str, Any]:
    """One field of a definition."""
    value = {"label": label, "help_text": "", "required": False, **value}
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


NAME = asks("single_line_field", "ชื่อ", required=True)
WORDS = asks("multi_line_field", "ข้อความ", required=True)
EMAIL = asks("email_field", "อีเมล")
TELEPHONE = asks("telephone_field", "โทรศัพท์")
DAY = asks("date_field", "วันที่")
PICTURE = asks("file_field", "ภาพถ่าย")
FIELDS = [NAME, WORDS, EMAIL, TELEPHONE, DAY, PICTURE]


class Form:
    """One form that stands in public, and what a citizen sends to it.

    Its snapshot is a real draft's. It enters the record without the signatures, which take a
    second each; `test_forms.py` takes each type of page through them.
    """

    def __init__(self, channel: str, locale: str = "th", **fields: Any) -> None:
        self.office, self.locale, self.channel = Office(), locale, channel
        parent = self.office.english_news if locale == "en" else self.office.news
        given = {"title": "แบบฟอร์มทดสอบ", **NOTICE, **EXTRA[channel]}
        self.page = self.office.page(parent, TYPES.get(channel, DeskPage), **given)
        self.subject = str(self.page.translation_key)
        self.publish(**{"form_fields": FIELDS, **fields})

    def publish(self, **fields: Any) -> Publication:
        """Puts a new version into the record."""
        if "form_fields" in fields:
            fields["form_fields"] = json.dumps(fields["form_fields"])
        self.page = self.office.edit(self.page, **fields)
        snapshot, now = latest_snapshot(self.page), timezone.now()
        self.address = address_for(snapshot.data)
        close_earlier(self.address, now)
        self.publication = Publication.append(
            address=self.address,
            kind=Publication.Kind.PUBLICATION,
            snapshot=snapshot.text,
            content_hash=snapshot.content_hash,
            signatures="[]",
            published_at=now,
            effective_from=now,
            **facets(snapshot.data),
        )
        move_address(self.address, snapshot.data)
        return self.publication

    @property
    def url(self) -> str:
        """Where any front end posts it."""
        return f"/desk/{self.address.short_id}/{self.locale}/"

    def typed(self, **data: Any) -> dict[str, Any]:
        """A form filled in rightly, with changes, by somebody who took their time."""
        return {
            "token": self.token(),
            "homepage": "",
            NAME["id"]: "สมหญิง ตัวอย่าง",
            WORDS["id"]: "ไฟถนนดับหน้าตลาด",
            **data,
        }

    def token(self, seconds_ago: int = MIN_SECONDS + 1) -> str:
        """The token of a form that was opened some seconds ago."""
        definition = current_definition(self.subject, self.locale)
        if definition is None:
            return ""
        now = timezone.now
        try:
            timezone.now = lambda: now() - datetime.timedelta(seconds=seconds_ago)
            return issue_token(definition)
        finally:
            timezone.now = now

    def send(
        self, data: dict[str, Any] | None = None, files: Any = None, client: str = CLIENT
    ) -> Receipt | Refusal:
        """Sends the form as it was filled in."""
        return receive(self.subject, self.locale, data or self.typed(), files or {}, client)


def picture(name: str = "ภาพ.png", content: bytes | None = None) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content if content is not None else png("teal", (60, 40)))
