"""What clerks do all day, in Thai: write structured pages, be corrected, answer citizens."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Citizen, Desk, Server

pytestmark = pytest.mark.e2e

MANUALS = "คู่มือสำหรับประชาชน"
MANUAL = "ขอใช้หอประชุมตำบล (ตัวอย่าง)"
HALF_A_MANUAL = "ขอยืมเต็นท์และเก้าอี้ (ตัวอย่าง)"
CRITERIA = "ผู้มีภูมิลำเนาในตำบลตัวอย่าง ขอใช้ได้ครั้งละไม่เกินสามวัน"
COUNTER = {"kind": "counter", "name": "สำนักปลัด ชั้น 1", "hours": "วันและเวลาราชการ"}
STEPS = [
    {"title": "ยื่นคำขอ", "duration": "10", "unit": "minute", "responsible": "สำนักปลัด"},
    {"title": "รับกุญแจ", "duration": "80", "unit": "minute", "responsible": "กองช่าง"},
]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
QUESTION = "ปีนี้จะลอกคลองหมู่ที่ 3 เมื่อไร"
ANSWER = "กองช่างจะลอกคลองในเดือนธันวาคม"
REPORT = "มีการเรียกเงินเพื่อออกใบอนุญาต"


@pytest.fixture
def sender(server: Server, citizen: Page) -> Citizen:
    """Somebody who writes to the office."""
    return Citizen(server, citizen)


def test_manual_is_written_signed_and_read(server: Server, desk: Desk, citizen: Page):
    form = desk.begin(desk.section_id(MANUALS), "ServiceManualPage")
    form.fill("#id_title", MANUAL)
    form.fill("#id_last_reviewed", "20/11/2569")
    desk.write_text("criteria", CRITERIA)
    for step in STEPS:
        desk.add_block("steps", step)
    desk.add_block("required_documents", {"name": "บัตรประจำตัวประชาชน", "copies": "2"})
    form.check("#id_no_fees")
    desk.add_block("channels", COUNTER)
    desk.add_block("legal_bases", {"name": "ระเบียบว่าด้วยการใช้หอประชุม (ตัวอย่าง)"})
    desk.add_block("complaint_channels", COUNTER)
    desk.send()

    page_id = desk.page_id(MANUAL)
    for role in ("reporter", "approver"):
        desk.sign(role, page_id)
    assert MANUAL not in server.read("/th/services/citizen-manuals/")
    desk.sign("publisher", page_id)

    citizen.goto(f"{server.url}/th/services/citizen-manuals/")
    citizen.get_by_role("link", name=MANUAL).click()
    expect(citizen.locator("main h1")).to_have_text(MANUAL)
    expect(citizen.locator("ol.steps > li > h3")).to_have_text(["ยื่นคำขอ", "รับกุญแจ"])
    expect(citizen.locator(".steps-total strong")).to_have_text("1 ชั่วโมง 30 นาที")
    expect(citizen.locator(".at-a-glance")).to_contain_text("ไม่มีค่าธรรมเนียม")
    expect(citizen.locator(".at-a-glance")).to_contain_text("20 พฤศจิกายน 2569")
    expect(citizen.locator("[aria-labelledby=documents]")).to_contain_text("บัตรประจำตัวประชาชน")


def test_incomplete_manual_is_kept_and_not_sent(desk: Desk):
    form = desk.begin(desk.section_id(MANUALS), "ServiceManualPage")
    form.fill("#id_title", HALF_A_MANUAL)
    form.fill("#id_last_reviewed", "20/11/2569")  # even a draft must have it
    desk.write_text("criteria", CRITERIA)
    desk.add_block("steps", {"title": "โทรศัพท์จองล่วงหน้า", "unit": "day"})
    desk.save_draft()
    page_id = desk.page_id(HALF_A_MANUAL)
    form.goto(f"{desk.server.url}/admin/pages/{page_id}/edit/")
    desk.add_block("steps", {"title": "มารับของ", "duration": "1"})
    desk.send()

    assert "โปรดเพิ่มอย่างน้อยหนึ่งรายการ หรือทำเครื่องหมายว่าไม่มี" in desk.messages("no_fees")
    for name in ("steps", "channels", "legal_bases", "complaint_channels"):
        assert "โปรดระบุข้อมูลในช่องนี้" in desk.messages(name)
        assert not re.search("[a-z]{3}", desk.messages(name))
    expect(form.locator("#id_title")).to_have_value(HALF_A_MANUAL)
    expect(form.locator("[data-contentpath=criteria] [contenteditable=true]")).to_have_text(
        CRITERIA
    )
    expect(form.locator("[name=steps-0-value-title]")).to_have_value("โทรศัพท์จองล่วงหน้า")
    expect(form.locator("[name=steps-0-value-unit]")).to_have_value("day")
    expect(form.locator("[name=steps-1-value-title]")).to_have_value("มารับของ")
    expect(form.locator("[name=steps-1-value-duration]")).to_have_value("1")
    form.goto(f"{desk.server.url}/admin/pages/{page_id}/edit/")
    expect(form.locator("footer a[href*='/admin/signing/']")).to_have_count(0)


def test_picture_under_the_name_of_a_table_is_refused_at_the_field(desk: Desk):
    form = desk.begin(desk.section_id("ชุดข้อมูลเปิด"), "DatasetPage")
    form.fill("#id_title", "ถังขยะสาธารณะ (ตัวอย่าง)")
    block = desk.add_block("resources", {"title": "รายการถังขยะ"}, kind="ตาราง")
    desk.upload(block, {"name": "bins.csv", "mimeType": "text/csv", "buffer": PNG})
    desk.save_draft()

    assert "ไฟล์นี้ไม่ใช่ตาราง เนื้อหาเป็น PNG" in desk.messages("file")
    expect(form.locator("#id_title")).to_have_value("ถังขยะสาธารณะ (ตัวอย่าง)")
    expect(form.locator(f"[name={block}-title]")).to_have_value("รายการถังขยะ")
    expect(form.locator(f"[name={block}-file]")).to_have_value(re.compile(r"^\d+$"))


def test_question_is_answered_and_the_asker_reads_it(desk: Desk, sender: Citizen):
    reference = sender.write(
        "/th/participation/interaction/ask/", {"เรื่อง": "ถนน ไฟฟ้า และน้ำ", "คำถาม": QUESTION}
    )
    assert ANSWER not in sender.status(reference)

    queue = desk.window("registrar")
    queue.get_by_role("link", name="คำถาม", exact=True).first.click()
    queue.locator("main").get_by_role("link", name=re.compile(reference)).first.click()
    expect(queue.locator("main")).to_contain_text(QUESTION)
    queue.fill("#reply_text", ANSWER)
    queue.get_by_role("button", name="ส่งคำตอบ").click()
    queue.wait_for_load_state("networkidle")

    found = sender.status(reference)
    assert "ตอบแล้ว" in found
    assert ANSWER in found


def test_corruption_complaint_is_seen_by_the_inspector_alone(desk: Desk, sender: Citizen):
    reference = sender.write(
        "/th/participation/interaction/report-corruption/", {"เกิดอะไรขึ้น": REPORT}
    )
    address = f"{desk.server.url}/admin/citizens/corruption/{reference}/"

    inspector = desk.window("inspector")
    inspector.goto(f"{desk.server.url}/admin/citizens/corruption/")
    inspector.locator("main").get_by_role("link", name=re.compile(reference)).first.click()
    inspector.wait_for_url(address)
    expect(inspector.locator("main")).to_contain_text(REPORT)

    for role in ("registrar", "administrator"):
        page = desk.window(role)
        for path in ("", "citizens/question/", "citizens/complaint/", "citizens/corruption/"):
            page.goto(f"{desk.server.url}/admin/{path}")
            assert "เรื่องร้องเรียนการทุจริต" not in page.content()
            assert reference not in page.content()
        page.goto(address)
        assert page.url != address
        assert REPORT not in page.content()
        assert reference not in page.content()
