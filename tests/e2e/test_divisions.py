"""A division at work in a browser: it edits its own pages, and its head acts for another."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Desk, Server

pytestmark = pytest.mark.e2e

TITLE = "ผลการจัดเก็บภาษี (ตัวอย่างของกองคลัง)"
WORKS_TITLE = "ปิดถนนเพื่อซ่อมท่อ (ตัวอย่างของกองช่าง)"


def write(page: Page, server: Server, section: str, title: str, division: str = "") -> str:
    """Writes an item of news and sends it to be signed; returns its id."""
    page.goto(f"{server.url}/admin/pages/add/pages/newspage/{section}/")
    page.fill("#id_title", title)
    page.get_by_role("tab", name="ผู้รับผิดชอบ").click()
    if division:
        page.locator("#id_department-chooser [data-chooser-action-choose]").first.click()
        page.locator(".modal").get_by_role("link", name=division).click()
        page.locator(".modal").wait_for(state="detached")
    with page.expect_navigation():
        Desk._submit(page)
    page.goto(f"{server.url}/admin/pages/search/?q={title}")
    link = page.locator("table a[href*='/edit/']").first.get_attribute("href") or ""
    return re.findall(r"/pages/(\d+)/", link)[0]


def test_division_edits_its_own_pages_and_no_others(server: Server, desk: Desk):
    section = desk.section_id("ข่าวประชาสัมพันธ์")
    page = desk.window("finance_reporter")

    page.goto(f"{server.url}/admin/pages/add/pages/newspage/{section}/")
    page.get_by_role("tab", name="ผู้รับผิดชอบ").click()
    divisions = page.locator("#id_department option")
    assert [text for text in divisions.all_inner_texts() if "กอง" in text] == ["กองคลัง"]
    expect(page.locator("#id_department option:checked")).to_have_text("กองคลัง")

    page_id = write(page, server, section, TITLE)
    desk.sign("finance_reporter", page_id)
    desk.sign("finance_head", page_id)
    desk.sign("publisher", page_id)
    assert TITLE in server.news_titles("TH")

    other = desk.write_news(section, "ของสำนักปลัดเท่านั้น (ตัวอย่าง)", "สรุป")
    page.goto(f"{server.url}/admin/pages/{other}/edit/")
    assert page.url == f"{server.url}/admin/"
    page.goto(f"{server.url}/admin/pages/{section}/")
    assert page.locator(f"a[href*='/pages/{page_id}/edit/']").count() > 0
    assert page.locator(f"a[href*='/pages/{other}/edit/']").count() == 0


def test_head_signs_as_acting_head_of_another_division(server: Server, desk: Desk):
    section = desk.section_id("ข่าวประชาสัมพันธ์")
    page_id = write(desk.window("reporter"), server, section, WORKS_TITLE, "กองช่าง")
    desk.sign("reporter", page_id)

    screen = desk.open_signing_screen("finance_head", page_id)
    expect(screen.locator("#sign")).to_contain_text("ผู้อำนวยการกองช่าง")
    expect(screen.locator("#sign")).to_contain_text("12/25")
    desk.sign("finance_head", page_id)
    desk.sign("publisher", page_id)

    record = desk.window("publisher")
    record.goto(f"{server.url}/admin/publications/")
    record.get_by_role("link", name=WORKS_TITLE).first.click()
    row = record.locator("tr", has_text="ผู้อำนวยการกองคลัง (ตัวอย่าง)")
    expect(row).to_contain_text("ผู้อำนวยการกองช่าง")
    expect(row).to_contain_text("12/25")
