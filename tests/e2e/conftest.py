"""A real server with the demonstration content, and a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.desk import Desk, Server

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 600  # the first start signs the whole demonstration
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
    port = _free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings",
        "SECRET_KEY": "e2e-secret-key",
        "SIGNATURE_KEY": "e2e-signature-key",
        "HTTPS": "0",
        "DATA_DIR": str(data_dir),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "EMAIL_URL": "dummymail://",
    }
    environment.pop("DATABASE_URL", None)
    log = (data_dir / "server.log").open("w")
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz/", process, data_dir / "server.log")
        accounts = (data_dir / "demonstration-accounts.txt").read_text()
        passwords = dict(line.split() for line in accounts.splitlines())
        yield Server(f"http://127.0.0.1:{port}", passwords, data_dir, environment)
    finally:
        process.terminate()
        process.wait(20)
        log.close()


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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server stopped:\n{log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310
                if response.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError(f"The server did not answer:\n{log.read_text()[-3000:]}")
