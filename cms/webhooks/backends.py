"""Backends for WAGTAILFRONTENDCACHE that empty caches by tag, which Wagtail's own do not.

Each raises where the cache refuses or does not answer, so that the purge is tried again.
"""

import json
from collections.abc import Iterator
from typing import Any
from urllib.request import Request, urlopen

from django.conf import settings
from wagtail.contrib.frontend_cache.backends.base import BaseBackend

TIMEOUT = 10  # seconds


class VarnishTagsBackend(BaseBackend):
    """Varnish with vmod xkey: `PURGE /` with the tags in a header.

    `LOCATION` is its address, or a list of them; `HEADER` the header (default `xkey-purge`).
    """

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        location = params["LOCATION"]
        self.locations = [location] if isinstance(location, str) else list(location)
        self.header = params.get("HEADER", "xkey-purge")

    def purge_tags(self, tags: list[str]) -> None:
        """One request for each hundred tags to each Varnish."""
        for location in self.locations:
            for some in _parts(tags, 100):
                _send(f"{location.rstrip('/')}/", "PURGE", {self.header: " ".join(some)})


class FastlyBackend(BaseBackend):
    """Fastly: `SERVICE_ID` and `TOKEN`. A stale answer may be withdrawn: all are dropped."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        origin = params.get("ENDPOINT", "https://api.fastly.com").rstrip("/")
        self.address = f"{origin}/service/{params['SERVICE_ID']}/purge"
        self.headers = {"Fastly-Key": params["TOKEN"], "Accept": "application/json"}

    def purge_tags(self, tags: list[str]) -> None:
        """At most 256 surrogate keys at once."""
        for some in _parts(tags, 256):
            _send(self.address, "POST", {**self.headers, "Surrogate-Key": " ".join(some)})


class CloudflareTagsBackend(BaseBackend):
    """Cloudflare: `ZONEID` and `BEARER_TOKEN`."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        origin = params.get("ENDPOINT", "https://api.cloudflare.com/client/v4").rstrip("/")
        self.address = f"{origin}/zones/{params['ZONEID']}/purge_cache"
        self.headers = {
            "Authorization": f"Bearer {params['BEARER_TOKEN']}",
            "Content-Type": "application/json",
        }

    def purge_tags(self, tags: list[str]) -> None:
        """At most 30 tags at once."""
        for some in _parts(tags, 30):
            answer = _send(self.address, "POST", self.headers, json.dumps({"tags": some}).encode())
            if not json.loads(answer).get("success"):
                raise OSError("Cloudflare refused the purge.")


def _parts(tags: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(tags), size):
        yield tags[start : start + size]


def _send(url: str, method: str, headers: dict[str, str], body: bytes | None = None) -> bytes:
    """The answer's body; raises `OSError` for any other status than 2xx."""
    request = Request(url, body, headers, method=method)  # noqa: S310 (the operator's own address)
    request.add_header("User-Agent", f"Prakat-webhooks/1.0 (+{settings.BASE_URL})")
    with urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
        return response.read()
