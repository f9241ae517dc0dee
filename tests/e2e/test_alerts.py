"""An emergency on two telephones: from a template to the banner on every page."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.desk import POSITIONS, Server

pytestmark = pytest.mark.e2e

# From the dashboard to the signature: the issuer opens, chooses, looks, ticks twice and signs; the
# releaser opens, ticks twice and signs.
ISSUER_CLICKS, RELEASER_CLICKS = 6, 4
ENGLISH = {"area", "river", "shelter"}


class Telephone:
    """One person's telephone, on which every tap is counted."""

    def __init__(self, server: Server, browser: Browser, role: str) -> None:
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="th-TH")
        context.set_default_timeout(20_000)
        self.page: Page = context.new_page()
        self.server, self.role, self.clicks = server, role, 0
        self.page.goto(f"{server.url}/admin/login/")
        self.page.fill("#id_username", role)
        self.page.fill("#id_password", server.passwords[role])
        self.page.click("form button[type=submit]")
        self.page.wait_for_url(re.compile("/admin/$"))

    def tap(self, selector: str) -> None:
        self.clicks += 1
        self.page.locator(selector).first.click()

    def sign(self) -> None:
        """Ticks, types name and password, signs: on the page that shows the alert."""
        form = "form#approve"
        for box in self.page.locator(f"{form} input[type=checkbox]").all():
            self.clicks += 1
            box.check()
        self.page.fill(f"{form} [name=full_name]", f"{POSITIONS[self.role]} (ตัวอย่าง)")
        self.page.fill(f"{form} [name=password]", self.server.passwords[self.role])
        with self.page.expect_navigation():
            self.tap(f"{form} button[type=submit]")

    def fits(self) -> bool:
        """Whether nothing has to be scrolled sideways."""
        return self.page.evaluate(
            "document.scrollingElement.scrollWidth <= document.documentElement.clientWidth"
        )


def test_alert_goes_from_template_to_every_page_by_two_telephones(server: Server, browser: Browser):
    issuer = Telephone(server, browser, "reporter")
    issuer.tap("a[href$='/alerts/new/']")
    issuer.tap("main a[href*='/alerts/new/']")
    issuer.page.wait_for_selector("[name=blank_0]")
    for label in issuer.page.locator("main form label").all():
        name = label.inner_text().replace("*", "").strip().lower()  # shown with a capital
        field = issuer.page.locator(f"#{label.get_attribute('for')}")
        if (field.get_attribute("name") or "").startswith("blank_"):
            field.fill(f"Village 7 {name}" if name in ENGLISH else f"หมู่ 7 {name}"[:40])
        if name == "เวลา":
            field.fill("14.30")
    assert issuer.fits()
    issuer.tap("main form button[type=submit]")
    issuer.page.wait_for_selector("form#approve")
    shown = issuer.page.frame_locator("iframe").first.locator("h1").inner_text()
    assert "หมู่ 7" in shown
    assert issuer.fits()
    issuer.sign()
    assert issuer.clicks <= ISSUER_CLICKS
    assert "หมู่ 7" not in server.read("/th/")

    releaser = Telephone(server, browser, "approver")
    releaser.tap("main a[href*='/admin/alerts/']:not([href$='/new/'])")
    releaser.page.wait_for_selector("form#approve")
    assert releaser.fits()
    releaser.sign()
    assert releaser.clicks <= RELEASER_CLICKS

    reader = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    for language, words in (("th", "หมู่ 7"), ("en", "Village 7")):
        reader.goto(f"{server.url}/{language}/")
        assert words in reader.locator("section.alerts").inner_text()
    reader.locator("section.alerts a").first.click()
    assert "Village 7" in reader.locator("h1").inner_text()
    assert "application/cap+xml" in server.read("/en/alerts/feed.rss")
