"""A citizen with a browser without scripts: wrong, corrected, sent, kept, asked about."""

import pytest
from playwright.sync_api import Page

from tests.e2e.desk import PATIENCE, Server

pytestmark = pytest.mark.e2e

FORM = "/th/services/e-forms/water-delivery/"


def test_form_is_corrected_and_sent_without_scripts(server: Server, citizen: Page):
    citizen.goto(server.url + FORM)
    citizen.get_by_label("โทรศัพท์ที่ติดต่อได้").fill("๐๘ ๑๒๓๔ ๕๖๗๘")
    citizen.get_by_label("หมู่ที่ 2").check()
    citizen.get_by_label("จุดส่งน้ำ").first.fill("บ้านเลขที่ 9 ข้างวัด")
    citizen.get_by_label("ปริมาณน้ำ").fill("๒,๐๐๐")
    citizen.get_by_label("ต้องการภายในวันที่").fill("30/11/2569")
    picture = {"name": "บ้าน.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 example"}
    citizen.get_by_label("ภาพถ่ายจุดส่งน้ำ").set_input_files(picture)
    citizen.wait_for_timeout(PATIENCE)
    citizen.locator("form.form button").click()

    links = citizen.locator(".form-summary a")
    assert links.count() == 1
    assert "บ้าน.pdf" in citizen.locator(".form-kept").inner_text()
    links.click()
    citizen.get_by_label("ชื่อผู้ขอหรือหน่วยงาน").fill("สมหญิง ตัวอย่าง")
    citizen.locator("form.form button").click()

    assert "/th/receipts/" in citizen.url
    assert "30 พฤศจิกายน 2569" in citizen.locator("main").inner_text()
    reference = citizen.locator(".reference").inner_text()
    citizen.locator("main a[href='/th/status/']").click()
    citizen.locator("#reference").fill(reference.lower())
    citizen.locator("form.form button").click()
    assert reference in citizen.locator(".status-found").inner_text()
