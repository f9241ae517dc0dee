"""A connection to an address that was looked up and judged, cut off when it takes too long."""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult


class UnknownHost(Exception):
    """There is no machine of this name."""


class PrivateAddress(Exception):
    """The machine stands in a private network, or one of its addresses does."""


class PinnedConnection(http.client.HTTPConnection):
    """Goes to an address that was judged, so that no second look-up of the name misleads it.

    `timeout` are the seconds without a byte. Unless `private` addresses are allowed, connecting
    raises `PrivateAddress` for them; `UnknownHost` where the name is unknown.
    """

    def __init__(self, parts: SplitResult, timeout: float, private: bool = False) -> None:
        self.is_secure = parts.scheme == "https"
        self.default_port = 443 if self.is_secure else 80
        super().__init__(str(parts.hostname), parts.port or self.default_port, timeout=timeout)
        self.may_be_private = private
        self.was_cut = False

    def connect(self) -> None:
        """The first address that takes the connection."""
        problem: OSError | None = None
        for address in addresses_of(self.host, self.port, self.may_be_private):
            try:
                self.sock = socket.create_connection((address, self.port), self.timeout)
            except OSError as error:
                problem = error
                continue
            if self.is_secure:
                context = ssl.create_default_context()
                self.sock = context.wrap_socket(
                    self.sock, server_hostname=self.host, do_handshake_on_connect=False
                )
                self.sock.do_handshake()
            return
        raise problem or UnknownHost(self.host)

    def cut(self) -> None:
        """Called from the timer's thread: what waits for this connection gets an error."""
        self.was_cut = True
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)


@contextmanager
def deadline(connection: PinnedConnection, seconds: float) -> Iterator[None]:
    """Cuts a connection off that drips on for ever, and closes it in any case.

    Raises `TimeoutError` where it was cut off.
    """
    timer = threading.Timer(seconds, connection.cut)
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if connection.was_cut:
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
        connection.close()


def addresses_of(host: str, port: int, private: bool = False) -> list[str]:
    """The addresses of a host; unless `private`, all of them on the public internet.

    Raises `UnknownHost` and `PrivateAddress`.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise UnknownHost(host) from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not private and not all(map(is_public, addresses)):
        raise PrivateAddress(host)
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, also one that is wrapped in another."""
    number = ipaddress.ip_address(address)
    inner = getattr(number, "ipv4_mapped", None) or getattr(number, "sixtofour", None)
    return number.is_global and not number.is_multicast and (inner is None or inner.is_global)
