"""The administrator answers assessors, freezes the answers, and an assessor follows the way."""

import re

import pytest
from playwright.sync_api import Page

from tests.e2e.desk import Desk, Server

pytestmark = pytest.mark.e2e
LIST = "LPA"
NAME = "ผู้ดูแลระบบ (ตัวอย่าง)"  # of the account
WORDS = "ตัวอย่าง: ดูแผนหน้า ๓"


def test_answers_are_proposed_corrected_submitted_and_read(
    server: Server, desk: Desk, citizen: Page
):
    page = desk.window("administrator")
    page.goto(f"{server.url}/admin/answers/")
    page.locator("main table a", has_text=LIST).first.click()
    year = page.url
    page.locator("form[action$='/prefill/'] button").click()
    for row in page.locator("main table td.title a").all():
        address = row.get_attribute("href") or ""
        answer(desk, f"{server.url}{address}")
    page.goto(year)
    page.locator("a[href$='/submit/']").click()
    page.fill("#id_full_name", "wrong name")
    page.fill("#id_password", server.passwords["administrator"])
    page.locator("main form button[type=submit]").click()
    assert page.input_value("#id_full_name") == "wrong name"  # nothing typed is lost
    page.fill("#id_full_name", NAME)
    page.fill("#id_password", server.passwords["administrator"])
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/submissions/1/$"))
    with page.expect_download() as download:
        page.locator("a[href$='.xlsx']").first.click()

    assert download.value.suggested_filename.endswith("-answers-1.xlsx")
    citizen.goto(f"{server.url}/th/")
    citizen.locator("footer a[href='/th/assessments/']").click()
    citizen.locator("main a", has_text=LIST).first.click()
    assert "หน้าแรก ›" in citizen.inner_text("main")
    assert NAME not in citizen.inner_text("main")
    citizen.locator(".version-links a[href*='as_of=']").first.click()
    assert citizen.locator(".banner-as-of").is_visible()


def answer(desk: Desk, address: str) -> None:
    """Decides an answer that the proposal left open: yes where it has pages, else no."""
    page = desk.window("administrator")
    page.goto(address)
    has_page = page.locator("[name='addresses-0-page']").input_value()
    typed = page.locator("[name='addresses-0-typed']").input_value()
    page.check(f"[name=value][value={'yes' if has_page or typed else 'no'}]")
    page.fill("#id_explanation_th", WORDS)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/answers/\d+/$"))
