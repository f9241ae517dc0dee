"""Addresses on other sites: one form for each, and where public records name them."""

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from django.conf import settings

MAX_LENGTH = 2000
_HREF = re.compile(r'<a\s[^>]*?href="(https?://[^"]+)"')
_ADDRESS = re.compile(r"https?://\S+")
_KEPT = "/%:@!$&'()*+,;=~"  # what may stand in a path as it is


def normal_url(url: str) -> str:
    """The form in which an address is asked for: ASCII, host in small letters, no fragment.

    A name and password in it are left out. Empty for what is no address of the web, or too long.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # UnicodeError is one too
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    host = f"[{host}]" if ":" in host else host
    path = quote(parts.path or "/", safe=_KEPT)
    found = urlunsplit((parts.scheme, f"{host}{port}", path, quote(parts.query, f"{_KEPT}?"), ""))
    return found if len(found) <= MAX_LENGTH else ""


def links_in(value: Any) -> Iterator[str]:
    """Every address on another site in the fields of a snapshot, in rich text too, normalised."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from links_in(item)
    elif isinstance(value, str):
        found = [value] if _ADDRESS.fullmatch(value) else map(html.unescape, _HREF.findall(value))
        for url in map(normal_url, found):
            if url and not _is_ours(url):
                yield url


def _is_ours(url: str) -> bool:
    return f"{url}/".startswith(f"{settings.BASE_URL}/")
