"""A real mail server on this machine, and what it was given."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Mailbox:
    """Keeps what the server was given; `refusals` are its next answers, before it accepts."""

    port: int
    mails: list[Any] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """One mail."""
        if self.refusals:
            return self.refusals.pop(0)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.ids.append(str(mail["Message-ID"]))
        self.mails.append((envelope.rcpt_tos, str(mail["Subject"]), mail.get_content()))
        return "250 OK"

    def to(self, address: str) -> list[tuple[str, str]]:
        """Subject and text of the mails to somebody."""
        return [(subject, text) for to, subject, text in self.mails if to == [address]]


@contextmanager
def mail_server(settings: Any) -> Iterator[Mailbox]:
    """Runs a server to which the outbox sends."""
    box = Mailbox(free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    send_to(settings, box.port)
    try:
        yield box
    finally:
        controller.stop()


def send_to(settings: Any, port: int) -> None:
    """Lets the outbox send to a port of this machine."""
    settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = ""


def free_port() -> int:
    """A port at which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
