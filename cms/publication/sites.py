"""The sites of one installation: Wagtail's own records of hostnames, by their front pages.

The public record names a site by the subject of its front page. Where there is only one, nothing
is asked for at all.
"""

import time
import uuid
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Site

from cms.accounts.client import present_request

# Other processes learn of a new site within this time; its front page must be signed first.
KEPT_SECONDS = 60.0
_HTTP, _HTTPS = 80, 443


class UnknownSite(LookupError):
    """No site has this hostname or id."""


class PublicSite(NamedTuple):
    """One site: its id, hostname and port in Wagtail, and the subject of its front page."""

    id: int
    hostname: str
    port: int
    root: uuid.UUID
    is_default: bool

    @property
    def origin(self) -> str:
        """Where its readers find it: `BASE_URL` for the default site.

        For the others by its hostname and the scheme of `BASE_URL`, with its port where that is
        neither of the two that need not be told.
        """
        if self.is_default:
            return settings.BASE_URL
        scheme = "https" if self.port == _HTTPS else urlsplit(settings.BASE_URL).scheme
        port = "" if self.port in (_HTTP, _HTTPS) else f":{self.port}"
        return f"{scheme}://{self.hostname}{port}"


_known: tuple[float, tuple[PublicSite, ...]] | None = None


def sites() -> tuple[PublicSite, ...]:
    """Every site, as of not long ago."""
    global _known
    if _known is None or _known[0] < time.monotonic():
        columns = ("pk", "hostname", "port", "root_page__translation_key", "is_default_site")
        rows = Site.objects.order_by("pk").values_list(*columns)
        _known = (time.monotonic() + KEPT_SECONDS, tuple(PublicSite(*row) for row in rows))
    return _known[1]


def site_named(name: str) -> uuid.UUID | None:
    """The front page of the site with a hostname or id; None where there is but one site.

    Raises `UnknownSite`.
    """
    known = sites()
    host = name.partition(":")[0].lower()
    found = [site for site in known if host in (site.hostname.lower(), str(site.id))]
    if not found:
        raise UnknownSite(name)
    return found[0].root if _are_several(known) else None


def present_site() -> uuid.UUID | None:
    """The front page of the site of the request that is being answered."""
    return site_of(present_request())


def site_of(request: HttpRequest | None) -> uuid.UUID | None:
    """The front page of the site of a request's host, or else of the default one.

    None where there is but one site.
    """
    known = sites()
    if not _are_several(known):
        return None
    host = request.get_host().partition(":")[0].lower() if request else ""
    default = next((site for site in known if site.is_default), known[0])
    return next((site for site in known if site.hostname.lower() == host), default).root


def origins_of(roots: Iterable[uuid.UUID | None]) -> tuple[str, ...]:
    """The origins of the sites with these front pages; of every site for what belongs to all."""
    known, wanted = sites(), set(roots)
    of_these = [site.origin for site in known if site.root in wanted]
    if None in wanted or not of_these or not _are_several(known):
        of_these = [site.origin for site in known]
    return tuple(dict.fromkeys(of_these)) or (settings.BASE_URL,)


def are_several() -> bool:
    """Whether there is more than one site."""
    return _are_several(sites())


def forget_sites(*args: Any, **kwargs: Any) -> None:
    """A site was made, changed or deleted."""
    global _known
    _known = None


def _are_several(known: tuple[PublicSite, ...]) -> bool:
    return len({site.root for site in known}) > 1
