"""Hourly samples: do public addresses answer over the network, as a reader would ask?

Each hour the front pages, what was published last, what failed before, and the next few addresses
in their order. Three failures of one address in a row are told to the administrators.
"""

import http.client
import time
from collections.abc import Iterable
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from wagtail.models import Site

from cms.outgoing.connection import PinnedConnection, UnknownHost, deadline
from cms.publication.models import Address, Publication
from cms.watching.findings import Problem, end_finding, note_finding, tell
from cms.watching.models import (
    Pass,
    Reachability,
    SampleDay,
    WatchingSettings,
    open_findings,
)

FAILURES = 3  # in a row, until it is told
TIMEOUT = 10  # seconds without a byte
DEADLINE = 20  # seconds for one request as a whole
PAUSE = 0.5  # seconds between two requests: our own site serves others too
BLOCK = 64 * 1024  # bytes of a page read at once
LONGEST = 20 * 1024 * 1024  # bytes of a page that are read


def sample() -> None:
    """This hour's samples, then the alerts. Each is saved as it comes."""
    origins = _origins()
    for number, address in enumerate(chosen_addresses(WatchingSettings.load().sample_size)):
        if number:
            time.sleep(PAUSE)
        url = f"{origins.get(address.root, settings.BASE_URL)}{address}"
        note_sample(address, answers(url), url)
    _end_of_what_left()
    tell()


def chosen_addresses(number: int) -> list[Address]:
    """Front pages, what is newest, up to `number` that failed, and `number` in their turn."""
    public = _public()
    latest = Publication.objects.effective().filter(address__path__isnull=False)
    latest = latest.order_by("-effective_from", "-pk")
    newest = public.filter(pk__in=list(latest.values_list("address_id", flat=True)[:1]))
    failing = public.filter(reachability__failures__gt=0).order_by("reachability__failing_since")
    found: dict[int, Address] = {}
    for rows in (public.filter(path="/"), newest, failing[: max(number, 20)], _turn(number)):
        found.update({address.pk: address for address in rows})
    return list(found.values())


def _public() -> QuerySet[Address]:
    """What everybody may read now at an address of its own."""
    in_force = Publication.objects.effective().filter(address=OuterRef("pk"))
    return Address.objects.filter(Exists(in_force), path__isnull=False).order_by("pk")


def _turn(number: int) -> Iterable[Address]:
    """The next addresses in their order; behind the last one the first comes again."""
    if not number:
        return []
    work = Pass.resume("samples")
    rows = list(_public().filter(pk__gt=work.cursor)[:number])
    if rows:
        work.advance(rows[-1].pk, len(rows))
    if len(rows) < number:
        work.finish()
    return rows


def _origins() -> dict[UUID | None, str]:
    """Where each site answers: the default one at `BASE_URL`, others at their own hosts."""
    rows = Site.objects.select_related("root_page")
    return {
        site.root_page.translation_key: settings.BASE_URL if site.is_default_site else site.root_url
        for site in rows
    }


def answers(url: str) -> bool:
    """Whether an address of ours gives its whole page. It may stand in our own network."""
    parts = urlsplit(url)
    connection = PinnedConnection(parts, TIMEOUT, private=True)
    headers = {"User-Agent": f"Prakat-samples/1.0 (+{settings.BASE_URL})", "Accept": "text/html"}
    try:
        with deadline(connection, DEADLINE):
            connection.request("GET", parts.path or "/", headers=headers)
            response = connection.getresponse()
            left = LONGEST
            while left > 0 and (block := response.read(BLOCK)):
                left -= len(block)
            return response.status == http.client.OK
    except (OSError, UnknownHost, http.client.HTTPException):
        return False


@transaction.atomic
def note_sample(address: Address, has_answered: bool, url: str) -> None:
    """Counts one sample and, after three failures in a row, notes the finding."""
    now = timezone.now()
    day, _new = SampleDay.objects.get_or_create(address=address, day=timezone.localdate(now))
    if has_answered:
        first = day.first_answer_at or now
        SampleDay.objects.filter(pk=day.pk).update(
            answered=F("answered") + 1, first_answer_at=first, last_answer_at=now
        )
    else:
        SampleDay.objects.filter(pk=day.pk).update(failed=F("failed") + 1)
    lately, _new = Reachability.objects.get_or_create(address=address)
    lately.note(has_answered, now)
    if has_answered:
        end_finding([Problem.UNREACHABLE], str(address.pk))
    elif lately.failures >= FAILURES:
        latest = Publication.objects.effective().filter(address=address).only("title").first()
        title = latest.title if latest else ""
        note_finding(Problem.UNREACHABLE, str(address.pk), title, url)


def _end_of_what_left() -> None:
    """What is not public any more need not answer."""
    Reachability.objects.filter(failures__gt=0).exclude(address__in=_public()).update(
        failures=0, failing_since=None
    )
    failing = Reachability.objects.filter(failures__gt=0).values_list("address_id", flat=True)
    unreachable = open_findings().filter(problem=Problem.UNREACHABLE)
    unreachable.exclude(key__in=[str(pk) for pk in failing]).update(over_at=timezone.now())
