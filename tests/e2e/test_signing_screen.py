"""The signing screen in a browser: at a desk, and on a telephone without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.desk import POSITIONS, Desk, Server

pytestmark = pytest.mark.e2e

TITLE = "ประกาศที่อ่านก่อนลงนาม (ตัวอย่าง)"


@pytest.fixture
def waiting(desk: Desk) -> str:
    """The id of an item that waits for the approver."""
    section = desk.section_id("ข่าวประชาสัมพันธ์")
    page_id = desk.write_news(section, TITLE, "เริ่มวันจันทร์")
    desk.sign("reporter", page_id)
    return page_id


def telephone(server: Server, browser: Browser, role: str) -> Page:
    """A telephone without scripts, on which a person has signed in."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False, locale="th-TH"
    )
    page = context.new_page()
    page.goto(f"{server.url}/admin/login/")
    page.fill("#id_username", role)
    page.fill("#id_password", server.passwords[role])
    page.click("form button[type=submit]")
    page.wait_for_url(re.compile("/admin/$"))
    return page


def test_item_is_read_returned_and_signed(
    server: Server, browser: Browser, desk: Desk, waiting: str
):
    screen = desk.open_signing_screen("approver", waiting)
    frame = screen.frame_locator("iframe").first
    expect(frame.locator("main h1")).to_have_text(TITLE)
    address = screen.url

    phone = telephone(server, browser, "approver")
    phone.locator(f"main a[href='{address.removeprefix(server.url)}']").first.click()
    phone.wait_for_url(address)
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    expect(phone.frame_locator("iframe").first.locator("main h1")).to_have_text(TITLE)
    phone.locator("#return summary").click()
    phone.fill("#return_comment", "วันเริ่มไม่ตรง")
    phone.fill("#return_full_name", f"{POSITIONS['approver']} (ตัวอย่าง)")
    phone.fill("#return_password", "wrong")
    phone.click("#return button[type=submit]")
    expect(phone.locator("#return_comment")).to_have_value("วันเริ่มไม่ตรง")
    expect(phone.locator("#return_password")).to_have_value("")
    phone.fill("#return_password", server.passwords["approver"])
    phone.click("#return button[type=submit]")
    phone.wait_for_url(re.compile("/admin/(#|$)"))
    phone.context.close()

    reporter = desk.window("reporter")
    reporter.goto(f"{server.url}/admin/")
    expect(reporter.locator("#returned-to-me-section")).to_contain_text("วันเริ่มไม่ตรง")
    desk.edit_summary(waiting, "เริ่มวันอังคาร")
    for role in ("reporter", "approver", "publisher"):
        desk.sign(role, waiting)
    assert TITLE in server.news_titles("TH")
