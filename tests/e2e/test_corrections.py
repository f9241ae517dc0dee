"""A correction in a browser: written, signed, told to readers of both languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Desk, Server

pytestmark = pytest.mark.e2e

SLUG, TITLE = "mobile-service", "หน่วยบริการเคลื่อนที่ออกพบประชาชน"
ADDED, NOTE = "และวันอาทิตย์", "เพิ่มวันให้บริการ"


def correct(desk: Desk, page_id: str) -> None:
    """The reporter adds a word to the summary, says so to readers, and everybody signs."""
    window = desk.window("reporter")
    window.goto(f"{desk.server.url}/admin/pages/{page_id}/edit/")
    summary = window.locator("#id_summary")
    summary.fill(f"{summary.input_value()} {ADDED}")
    window.fill("#id_correction_note", NOTE)
    desk.send()
    for role in ("reporter", "approver", "publisher"):
        desk.sign(role, page_id)


@pytest.fixture
def reader(citizen: Page) -> Page:
    """A telephone without scripts."""
    return citizen


def test_readers_learn_what_changed_and_that_the_english_is_older(
    server: Server, desk: Desk, reader: Page
):
    reader.goto(f"{server.url}/en/participation/news/{SLUG}/")
    assert reader.locator(".banner-older").count() == 0

    correct(desk, desk.page_id(TITLE))

    reader.reload()
    reader.locator(".banner-older a").click()
    reader.wait_for_url(re.compile(rf"/th/participation/news/{SLUG}/$"))
    assert NOTE in reader.locator(".corrected").inner_text()

    reader.locator(".corrected a").click()
    assert ADDED in reader.locator(".versions > li").first.locator("ins").inner_text()
    assert reader.locator(".versions > li").count() == 2
    widths = reader.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1]

    reader.locator(".versions > li").last.locator(".version-links a").click()
    reader.wait_for_load_state()
    expect(reader.locator("main")).not_to_contain_text(ADDED)
