"""A budget and its news in both languages: three people sign once, and all is public at once."""

import re

import pytest

from tests.e2e.desk import POSITIONS, Desk, Server

pytestmark = pytest.mark.e2e

NEWS, ENGLISH_NEWS = "งบประมาณทดสอบประกาศใช้แล้ว", "The test budget is in force"
BUDGET, ENGLISH_BUDGET = "งบประมาณรายจ่ายทดสอบ", "Test budget"
TITLE = "ชุดทดสอบงบประมาณ"
SECTION = "/{}/agency/about/plans/"


def write_drafts(desk: Desk) -> None:
    """The reporter writes both in Thai, the translator translates the drafts."""
    section = desk.section_id("ข่าวประชาสัมพันธ์")
    page = desk.begin(section, "NewsPage")
    page.fill("#id_title", NEWS)
    desk.save_draft()
    translate(desk, desk.page_id(NEWS), {NEWS: ENGLISH_NEWS})
    page = desk.begin(desk.section_id("แผนงาน งบประมาณ และรายงาน"), "BudgetPage")
    page.fill("#id_title", BUDGET)
    page.fill("#id_fiscal_year", "2569")
    page.fill("#id_total_budget", "100.00")
    desk.add_block("lines", {"name": "แผนงานทดสอบ", "amount": "100.00"})
    desk.save_draft()
    texts = {BUDGET: ENGLISH_BUDGET, "แผนงานทดสอบ": "Test plan"}
    translate(desk, desk.page_id(BUDGET), texts)


def translate(desk: Desk, page_id: str, texts: dict[str, str]) -> None:
    """The translator makes the English draft, and leaves it one."""
    page = desk.window("translator")
    page.goto(f"{desk.server.url}/admin/localize/submit/page/{page_id}/")
    page.locator("input[name=locales]").check()
    page.get_by_role("button", name="ส่ง", exact=True).click()
    page.wait_for_selector(".js-translation-editor li, .js-translation-editor textarea")
    for thai, english in texts.items():
        segment = page.locator(".js-translation-editor li").filter(has_text=thai).last
        segment.get_by_role("button", name="แปล", exact=True).click()
        segment.locator("textarea").fill(english)
        segment.get_by_role("button", name="บันทึก").click()
        segment.get_by_role("button", name="แก้ไข").wait_for()
    with page.expect_navigation():
        page.locator("button[value=keep-as-draft]").click()


def put_together(desk: Desk) -> str:
    """The reporter makes the release, adds both languages of both, sends it. Its address."""
    page = desk.window("reporter")
    page.goto(f"{desk.server.url}/admin/releases/new/")
    page.fill("#id_title", TITLE)
    page.click("main form button[type=submit]")
    for query in (NEWS, BUDGET):
        page.goto(re.sub(r"(/\d+/).*", r"\1add/", page.url))
        page.fill("#release-query", query)
        page.press("#release-query", "Enter")
        page.wait_for_load_state("networkidle")
        for box in page.locator("input[name=item]").all():
            box.check()
        with page.expect_navigation():
            page.locator("main form[method=post] button[type=submit]").click()
    with page.expect_navigation():
        page.locator("form[action$='/submit/'] button").click()
    return page.url


def sign(desk: Desk, role: str, address: str) -> None:
    """One person finds the release on the dashboard, ticks, types the password once, signs."""
    page = desk.window(role)
    page.goto(f"{desk.server.url}/admin/")
    page.get_by_role("link", name=TITLE).first.click()
    page.wait_for_url(address)
    with page.expect_navigation():
        page.locator("a[href$='/sign/']").click()
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.fill("#id_full_name", f"{POSITIONS[role]} (ตัวอย่าง)")
    page.fill("#id_password", desk.server.passwords[role])
    with page.expect_navigation():
        page.locator("main form[method=post] button[type=submit]").last.click()
    page.wait_for_url(address)


def test_budget_and_news_in_both_languages_become_public_at_once(server: Server, desk: Desk):
    write_drafts(desk)
    address = put_together(desk)

    sign(desk, "reporter", address)
    sign(desk, "approver", address)
    assert NEWS not in server.news_titles("TH")
    assert ENGLISH_NEWS not in server.news_titles("EN")

    sign(desk, "publisher", address)
    assert NEWS in server.news_titles("TH")
    assert ENGLISH_NEWS in server.news_titles("EN")
    assert BUDGET in server.read(SECTION.format("th"))
    assert ENGLISH_BUDGET in server.read(SECTION.format("en"))
