"""An office moves: the reporter uploads a register, corrects it, and watches the drafts come."""

import re

import pytest
from playwright.sync_api import FilePayload, Page

from tests.e2e.desk import Desk, Server
from tests.importing.uploads import ROW, xlsx

pytestmark = pytest.mark.e2e

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS = [
    {
        **ROW,
        "code": f"e2e-{number}",
        "title": f"ตัวอย่าง ประกาศจากเว็บเดิม {number}",
        "section": "/participation/news/",
    }
    for number in range(1, 21)
]


def register(rows: list[dict]) -> FilePayload:
    """A file as a clerk chooses it."""
    return {"name": "ทะเบียน.xlsx", "mimeType": SPREADSHEET, "buffer": xlsx(rows)}


def upload(page: Page, rows: list[dict]) -> None:
    """Fills in the form that is open and waits for the check."""
    page.set_input_files("#id_file", register(rows))
    page.fill("#id_source", "เว็บไซต์เดิม (ตัวอย่าง)")
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(r"/importing/\d+/"))
    wait(page)


def wait(page: Page) -> None:
    """Until the page has said by itself that the work has ended."""
    page.locator("#import-progress:not([data-url])").wait_for(timeout=120_000)


def test_register_with_an_error_is_corrected_and_becomes_drafts(server: Server, desk: Desk):
    public = server.news_titles("TH")
    page = desk.window("reporter")
    page.goto(f"{server.url}/admin/importing/")
    page.locator("main a.button[href$='/new/']").click()
    upload(page, [*ROWS[:-1], {**ROWS[-1], "section": "/ไม่มี/"}])
    row, column, words = page.locator(".importing-table tbody tr").first.locator("td").all()
    assert row.inner_text() == "21"
    assert column.inner_text() == "หมวดเนื้อหา"
    assert "/ไม่มี/" in words.inner_text()

    page.locator("a[href*='again=']").click()
    upload(page, ROWS)
    page.locator("form[action$='/start/'] button").click()
    wait(page)

    drafts = page.locator(".importing-table a[href*='/edit/']")
    assert drafts.all_inner_texts() == [row["title"] for row in ROWS]
    assert server.news_titles("TH") == public
    drafts.first.click()
    page.wait_for_url(re.compile(r"/pages/\d+/edit/"))
    assert page.input_value("#id_title") == ROWS[0]["title"]
