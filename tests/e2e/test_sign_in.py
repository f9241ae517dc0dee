"""Signing in with a telephone in a browser, and many guesses at once against a real server."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.accounts.totp import totp
from tests.e2e.desk import Desk, Server

pytestmark = pytest.mark.e2e

ROLE = "overseer"
GROUP = "ผู้กำกับติดตาม (Overseer)"


@pytest.fixture
def rule(desk: Desk) -> Iterator[None]:
    """The administrator requires a second factor of overseers, in the settings."""
    page, url = desk.window("administrator"), desk.server.url
    page.goto(f"{url}/admin/sign_in_rules/new/")
    page.select_option("#id_group", label=GROUP)
    page.check("#id_requires_second_factor")
    page.fill("#id_session_hours", "8")
    page.locator("footer button[type=submit], form button[type=submit]").last.click()
    page.wait_for_url(re.compile("/admin/sign_in_rules/$"))
    yield
    page.goto(f"{url}/admin/sign_in_rules/")
    page.locator("table a", has_text=GROUP).first.click()
    page.goto(page.url.replace("/edit/", "/delete/"))
    page.locator("main form button[type=submit], main form input[type=submit]").last.click()
    page.wait_for_url(re.compile("/admin/sign_in_rules/$"))
    page.goto(f"{url}/admin/users/?q={ROLE}")
    account = page.locator("table a[href*='/users/edit/']").first.get_attribute("href") or ""
    page.goto(f"{url}/admin/users/{re.sub(r'[^0-9]', '', account)}/sign-in/")
    page.locator("button[value=reset]").click()
    page.locator("button[value=reset]").wait_for(state="detached")


def telephone(browser: Browser) -> Page:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="th-TH")
    context.set_default_timeout(20_000)
    return context.new_page()


def give_password(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/admin/login/")
    page.fill("#id_username", ROLE)
    page.fill("#id_password", server.passwords[ROLE])
    page.click("form button[type=submit]")


def give_code(page: Page, code: str) -> None:
    page.fill("#id_code", code)
    page.click("form button[type=submit]")


def wait_for_a_new_code() -> None:
    time.sleep(31 - time.time() % 30)


def test_role_leads_to_the_telephone_and_codes_let_in(server: Server, desk: Desk, browser, rule):
    first = telephone(browser)
    give_password(first, server)
    first.wait_for_url(re.compile("/login/second-factor/$"))
    first.goto(f"{server.url}/admin/reports/audit-log/")
    assert "/admin/login/" in first.url, "nothing else may be seen before"
    first.goto(f"{server.url}/admin/login/second-factor/")
    assert first.locator(".sign-in-qr").evaluate("picture => picture.naturalWidth") > 100
    first.locator("summary").click()
    secret = first.locator(".sign-in-secret").inner_text()
    used = totp(secret, time.time())
    give_code(first, used)
    listed = first.locator(".recovery-codes code")
    expect(listed).to_have_count(10)
    codes = listed.all_inner_texts()
    first.locator("a[href='/admin/login/go-on/']").click()
    first.wait_for_url(re.compile("/admin/$"))

    second = telephone(browser)
    give_password(second, server)
    second.wait_for_url(re.compile("/login/code/$"))
    give_code(second, used)
    refused = second.get_by_text("รหัสไม่ถูกต้อง").first
    expect(refused, "a code is good once").to_be_visible()
    wait_for_a_new_code()
    give_code(second, totp(secret, time.time()))
    second.wait_for_url(re.compile("/admin/$"))

    third = telephone(browser)
    give_password(third, server)
    give_code(third, codes[0])
    third.wait_for_url(re.compile("/admin/$"))
    third.goto(f"{server.url}/admin/reports/audit-log/")
    assert third.locator("table tbody tr").count() > 5

    third.goto(f"{server.url}/admin/account/")
    third.get_by_role("tab", name=re.compile("security|ความปลอดภัย")).click()
    third.locator("button[formaction*='sign-out-everywhere']").click()
    third.wait_for_url(re.compile("/admin/login/"))
    first.goto(f"{server.url}/admin/")
    assert "/admin/login/" in first.url


def test_guesses_at_the_same_moment_are_counted_by_every_process(server: Server):
    name = "nobody-of-this-name"

    def guess(number: int) -> int:
        session = requests.Session()
        session.get(f"{server.url}/admin/login/", timeout=30)
        values = {
            "username": name,
            "password": f"guess-{number}",
            "csrfmiddlewaretoken": session.cookies["csrftoken"],
        }
        return session.post(f"{server.url}/admin/login/", data=values, timeout=60).status_code

    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(guess, range(24))) == {200}
    script = (
        "from cms.accounts.throttle import _hash; from cms.accounts.models import Attempts;"
        f"print(Attempts.objects.get(account=_hash('account', '{name}'), address='').failures)"
    )
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", script]
    found = subprocess.run(command, env=server.environment, capture_output=True, text=True)

    assert found.stdout.strip() == "5", found.stderr
