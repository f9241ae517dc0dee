"""People at their desks: what each does in the admin, in a browser."""

import json
import re
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

POSITIONS = {
    "reporter": "นักวิชาการประชาสัมพันธ์",
    "approver": "หัวหน้าสำนักปลัด",
    "executive": "นายกองค์การบริหารส่วนตำบล",
    "publisher": "นักวิชาการคอมพิวเตอร์",
}


@dataclass
class Server:
    """A running installation."""

    url: str
    passwords: dict[str, str]
    data_dir: Path
    environment: dict[str, str]

    def read(self, path: str) -> str:
        """What an anonymous reader gets at a path."""
        with urllib.request.urlopen(self.url + path) as response:  # noqa: S310
            return response.read().decode()

    def news_titles(self, locale: str) -> list[str]:
        """The titles of the latest news, from GraphQL."""
        query = urllib.parse.urlencode({"locale": locale, "first": 50})
        answer = json.loads(self.read(f"/graphql/news/?{query}"))
        return [node["title"] for node in answer["data"]["news"]["nodes"]]


class Desk:
    """Opens a window for each person and does what they would do."""

    def __init__(self, server: Server, browser: Browser) -> None:
        self.server, self.browser = server, browser
        self.windows: dict[str, Page] = {}

    def window(self, role: str) -> Page:
        """The signed-in window of a person."""
        if role not in self.windows:
            context = self.browser.new_context(
                viewport={"width": 1280, "height": 900}, locale="th-TH"
            )
            context.set_default_timeout(20_000)
            page = context.new_page()
            page.goto(f"{self.server.url}/admin/login/")
            page.fill("#id_username", role)
            page.fill("#id_password", self.server.passwords[role])
            page.click("form button[type=submit]")
            page.wait_for_url(re.compile("/admin/$"))
            self.windows[role] = page
        return self.windows[role]

    def section_id(self, title: str) -> str:
        """The id of a section, found as an editor finds it: by searching."""
        page = self.window("reporter")
        page.goto(f"{self.server.url}/admin/pages/search/?q={urllib.parse.quote(title)}")
        link = page.locator("table a[href*='/edit/']").first
        return self._page_id(link.get_attribute("href") or "")

    def write_news(self, section_id: str, title: str, summary: str) -> str:
        """The reporter writes an item and sends it to the signatures. Returns its id."""
        page = self.window("reporter")
        page.goto(f"{self.server.url}/admin/pages/add/pages/newspage/{section_id}/")
        page.fill("#id_title", title)
        page.fill("#id_summary", summary)
        self._submit(page)
        page.wait_for_url(re.compile(r"/admin/pages/\d+/"))
        page.goto(f"{self.server.url}/admin/pages/search/?q={urllib.parse.quote(title)}")
        return self._page_id(page.locator("table a[href*='/edit/']").first.get_attribute("href"))

    def edit_summary(self, page_id: str, summary: str) -> None:
        """The reporter changes a word and sends it to the signatures again."""
        page = self.window("reporter")
        page.goto(f"{self.server.url}/admin/pages/{page_id}/edit/")
        page.fill("#id_summary", summary)
        self._submit(page)
        page.wait_for_load_state("networkidle")

    def translate(self, page_id: str, texts: dict[str, str]) -> str:
        """The translator makes the English draft and sends it to the signatures."""
        page = self.window("translator")
        page.goto(f"{self.server.url}/admin/localize/submit/page/{page_id}/")
        page.locator("input[name=locales]").check()
        page.get_by_role("button", name="ส่ง", exact=True).click()
        page.wait_for_selector(".js-translation-editor li, .js-translation-editor textarea")
        for thai, english in texts.items():
            segment = page.locator(".js-translation-editor li").filter(has_text=thai).last
            segment.get_by_role("button", name="แปล", exact=True).click()
            segment.locator("textarea").fill(english)
            segment.get_by_role("button", name="บันทึก").click()
            segment.get_by_role("button", name="แก้ไข").wait_for()
        page.locator("button", has_text="ส่งคำแปลนี้ให้ลงนาม").click()
        page.wait_for_load_state("networkidle")
        return self._page_id(page.url)

    def sign(self, role: str, page_id: str) -> None:
        """Opens the item, ticks, types name and password, signs."""
        page = self.window(role)
        page.goto(f"{self.server.url}/admin/pages/{page_id}/edit/")
        page.locator("footer button[data-workflow-action-url*='/approve/']").first.click()
        page.wait_for_selector(".modal form")
        for box in page.locator(".modal input[type=checkbox]").all():
            box.check()
        page.fill(".modal #id_full_name", f"{POSITIONS[role]} (ตัวอย่าง)")
        page.fill(".modal #id_password", self.server.passwords[role])
        with page.expect_navigation():
            page.click(".modal button[type=submit]")

    def close(self) -> None:
        """Closes every window."""
        for page in self.windows.values():
            page.context.close()

    @staticmethod
    def _submit(page: Page) -> None:
        page.locator("footer [data-w-dropdown-target=toggle]").click()
        page.locator("footer [name=action-submit]").click()

    @staticmethod
    def _page_id(href: Any) -> str:
        found = re.search(r"/pages/(\d+)/", str(href))
        assert found, f"no page id in {href}"
        return found[1]
