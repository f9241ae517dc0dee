"""An urgent item on a telephone: flagged at a desk, found in the queue, read and signed."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.desk import POSITIONS, Desk, Server
from tests.e2e.test_signing_screen import telephone

pytestmark = pytest.mark.e2e

TITLE = "น้ำป่าไหลหลากหมู่ที่ 5 (ตัวอย่าง)"
FLAG = {
    "#id_reason": "น้ำขึ้นเร็ว ต้องแจ้งประชาชน",
    "#id_benefits": "ประชาชนเตรียมตัวทัน",
    "#id_harms": "อาจตื่นตระหนก",
    "#id_after_effects": "ต้องติดตามสถานการณ์",
}


def sign(phone: Page, server: Server, role: str) -> None:
    """Ticks everything and signs, on the screen that is open."""
    for box in phone.locator("#sign input[type=checkbox]").all():
        box.check()
    phone.fill("#id_full_name", f"{POSITIONS[role]} (ตัวอย่าง)")
    phone.fill("#id_password", server.passwords[role])
    with phone.expect_navigation():
        phone.click("#sign button[type=submit]")


def test_flagged_item_is_signed_on_a_telephone(server: Server, browser: Browser, desk: Desk):
    section = desk.section_id("ข่าวประชาสัมพันธ์")
    page_id = desk.write_news(section, TITLE, "ระดับน้ำสูงขึ้นเร็ว")
    desk.sign("reporter", page_id)
    screen = desk.open_signing_screen("approver", page_id)
    screen.locator("a[href$='/flag/']").click()
    screen.check("#id_is_urgent")
    for field, words in FLAG.items():
        screen.fill(field, words)
    screen.fill("#id_full_name", f"{POSITIONS['approver']} (ตัวอย่าง)")
    screen.fill("#id_password", server.passwords["approver"])
    with screen.expect_navigation():
        screen.click("#flag button[type=submit]")
    screen.wait_for_url(re.compile("/admin/queue/(#|$)"))

    for role in ("reporter", "approver", "executive"):
        phone = telephone(server, browser, role)
        phone.goto(f"{server.url}/admin/queue/?show=urgent")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390
        row = phone.locator("section[aria-labelledby=queue-waiting] tr", has_text=TITLE)
        expect(row).to_have_class("queue-pressing")
        row.get_by_role("link", name=TITLE).click()
        expect(phone.locator(".flag-times")).to_contain_text(FLAG["#id_reason"])
        sign(phone, server, role)
        phone.goto(f"{server.url}/admin/queue/")
        waiting = phone.locator("section[aria-labelledby=queue-waiting]")
        expect(waiting).not_to_contain_text(TITLE)
        phone.context.close()

    desk.sign("publisher", page_id)
    assert TITLE in server.news_titles("TH")
    overseer = desk.window("overseer")
    overseer.goto(f"{server.url}/admin/reports/urgent-items/")
    expect(overseer.locator("main tr", has_text=TITLE)).to_have_count(1)
