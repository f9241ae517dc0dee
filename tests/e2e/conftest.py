"""A real server with the demonstration content, and a real browser."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.desk import Desk, Server
from tests.serving import served

CHROMIUM = shutil.which("chromium") or "chromium"
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """What `make serve` starts, on a free port, with a data folder of its own."""
    data_dir = tmp_path_factory.mktemp("e2e")
    with served(data_dir) as (origin, environment):
        accounts = (data_dir / "demonstration-accounts.txt").read_text()
        passwords = dict(line.split() for line in accounts.splitlines())
        yield Server(origin, passwords, data_dir, environment)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield instance
        instance.close()


@pytest.fixture
def desk(server: Server, browser: Browser) -> Iterator[Desk]:
    """Signs people in, each in a window of their own."""
    found = Desk(server, browser)
    yield found
    found.close()


@pytest.fixture
def citizen(browser: Browser) -> Iterator[Page]:
    """A telephone with scripts switched off, which the site gave no cookie."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    yield context.new_page()
    assert context.cookies() == []
    context.close()
