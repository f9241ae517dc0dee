"""GraphiQL in a real browser, on wide and narrow screens."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.clients.seeding import TITLE
from tests.e2e.conftest import CHROMIUM, CHROMIUM_ARGS

pytestmark = [pytest.mark.clients, pytest.mark.django_db]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs a loop in this thread, where Django begins and ends each test.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        instance = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield instance
        instance.close()


@pytest.fixture(params=[1280, 390], ids=["wide", "narrow"])
def graphiql(request, browser: Browser, api: str) -> Iterator[Page]:
    """GraphiQL as somebody finds it who opens the address; nothing on it may fail."""
    context = browser.new_context(viewport={"width": request.param, "height": 844})
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else 0)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda failed: wrong.append(failed.url))
    page.goto(api)
    page.wait_for_selector(".graphiql-container")
    yield page
    assert [text for text in wrong if "404" not in text] == []  # there is no favicon
    assert context.cookies() == []
    context.close()


def test_first_example_is_there_to_run(graphiql: Page):
    graphiql.get_by_role("button", name="Execute query").click()

    graphiql.locator(".result-window", has_text=TITLE).wait_for()


def test_stored_operation_opens_in_a_tab(graphiql: Page):
    if not graphiql.get_by_role("button", name="sitemap", exact=True).is_visible():
        graphiql.get_by_role("button", name="Show Stored operations").click()
    graphiql.get_by_role("button", name="sitemap", exact=True).click()

    graphiql.get_by_role("tab", name="Sitemap").wait_for()


def test_schema_is_explained(graphiql: Page):
    graphiql.get_by_role("button", name="Show Documentation Explorer").click()
    graphiql.locator(".graphiql-plugin").get_by_text("Query", exact=True).click()

    graphiql.get_by_text("null where nothing ever stood").wait_for()
