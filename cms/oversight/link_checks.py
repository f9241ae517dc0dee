"""The nightly check of all addresses on other sites, in bounded memory; it resumes where it was."""

import datetime
import queue
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from urllib.parse import urlsplit

from django.db.models import F, Q
from django.utils import timezone

from cms.oversight.addresses import links_in
from cms.oversight.fetching import Outcome, ask
from cms.oversight.models import LinkCheck
from cms.oversight.pace import Pace
from cms.publication.models import Publication

CHUNK = 200  # publications read at once
WORKERS = 8  # sites asked at once; each is asked one thing at a time
RECENT = datetime.timedelta(hours=20)  # what was checked since then is left alone
DELAY_SECONDS = 1.0  # between two requests to one site
_Found = queue.SimpleQueue[tuple[LinkCheck, Outcome] | None]


def collect() -> None:
    """Notes every address that stands in public now, and where; forgets those that do no more."""
    rows = Publication.objects.in_force().only("pk", "snapshot").order_by("pk")
    rows_left = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows_left, CHUNK)):
        _note({row.pk: set(links_in(row.data["fields"])) for row in chunk})
    standing = Publication.objects.in_force().values("pk")
    LinkCheck.objects.exclude(publications__in=standing).delete()


def _note(links: dict[int, set[str]]) -> None:
    urls = set().union(*links.values())
    LinkCheck.objects.bulk_create([LinkCheck(url=url) for url in urls], ignore_conflicts=True)
    ids = dict(LinkCheck.objects.filter(url__in=urls).values_list("url", "pk"))
    place = LinkCheck.publications.through
    places = [
        place(linkcheck_id=ids[url], publication_id=publication)
        for publication, named in links.items()
        for url in named
    ]
    place.objects.bulk_create(places, ignore_conflicts=True)


def check_all() -> None:
    """One night's check with the usual pace."""
    collect()
    for _checked in check(due(RECENT), DELAY_SECONDS):
        pass


def due(older_than: datetime.timedelta) -> list[LinkCheck]:
    """What was not checked for so long, what was never checked first."""
    limit = timezone.now() - older_than
    rows = LinkCheck.objects.filter(Q(checked_at__isnull=True) | Q(checked_at__lt=limit))
    # What is our own is known without asking (`cms.watching.own_links`).
    rows = rows.exclude(message__in=LinkCheck.OwnMessage.values)
    return list(rows.order_by(F("checked_at").asc(nulls_first=True), "url"))


def check(checks: list[LinkCheck], delay: float) -> Iterator[LinkCheck]:
    """Asks each address, several sites at once, and saves each answer as it comes.

    `delay` are the seconds between two requests to one site. Only this thread touches the
    database.
    """
    sites: dict[str, list[LinkCheck]] = defaultdict(list)
    for one in checks:
        sites[urlsplit(one.url).netloc].append(one)
    pace, found = Pace(delay), _Found()
    with ThreadPoolExecutor(max_workers=WORKERS) as pool:
        tasks = [pool.submit(_ask_site, group, pace, found) for group in sites.values()]
        for _site in sites:
            while answer := found.get():
                one, outcome = answer
                one.note(*outcome, at=timezone.now())
                yield one
        for task in tasks:
            task.result()  # raises what a thread raised: a fault of ours


def _ask_site(group: list[LinkCheck], pace: Pace, found: _Found) -> None:
    try:
        for one in group:
            found.put((one, ask(one.url, pace)))
    finally:
        found.put(None)  # this site is done
