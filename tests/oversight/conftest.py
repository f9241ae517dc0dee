"""A real web site on this machine, with every kind of answer."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Site:
    """What the site was asked, and its address. Paths say what it answers: `/404/`, `/slow/`."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.port = server.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        self.asked: list[tuple[str, str]] = []
        self.moments: list[float] = []
        self.agents: set[str] = set()
        self.redirects: dict[str, str] = {}
        self.sent = 0


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.site.asked.append((self.command, self.path))
        self.site.moments.append(time.monotonic())
        self.site.agents.add(self.headers["User-Agent"])
        name = self.path.strip("/")
        if self.path in self.site.redirects:
            self._send(302, Location=self.site.redirects[self.path])
        elif name == "no-head" and self.command == "HEAD":
            self._send(405)
        elif name == "rude-head" and self.command == "HEAD":
            self.connection.close()
        elif name == "not-http":
            self.wfile.write(b"SSH-2.0-example\r\n")
        elif name == "drip":
            self._drip()
        elif name == "huge":
            self._huge()
        else:
            self._send(int(name) if name.isdigit() else 200)

    def _send(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _drip(self) -> None:
        """One byte of a header after another, each in time."""
        for letter in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1000:
            try:
                self.wfile.write(bytes([letter]))
            except OSError:
                return
            time.sleep(0.05)

    def _huge(self) -> None:
        """Fails with HEAD, so that it is asked with GET; then sends without end."""
        if self.command == "HEAD":
            self._send(501)
            return
        self.send_response(200)
        self.end_headers()
        try:
            while self.site.sent < 200_000_000:
                self.site.sent += self.wfile.write(b"x" * 100_000)
        except OSError:
            return

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def site(settings) -> Iterator[Site]:
    """The site, which the check may ask although it stands on this machine."""
    settings.LINK_CHECK_PRIVATE_ADDRESSES = True
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    handler.site = Site(server)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield handler.site
    server.shutdown()
    server.server_close()
