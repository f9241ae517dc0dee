"""People at their desks: what each does in the admin, in a browser."""

import json
import re
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FilePayload, Locator, Page

POSITIONS = {
    "reporter": "นักวิชาการประชาสัมพันธ์",
    "approver": "หัวหน้าสำนักปลัด",
    "executive": "นายกองค์การบริหารส่วนตำบล",
    "publisher": "นักวิชาการคอมพิวเตอร์",
    "finance_reporter": "นักวิชาการพัสดุ",
    "finance_head": "ผู้อำนวยการกองคลัง",
}

PATIENCE = 4000  # milliseconds: nobody fills in a form faster


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


def fill(field: Locator, value: str) -> None:
    """Types, or chooses where the field is a list of choices."""
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)


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
        return self.page_id(title)

    def page_id(self, title: str) -> str:
        """The id of the page that a search for its title finds first."""
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
        return self.page_id(title)

    def edit_summary(self, page_id: str, summary: str) -> None:
        """The reporter changes a word and sends it to the signatures again."""
        page = self.window("reporter")
        page.goto(f"{self.server.url}/admin/pages/{page_id}/edit/")
        page.fill("#id_summary", summary)
        self._submit(page)
        page.wait_for_load_state("networkidle")

    def begin(self, section_id: str, page_type: str) -> Page:
        """The reporter opens the empty form of a page type below a section."""
        page = self.window("reporter")
        page.goto(f"{self.server.url}/admin/pages/add/pages/{page_type.lower()}/{section_id}/")
        return page

    def add_block(self, name: str, values: dict[str, str], kind: str = "") -> str:
        """The reporter adds a block to the end of a field and fills it in.

        `kind` is the block's Thai name where the field offers several. Returns the start of the
        names of the block's own fields, for example `steps-0-value`.
        """
        page = self.window("reporter")
        count = page.locator(f"[name={name}-count]")
        block = f"{name}-{count.input_value()}-value"
        stream = page.locator(f"[data-contentpath={name}] [data-streamfield-stream-container]")
        stream.first.locator("> div > .c-sf-add-button").last.click()
        if kind:
            page.get_by_role("option", name=kind, exact=True).click()
        for field, value in values.items():
            fill(page.locator(f"[name={block}-{field}]"), value)
        return block

    def write_text(self, name: str, words: str) -> None:
        """The reporter types into a rich text field, and waits until the editor has taken it."""
        page = self.window("reporter")
        page.locator(f"[data-contentpath={name}] [contenteditable=true]").click()
        page.keyboard.type(words)
        taken = "([name, words]) => document.getElementsByName(name)[0].value.includes(words)"
        page.wait_for_function(taken, arg=[name, words])

    def upload(self, block: str, file: FilePayload) -> None:
        """The reporter uploads a document into a block that asks for one."""
        page = self.window("reporter")
        page.locator(f"#{block}-file-chooser [data-chooser-action-choose]").first.click()
        page.get_by_role("tab", name="อัปโหลด").click()
        page.fill("[name=document-chooser-upload-title]", file["name"])
        page.locator("[name=document-chooser-upload-file]").set_input_files(file)
        page.locator("#tab-upload [type=submit]").click()
        page.locator(".modal").wait_for(state="detached")

    def save_draft(self) -> None:
        """The reporter saves what stands in the form, finished or not."""
        page = self.window("reporter")
        with page.expect_navigation():
            page.get_by_role("button", name="บันทึกฉบับร่าง").click()

    def send(self) -> None:
        """The reporter sends what stands in the form to the signatures."""
        page = self.window("reporter")
        with page.expect_navigation():
            self._submit(page)

    def messages(self, name: str) -> str:
        """What the reporter reads at a field about its mistakes."""
        page = self.window("reporter")
        wrong = page.locator(f"[data-contentpath={name}] :is(.error-message, .help-critical)")
        return "\n".join(wrong.all_inner_texts())

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
        """Opens the item's signing screen from its editor, reads, ticks, signs."""
        page = self.open_signing_screen(role, page_id)
        for box in page.locator("#sign input[type=checkbox]").all():
            box.check()
        page.fill("#id_full_name", f"{POSITIONS[role]} (ตัวอย่าง)")
        page.fill("#id_password", self.server.passwords[role])
        with page.expect_navigation():
            page.click("#sign button[type=submit]")

    def open_signing_screen(self, role: str, page_id: str) -> Page:
        """The window of a person, at the signing screen of an item."""
        page = self.window(role)
        page.goto(f"{self.server.url}/admin/pages/{page_id}/edit/")
        page.locator("footer a[href*='/admin/signing/']").first.click()
        page.wait_for_url(re.compile(r"/admin/signing/\d+/"))
        return page

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


class Citizen:
    """Writes to the office and asks how far it is, on a telephone without scripts."""

    def __init__(self, server: Server, page: Page) -> None:
        self.server, self.page = server, page

    def write(self, path: str, answers: dict[str, str]) -> str:
        """Fills in the form of a desk, by its labels. Returns the reference number."""
        self.page.goto(self.server.url + path)
        for label, answer in answers.items():
            fill(self.page.get_by_label(label).first, answer)
        self.page.wait_for_timeout(PATIENCE)
        self.page.locator("form.form button").click()
        return self.page.locator(".reference").inner_text()

    def status(self, reference: str) -> str:
        """What the status page tells about a reference number."""
        self.page.goto(f"{self.server.url}/th/status/")
        self.page.locator("#reference").fill(reference.lower())
        self.page.locator("form.form button").click()
        return self.page.locator(".status-found").inner_text()
