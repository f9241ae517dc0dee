"""The nightly pass over addresses of our own in what is public, answered from the record.

What leads nowhere is written beside the addresses on other sites, so that there is one report.
"""

from collections import defaultdict
from itertools import chain
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cms.oversight.addresses import MAX_LENGTH
from cms.oversight.models import LinkCheck
from cms.publication.models import Address, PinnedFile, Publication
from cms.watching.models import Pass
from cms.watching.own_addresses import Origins, Own, missing, own_links_in

CHUNK = 200  # publications read at once
OwnMessage = LinkCheck.OwnMessage
_FILE_MESSAGES = (OwnMessage.FILE_MISSING, OwnMessage.FILE_CHANGED)


def check_own_links() -> None:
    """One night's pass. Killed, it goes on with the publications that are left."""
    work, origins = Pass.resume("own_links"), Origins.read()
    standing = Publication.objects.in_force().select_related("address")
    standing = standing.only("pk", "snapshot", "locale", "address__root").order_by("pk")
    while chunk := list(standing.filter(pk__gt=work.cursor)[:CHUNK]):
        links = {row.pk: set(own_links_in(row.data["fields"], origins, row)) for row in chunk}
        with transaction.atomic():
            _note(links, missing(set(chain.from_iterable(links.values()))))
            work.advance(chunk[-1].pk, len(chunk))
    _forget(OwnMessage.NOT_PUBLIC)
    work.finish()


def _note(links: dict[int, set[Own]], broken: set[Own]) -> None:
    """The rows of the report for some publications, as they are now."""
    urls = _urls_of(broken)
    _write(
        OwnMessage.NOT_PUBLIC,
        {(urls[link], pk) for pk, named in links.items() for link in named & broken},
        _places().filter(publication_id__in=list(links), linkcheck__message=OwnMessage.NOT_PUBLIC),
    )


def note_broken_file(pinned: PinnedFile, problem: str) -> None:
    """The row of the report for one public file; `problem` is empty where it is right.

    It stands on what is public and names the file, or the picture that it is a copy of.
    """
    url = f"{settings.BASE_URL}{pinned.path}"[:MAX_LENGTH]
    known = _places().filter(linkcheck__url=url, linkcheck__message__in=_FILE_MESSAGES)
    if not problem:
        known.delete()
        LinkCheck.objects.filter(url=url, message__in=_FILE_MESSAGES).delete()
        return
    in_force = Publication.objects.in_force()
    named = in_force.filter(Q(files=pinned) | Q(files__renditions=pinned))
    pairs = {(url, pk) for pk in named.values_list("pk", flat=True)}
    _write(OwnMessage(problem), pairs, known)


def _write(message: str, pairs: set[tuple[str, int]], known: Any) -> None:
    """Makes the places of one kind of finding be `pairs`; those in `known` were so far."""
    now = timezone.now()
    urls = {url for url, _pk in pairs}
    values = {"state": LinkCheck.State.BROKEN, "status_code": None, "message": message}
    new = [LinkCheck(url=url, checked_at=now, failing_since=now, **values) for url in urls]
    LinkCheck.objects.bulk_create(new, ignore_conflicts=True)
    LinkCheck.objects.filter(url__in=urls).exclude(message=message).update(
        failing_since=now, **values
    )
    LinkCheck.objects.filter(url__in=urls).update(checked_at=now)
    before: dict[tuple[str, int], int] = {
        (url, publication): pk
        for pk, url, publication in known.values_list("pk", "linkcheck__url", "publication_id")
    }
    _places().filter(pk__in=[pk for pair, pk in before.items() if pair not in pairs]).delete()
    ids = dict(LinkCheck.objects.filter(url__in=urls).values_list("url", "pk"))
    place = LinkCheck.publications.through
    added = [place(linkcheck_id=ids[url], publication_id=pk) for url, pk in pairs - set(before)]
    place.objects.bulk_create(added, ignore_conflicts=True)


def _forget(message: str) -> None:
    """Deletes the findings that stand nowhere any more."""
    standing = Publication.objects.in_force().values("pk")
    LinkCheck.objects.filter(message=message).exclude(publications__in=standing).delete()


def _places() -> Any:
    return LinkCheck.publications.through.objects.all()


def _urls_of(links: set[Own]) -> dict[Own, str]:
    """The address of each link for the report; of what was never public, its id alone."""
    subjects = {link.value for link in links if link.name == "subject"}
    ids: dict[tuple[str, str], str] = {}
    rows = Address.objects.filter(subject__in=subjects).order_by("locale")
    by_subject: dict[str, str] = defaultdict(str)
    for address in rows:
        ids[str(address.subject), address.locale] = address.short_id
        by_subject[str(address.subject)] = address.short_id
    return {link: _url_of(link, ids, by_subject)[:MAX_LENGTH] for link in links}


def _url_of(link: Own, ids: dict[tuple[str, str], str], by_subject: dict[str, str]) -> str:
    match link.name:
        case "page":
            path = f"/{link.locale}{link.value}"
        case "permanent":
            path = f"/id/{link.value}/{link.locale}/"
        case "permanent_any":
            path = f"/id/{link.value}/"
        case "pinned_file":
            path = f"/files/{link.value}/"
        case "subject":
            short_id = ids.get((link.value, link.locale)) or by_subject[link.value]
            if not short_id:
                return f"urn:uuid:{link.value}"
            path = f"/id/{short_id}/{link.locale}/"
        case _:
            path = link.value
    return f"{settings.BASE_URL}{path}"
