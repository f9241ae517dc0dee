"""The whole line in a browser: from a draft, through the signatures, to every reader."""

import subprocess
import sys

import pytest

from tests.e2e.desk import Desk, Server

pytestmark = pytest.mark.e2e

TITLE, SUMMARY = "ประกาศทดสอบสายงาน (ตัวอย่าง)", "ข้อความเดิมก่อนแก้ไข"
ENGLISH_TITLE, ENGLISH_SUMMARY = "Line test (example)", "The words before the change"


def sign_all(desk: Desk, page_id: str) -> None:
    for role in ("reporter", "approver", "publisher"):
        desk.sign(role, page_id)


def test_words_become_public_in_both_languages_only_by_signatures(server: Server, desk: Desk):
    section = desk.section_id("ข่าวประชาสัมพันธ์")
    page_id = desk.write_news(section, TITLE, SUMMARY)
    desk.sign("reporter", page_id)
    desk.sign("approver", page_id)
    assert TITLE not in server.news_titles("TH")

    desk.sign("publisher", page_id)
    assert TITLE in server.news_titles("TH")
    assert TITLE in server.read("/th/feeds/news.rss")
    assert TITLE in server.read("/th/feeds/news.atom")
    assert TITLE in server.read("/th/")

    english_id = desk.translate(page_id, {TITLE: ENGLISH_TITLE, SUMMARY: ENGLISH_SUMMARY})
    assert ENGLISH_TITLE not in server.news_titles("EN")
    sign_all(desk, english_id)
    assert ENGLISH_TITLE in server.news_titles("EN")
    assert ENGLISH_TITLE in server.read("/en/feeds/news.rss")

    desk.edit_summary(page_id, "ข้อความใหม่หลังแก้ไข")
    desk.sign("reporter", page_id)
    desk.sign("approver", page_id)
    feed = server.read("/th/feeds/news.rss")
    assert SUMMARY in feed
    assert "ข้อความใหม่หลังแก้ไข" not in feed

    desk.sign("publisher", page_id)
    assert "ข้อความใหม่หลังแก้ไข" in server.read("/th/feeds/news.rss")


def test_record_of_the_demonstration_holds(server: Server):
    command = [sys.executable, "manage.py", "verify_publications"]
    found = subprocess.run(command, env=server.environment, capture_output=True, text=True)

    assert found.returncode == 0, found.stderr
    assert "holds" in found.stdout
