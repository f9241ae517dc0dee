"""A front end at another origin shows drafts in the editor: preview, user bar, content checker."""

import functools
import http.server
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.desk import Desk, Server
from tests.serving import served

pytestmark = pytest.mark.e2e
expect.set_options(timeout=20_000)  # milliseconds: a frame in a frame, on a busy machine

PAGE = Path(__file__).parent / "front_end" / "preview.html"
TITLE = "ชี้แจงกรณีถนนสายบ้านตัวอย่างใต้ชำรุด"
PANEL = "#w-preview-iframe"


@pytest.fixture(scope="module")
def elsewhere(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The same installation in a further process, which knows of a front end at another port."""
    folder = tmp_path_factory.mktemp("front_end")
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as pages:
        threading.Thread(target=pages.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{pages.server_port}/preview.html?language={{language}}"
        origins = "https://www.example.go.th"  # the front end's own is added by itself
        with served(
            server.data_dir,
            RUN_WORKER="0",
            GRAPHQL_ORIGINS=origins,
            FRONT_END_PREVIEW_URL=address,
        ) as (origin, environment):
            page = PAGE.read_text(encoding="utf-8").replace("PRAKAT", origin)
            (folder / "preview.html").write_text(page, encoding="utf-8")
            yield replace(server, url=origin, environment=environment)
        pages.shutdown()


@pytest.fixture
def editor(elsewhere: Server, browser: Browser) -> Iterator[Page]:
    """The publisher before an item of news with a picture, with the preview open."""
    desk = Desk(elsewhere, browser)
    page = desk.window("publisher")
    page.goto(f"{elsewhere.url}/admin/pages/{desk.page_id(TITLE)}/edit/")
    page.click("[data-side-panel-toggle=preview]")
    yield page
    desk.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Remembers what it was asked for, and writes no log."""

    asked: list[str] = []

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the console of the tests."""
        self.asked.append(self.path)


def test_panel_shows_the_front_end_with_what_is_typed(editor: Page):
    shown = editor.frame_locator(PANEL)
    expect(shown.locator("h1")).to_contain_text(TITLE)

    editor.fill("#id_summary", "สรุปที่กำลังพิมพ์")
    expect(editor.frame_locator(PANEL).locator("main p")).to_have_text("สรุปที่กำลังพิมพ์")


def test_no_server_of_the_front_end_sees_a_key(editor: Page):
    expect(editor.frame_locator(PANEL).locator("h1")).to_contain_text(TITLE)

    assert _Quiet.asked
    assert not any("token" in path for path in _Quiet.asked)
    frame = next(frame for frame in editor.frames if "preview.html" in frame.url)
    assert "preview-token" not in frame.evaluate("location.href")


def test_pictures_of_the_draft_are_shown(editor: Page):
    picture = editor.frame_locator(PANEL).locator("main img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("picture => picture.naturalWidth") > 0


def test_content_checker_reports_what_the_front_end_renders(editor: Page):
    expect(editor.frame_locator(PANEL).locator("h1")).to_contain_text(TITLE)
    counter = editor.locator("[data-side-panel-toggle=checks] [data-side-panel-toggle-counter]")
    expect(counter).to_have_text("1")

    editor.click("[data-side-panel-toggle=checks]")
    expect(editor.locator("[data-checks-panel] [data-content-checker-row]")).to_have_count(1)


def test_both_languages_stand_side_by_side(editor: Page):
    expect(editor.frame_locator(PANEL).locator("h1")).to_contain_text(TITLE)
    editor.select_option("#id_preview_mode", "both")
    panel = editor.frame_locator(PANEL)

    expect(panel.frame_locator("iframe >> nth=0").locator("h1")).to_contain_text(TITLE)
    expect(panel.locator("iframe")).to_have_count(2)


def test_window_of_its_own_has_the_user_bar(editor: Page):
    expect(editor.frame_locator(PANEL).locator("h1")).to_contain_text(TITLE)
    with editor.context.expect_page() as opened:
        editor.click("[data-w-preview-target=newTab]")
    window = opened.value

    expect(window.locator("h1")).to_contain_text(TITLE)
    expect(window.locator("wagtail-userbar [data-wagtail-userbar-trigger]")).to_be_visible()
    window.close()
