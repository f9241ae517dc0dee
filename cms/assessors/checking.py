"""The nightly pass over every address that assessors were given: does it still hold?

Our own are answered from the public record, without a request; those of other sites are asked as
all links are. One submission after the other; killed, it goes on with the addresses that are left.
"""

import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from cms.assessors.answers import dead_addresses
from cms.assessors.click_paths import click_paths, words
from cms.assessors.comparing import Comparison, Remark, State, compare, written
from cms.assessors.facts import latest_submissions
from cms.assessors.models import AddressCheck, Submission
from cms.oversight.addresses import normal_url
from cms.oversight.fetching import ask
from cms.oversight.link_checks import DELAY_SECONDS
from cms.oversight.models import LinkCheck
from cms.oversight.pace import Pace
from cms.publication.models import Address, FormerPath, Publication
from cms.watching.findings import Problem, end_finding, end_unseen, note_finding, tell
from cms.watching.models import Pass

JOB = "check_evidence"
_WRONG = (State.LESS, State.LOST)


class Place(NamedTuple):
    """One address of a submission."""

    code: str
    place: int  # among the addresses of the item
    address: dict[str, Any]  # as it was frozen

    @property
    def is_own(self) -> bool:
        """Whether it is a page of ours."""
        return "publication" in self.address


def check_evidence(delay: float = DELAY_SECONDS) -> None:
    """One night's pass over the submission that counts of each year; then the alerts."""
    work, pace = Pass.resume(JOB), Pace(delay)
    latest = latest_submissions().order_by("pk")
    while row := latest.filter(pk__gt=work.cursor).first():
        _check(row, work.started_at, pace)
        work.advance(row.pk, len(places_of(row)))
    end_unseen([Problem.EVIDENCE], work.started_at)  # of years that were submitted anew
    work.finish()
    tell()


def places_of(row: Submission) -> list[Place]:
    """Every address of a submission, in its order."""
    return [
        Place(item["code"], number, one)
        for item in row.data["items"]
        for number, one in enumerate(item["addresses"])
    ]


def _check(row: Submission, since: datetime.datetime, pace: Pace) -> None:
    """What was checked in this pass already is left alone: an answer of another site is slow."""
    done = set(row.checks.filter(checked_at__gte=since).values_list("code", "place"))
    places = [one for one in places_of(row) if (one.code, one.place) not in done]
    own = [one for one in places if one.is_own]
    with transaction.atomic():
        for place, found in own_comparisons(own):
            _note(row, place, found)
    for place in places:
        if not place.is_own:
            _note(row, place, _external(place.address["url"], pace))


@transaction.atomic
def _note(row: Submission, place: Place, found: Comparison) -> None:
    AddressCheck.objects.update_or_create(
        submission=row,
        code=place.code,
        place=place.place,
        defaults={
            "state": found.state,
            "remarks": [list(remark) for remark in found.remarks],
            "checked_at": timezone.now(),
        },
    )
    key = f"{row.pk}:{place.code}:{place.place}"
    if found.state not in _WRONG:
        end_finding([Problem.EVIDENCE], key)
        return
    with override(settings.LANGUAGE_CODE):
        title = f"{row.assessment} {place.code}"
        remarks = " ".join(written(remark) for remark in found.remarks)
    note_finding(Problem.EVIDENCE, key, title, f"{place.address['url']} {remarks}")


def _external(url: str, pace: Pace) -> Comparison:
    """An address of another site, or one of ours that is no page; what it shows is not ours."""
    if url.startswith(f"{settings.BASE_URL}/"):
        lost: list[Remark] = [("gone", "")] if dead_addresses([url]) else []
        return Comparison(State.LOST if lost else State.SAME, lost)
    outcome = ask(normal_url(url), pace)
    if outcome.state == LinkCheck.State.OK:
        return Comparison(State.SAME, [])
    message = LinkCheck(message=outcome.message).finding
    return Comparison(State.LOST, [("external", message)])


def own_comparisons(places: list[Place]) -> list[tuple[Place, Comparison]]:
    """Pages of ours, with what stands there now. Constant queries."""
    record = _Now(places)
    return [(place, record.compare(place.address)) for place in places]


class _Now:
    """What stands now at frozen addresses, and what stood there then."""

    def __init__(self, places: list[Place]) -> None:
        frozen = [place.address for place in places]
        rows = Publication.objects.filter(sequence__in={one["publication"] for one in frozen})
        self.before = {row.sequence: row for row in rows.select_related("address")}
        standing = Publication.objects.effective().filter(
            address__in={one["address"] for one in frozen}, address__path__isnull=False
        )
        self.now = {row.address_id: row for row in standing.select_related("address")}
        self.paths = click_paths(self.now.values())
        subjects = {row.subject for row in self.now.values()}
        self.languages: dict[Any, list[str]] = {}
        others = Publication.objects.effective().filter(subject__in=subjects)
        for subject, locale in others.values_list("subject", "locale"):
            self.languages.setdefault(subject, []).append(locale)
        urls = {self._path(one) for one in frozen}
        columns = ("path", "locale", "root")
        self.places = {
            tuple(place): pk
            for model, key in ((FormerPath, "address"), (Address, "pk"))  # who stands there wins
            for pk, *place in model.objects.filter(path__in=urls).values_list(key, *columns)
        }

    @staticmethod
    def _path(one: dict[str, Any]) -> str:
        return urlsplit(one["url"]).path.removeprefix(f"/{one['locale']}")

    def compare(self, one: dict[str, Any]) -> Comparison:
        """By the rule of `cms.assessors.comparing`."""
        before, now = self.before.get(one["publication"]), self.now.get(one["address"])
        if before is None or now is None:
            return Comparison(State.LOST, [("gone", "")])
        place = (self._path(one), one["locale"], now.address.root)
        if self.places.get(place) != one["address"]:
            return Comparison(State.LOST, [("other-page", "")])
        found = compare(before, now, one["languages"], self.languages[now.subject])
        steps = self.paths.get(now.pk, [])
        if words(steps) == words(one["clickPath"]):
            return found
        state = State.CHANGED if found.state == State.SAME else found.state
        return Comparison(state, [*found.remarks, ("path", words(steps))])
