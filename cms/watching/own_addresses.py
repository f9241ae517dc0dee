"""Addresses of our own in what is public: where they stand, and whether they lead to something.

Answered from the public record, without a request. Links into the machinery of the site (search,
feeds, forms) are right where the site has such an address.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import Resolver404, resolve
from wagtail.models import Site

from cms.publication.models import Address, FormerPath, PinnedFile, Publication

_HREF = re.compile(r'<a\s[^>]*?href="([^"]+)"')
_SUBJECT = re.compile(r'<a\s[^>]*?data-subject="([0-9a-f-]{36})"')


class Own(NamedTuple):
    """One address of ours: `name` of the kind of address, and what it names there."""

    name: str  # "page", "permanent", "permanent_any", "pinned_file", "subject", "other", "unknown"
    value: str
    locale: str = ""
    root: UUID | None = None


@dataclass(frozen=True)
class Origins:
    """The hosts of this installation with the front pages of their sites, read once."""

    roots: dict[str, UUID | None]

    @classmethod
    def read(cls) -> "Origins":
        """As Wagtail's sites and `BASE_URL` say; where there is one site, no root is needed."""
        rows = list(Site.objects.values_list("hostname", "root_page__translation_key"))
        several = len({root for _name, root in rows}) > 1
        roots = {name.lower(): root if several else None for name, root in rows}
        roots.setdefault((urlsplit(settings.BASE_URL).netloc).lower(), None)
        return cls(roots)

    def own_path(self, url: str, root: UUID | None) -> tuple[str, UUID | None] | None:
        """The path of an address of ours and its site; None for what is another's, or none."""
        try:
            parts = urlsplit(url.strip())
        except ValueError:
            return None
        if not parts.scheme and not parts.netloc and parts.path.startswith("/"):
            return unquote(parts.path), root
        if parts.scheme not in ("http", "https"):
            return None
        for host in (parts.netloc.lower(), (parts.hostname or "").lower()):
            if host in self.roots:
                return unquote(parts.path) or "/", self.roots[host]
        return None


def own_links_in(value: Any, origins: Origins, publication: Publication) -> Iterator[Own]:
    """Every address of ours in the fields of a snapshot, in rich text too."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from own_links_in(item, origins, publication)
    elif isinstance(value, str):
        for subject in _SUBJECT.findall(value):
            yield Own("subject", subject, publication.locale)
        whole = [value] if re.fullmatch(r"https?://\S+", value) else []
        root = publication.address.root if len(set(origins.roots.values())) > 1 else None
        for url in [*whole, *map(html.unescape, _HREF.findall(value))]:
            if found := origins.own_path(url, root):
                yield _own(*found)


def own_link(url: str, origins: Origins, root: UUID | None = None) -> Own | None:
    """What an address of ours names, e.g. as copied from a browser; None for another's."""
    found = origins.own_path(url, root)
    return _own(*found) if found else None


def _own(path: str, root: UUID | None) -> Own:
    if path == "/" or path.startswith(settings.STATIC_URL):
        return Own("other", "")
    for candidate in (path, f"{path}/"):  # readers are sent on to the one with the slash
        try:
            match = resolve(candidate)
        except Resolver404:
            continue
        words = match.kwargs
        match match.url_name:
            case "page":
                return Own("page", f"/{words['path']}", words["language"], root)
            case "permanent":
                return Own("permanent", words["short_id"], words["language"])
            case "permanent_any":
                return Own("permanent_any", words["short_id"])
            case "pinned_file":
                return Own("pinned_file", words["sha256"])
        return Own("other", "")
    return Own("unknown", path)


def missing(links: Iterable[Own]) -> set[Own]:
    """Those that lead to nothing public, with a constant number of queries.

    What is for some readers only is there for them; what stood elsewhere before leads on.
    """
    wanted = {link for link in links if link.name != "other"}
    there = {
        *_pages({link for link in wanted if link.name == "page"}),
        *_records({link for link in wanted if link.name in ("permanent", "permanent_any")}),
        *_files({link for link in wanted if link.name == "pinned_file"}),
        *_subjects({link for link in wanted if link.name == "subject"}),
        *_redirects({link for link in wanted if link.name == "unknown"}),
    }
    return wanted - there


def _standing() -> QuerySet[Address]:
    in_force = Publication.objects.in_force().filter(address=OuterRef("pk"))
    return Address.objects.filter(Exists(in_force))


def _pages(links: set[Own]) -> Iterator[Own]:
    if not links:
        return
    paths = {link.value for link in links}
    known = set(_standing().filter(path__in=paths).values_list("path", "locale", "root"))
    former = FormerPath.objects.filter(path__in=paths, address__in=_standing())
    known |= set(former.values_list("path", "locale", "root"))
    redirects = Publication.objects.in_force().filter(old_path__in=paths)
    known |= {(path, locale, None) for path, locale in redirects.values_list("old_path", "locale")}
    anywhere = {(path, locale) for path, locale, _root in known}
    for link in links:
        place = (link.value, link.locale)
        on_site = {(*place, link.root), (*place, None)} & known
        if place in anywhere if link.root is None else on_site:
            yield link


def _records(links: set[Own]) -> Iterator[Own]:
    if not links:
        return
    rows = _standing().filter(short_id__in={link.value for link in links})
    known = set(rows.values_list("short_id", "locale"))
    ids = {short_id for short_id, _locale in known}
    for link in links:
        in_some_language = link.name == "permanent_any" and link.value in ids
        if in_some_language or (link.value, link.locale) in known:
            yield link


def _files(links: set[Own]) -> Iterator[Own]:
    if not links:
        return
    standing = Publication.objects.in_force()
    rows = PinnedFile.objects.filter(sha256__in={link.value for link in links})
    public = rows.filter(Q(publications__in=standing) | Q(sources__publications__in=standing))
    known = set(public.values_list("sha256", flat=True))
    yield from (link for link in links if link.value in known)


def _redirects(links: set[Own]) -> Iterator[Own]:
    """Addresses of a former site, which the office leads on to its pages."""
    if not links:
        return
    paths = {link.value for link in links}
    rows = Publication.objects.in_force().filter(old_path__in=paths)
    known = set(rows.values_list("old_path", flat=True))
    yield from (link for link in links if link.value in known)


def _subjects(links: set[Own]) -> Iterator[Own]:
    """A link of an editor to a page: it leads to the page in the language of the text."""
    if not links:
        return
    rows = _standing().filter(subject__in={link.value for link in links}, path__isnull=False)
    known = {(str(subject), locale) for subject, locale in rows.values_list("subject", "locale")}
    yield from (link for link in links if (link.value, link.locale) in known)
