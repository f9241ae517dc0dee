"""A real front end on this machine that is told by webhooks; and a cache that is purged."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook

from cms.webhooks.models import Delivery, Endpoint
from cms.webhooks.sending import send_now
from cms.webhooks.signing import renew_secret


@dataclass
class Received:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What the server got; `answers` are its next statuses, before it answers 204."""

    url: str = ""
    requests: list[Received] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    answer_body: bytes = b""
    location: str = ""
    delay: float = 0.0

    def verified(self, secret: str) -> list[Any]:
        """The bodies, after the reference library has checked each signature."""
        return [Webhook(secret).verify(one.body, one.headers) for one in self.requests]


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        receiver = self.receiver
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {key.lower(): value for key, value in self.headers.items()}
        receiver.requests.append(Received(self.command, self.path, headers, body))
        time.sleep(receiver.delay)
        self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
        if receiver.location:
            self.send_header("Location", receiver.location)
        self.send_header("Content-Length", str(len(receiver.answer_body)))
        self.end_headers()
        self.wfile.write(receiver.answer_body)

    do_PURGE = do_POST

    def log_message(self, *args: object) -> None:
        """Quiet."""


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Runs the server."""
    handler = type("Handler", (_Handler,), {"receiver": Receiver()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    handler.receiver.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield handler.receiver
    finally:
        server.shutdown()
        server.server_close()


def endpoint(url: str, **fields: Any) -> tuple[Endpoint, str]:
    """An endpoint with its secret."""
    row = Endpoint(**{"description": "แอปมือถือ", "url": url, **fields})
    secret = renew_secret(row)
    row.save()
    return row, secret


def send_all() -> list[Delivery]:
    """One try of whatever waits; returns every delivery as it is then, the oldest first."""
    for pk in Delivery.objects.filter(state=Delivery.State.WAITING).values_list("pk", flat=True):
        send_now(pk)
    return list(Delivery.objects.order_by("pk"))
