"""The same content is the same bytes on SQLite and PostgreSQL: this hash holds on both."""

import json
import uuid

from cms.snapshot.snapshot import latest_snapshot
from tests.office import Office, document

SUBJECT = uuid.UUID("5b0c2f1e-0000-4000-8000-000000000001")
# Changes with the public fields of a section; with the schema, SCHEMA_VERSION must change too.
EXPECTED = "cbb50fbe968fb36f7e277046d08a16e12fb1b37c0bf6b90e35a26d1a26eb7c5d"


def block(number: int, kind: str, value: object) -> dict:
    return {"id": f"5b0c2f1e-0000-4000-8000-{number:012d}", "type": kind, "value": value}


def test_bytes_do_not_depend_on_the_database(open_office: Office):
    open_office.home.translation_key = uuid.UUID("5b0c2f1e-0000-4000-8000-0000000000ff")
    open_office.home.save()
    file = document("ไฟล์ตัวอย่าง".encode(), "ตัวอย่าง.txt")
    body = [
        # Keys in an order that PostgreSQL's jsonb does not keep.
        block(1, "quote", {"quotation": "น้ำใจคนตำบล", "attribution": "ผู้ใหญ่บ้าน"}),
        block(2, "rich_text", '<p data-block-key="zz">หนึ่ง <b>สอง</b> ๓ &amp; four</p>'),
        block(
            3,
            "table",
            {
                "table": {
                    "rows": [{"values": ["ถนน", "1,000"]}],
                    "columns": [
                        {"type": "text", "heading": "รายการ"},
                        {"heading": "บาท", "type": "text"},
                    ],
                    "caption": "",
                },
                "caption": "งบประมาณ",
            },
        ),
        block(4, "document_list", {"title": "", "documents": [file.pk]}),
    ]
    home = open_office.home
    page = open_office.section(home, title="หมวด", slug="section", translation_key=SUBJECT)
    page = open_office.edit(page, body=json.dumps(body), menu_order=7)

    assert latest_snapshot(page).content_hash == EXPECTED
