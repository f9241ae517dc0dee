"""What the public may know of submissions: frozen facts, without what was withdrawn since.

What a withdrawn record leaves in public is its note's to say, at its permanent address: nothing of
its words is repeated here. Of a page that is for some readers only by now nothing is told at all.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery

from cms.assessors.answers import dead_addresses
from cms.assessors.models import Submission
from cms.publication.models import Publication


@dataclass(frozen=True)
class FrozenAddress:
    """One address of an answer: what stood there, and whether it does so still."""

    url: str | None  # None: what stood there was withdrawn, or is for some readers only
    title: str
    locale: str | None
    content_hash: str | None
    permanent_id: str | None
    click_path: list[str]
    path: str | None  # where the page stands now
    is_unchanged: bool | None  # None: not ours


@dataclass(frozen=True)
class FrozenAnswer:
    """One item with its answer."""

    code: str
    group: str
    titles: dict[str, str]
    answer: str
    explanations: dict[str, str]
    addresses: list[FrozenAddress]


@dataclass(frozen=True)
class FrozenYear:
    """The latest submission of a list of a year; nothing of who submitted it."""

    framework: str
    titles: dict[str, str]
    fiscal_year: int
    number: int
    submitted_at: datetime.datetime
    content_hash: str
    answers: list[FrozenAnswer] = field(default_factory=list)


def latest_submissions() -> QuerySet[Submission]:
    """Of each list of a year the one that counts, the newest year first."""
    same = Submission.objects.filter(assessment=OuterRef("assessment")).order_by("-number")
    rows = Submission.objects.filter(pk=Subquery(same.values("pk")[:1]))
    return rows.select_related("assessment__framework").order_by(
        "-assessment__fiscal_year", "assessment__framework__key"
    )


def public_years(rows: Iterable[Submission]) -> list[FrozenYear]:
    """The public facts of submissions; the same queries, whatever their number."""
    found = list(rows)
    frozen = [one for row in found for item in row.data["items"] for one in item["addresses"]]
    addresses = [one for one in frozen if "publication" in one]
    own = f"{settings.BASE_URL}/"
    others = [one["url"] for one in frozen if "publication" not in one]
    named = {step["publication"] for one in addresses for step in one["clickPath"]}
    named |= {one["publication"] for one in addresses}
    record = _Record(named, {one["address"] for one in addresses})
    record.dead = dead_addresses(url for url in others if url.startswith(own))
    return [_year(row, record) for row in found]


class _Record:
    """What became of the publications that were frozen, and what stands at their addresses."""

    def __init__(self, named: set[int], addresses: set[int]) -> None:
        rows = Publication.objects.readable().filter(sequence__in=named)
        withdrawn = dict(rows.values_list("sequence", "withdrawn_at"))
        self.readable = set(withdrawn)
        self.dead: set[str] = set()  # addresses of ours that are no page
        self.kept = {0, *(sequence for sequence, at in withdrawn.items() if at is None)}
        standing = Publication.objects.effective().filter(address__in=addresses)
        columns = standing.values_list("address", "locale", "address__path", "content_hash")
        self.standing = {
            address: (f"/{locale}{path}" if path else None, content_hash)
            for address, locale, path, content_hash in columns
        }

    def shows(self, one: dict[str, Any]) -> bool:
        """Whether the record that was frozen may still be named."""
        return one["publication"] in self.kept

    def path(self, one: dict[str, Any]) -> list[str]:
        """The words of a click path; none where one of them was withdrawn since."""
        steps = one["clickPath"]
        is_whole = all(step["publication"] in self.kept for step in steps)
        return [step["title"] for step in steps] if is_whole else []


def _year(row: Submission, record: _Record) -> FrozenYear:
    data = row.data
    return FrozenYear(
        framework=data["framework"],
        titles=data["titles"],
        fiscal_year=data["fiscalYear"],
        number=row.number,
        submitted_at=row.submitted_at,
        content_hash=row.content_hash,
        answers=[
            FrozenAnswer(
                code=item["code"],
                group=item["group"],
                titles=item["titles"],
                answer=item["answer"],
                explanations=item["explanations"],
                addresses=[_address(one, record) for one in item["addresses"]],
            )
            for item in data["items"]
        ],
    )


def _address(one: dict[str, Any], record: _Record) -> FrozenAddress:
    if "publication" not in one:
        is_dead = one["url"] in record.dead
        url, content_hash = (None, None) if is_dead else (one["url"], one.get("contentHash"))
        return FrozenAddress(url, "", None, content_hash, None, [], None, None)
    path, present = record.standing.get(one["address"], (None, ""))
    is_shown = record.shows(one)
    is_readable = one["publication"] in record.readable
    words = record.path(one) if is_shown else []
    return FrozenAddress(
        # A path is made of words of the pages above: it goes with them.
        url=one["url"] if words else None,
        title=one["title"] if is_shown else "",
        locale=one["locale"],
        content_hash=one["contentHash"] if is_readable else None,
        permanent_id=one["permanentId"] if is_readable else None,
        click_path=words,
        path=path,
        is_unchanged=present == one["contentHash"],
    )
