"""What the office owed the public at a moment: the disclosure items that were public then.

The list is read from publications, as everything public is: what nobody signed is not owed, and
what was owed on an earlier day is a question that the record answers.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from cms.publication.models import Publication
from cms.publication.versions import ORIGINAL
from cms.thai.collation import sort_key
from cms.thai.dates import BUDDHIST_ERA_OFFSET, fiscal_year
from pages.counting import OFFICIAL, keys_of
from pages.disclosure_items import DisclosureItem, Period, RequiredLanguage

_FISCAL_YEAR_BEGINS = 10  # October
_SECTION = "SectionPage"  # names an item without telling anything: its pages do


class Kind(NamedTuple):
    """What a publication is, as far as it decides what it counts for."""

    item: UUID | None
    type: str
    category: str
    official_information: str

    def keys(self) -> set[str]:
        """The keys of `pages.counting` that it answers to."""
        return {self.type, f"{self.type}/{self.category}", *self.sections()}

    def sections(self) -> set[str]:
        """Those of the parts of the Official Information Act that it names."""
        named = self.official_information.strip("|").split("|")
        return {f"{OFFICIAL}/{section}" for section in named if section}


@dataclass(eq=False)
class Obligation:
    """One disclosure item as it was public at a moment."""

    subject: UUID
    code: str
    titles: dict[str, str]  # by language
    parent: "Obligation | None" = None
    parts: list["Obligation"] = field(default_factory=list)
    descriptions: dict[str, str] = field(default_factory=dict)
    legal_bases: dict[str, str] = field(default_factory=dict)
    conditions: dict[str, str] = field(default_factory=dict)  # when it is fulfilled
    own_division: UUID | None = None
    languages: tuple[str, ...] = tuple(RequiredLanguage.values)
    is_yearly: bool = False
    first_fiscal_year: int | None = None
    owed_after_months: int = 0
    minimum: int = 1
    counts: frozenset[str] = frozenset()
    review_months: int = 0
    sort_order: int = 0

    def title(self, language: str) -> str:
        """In a language, or in the office's."""
        return self.titles.get(language) or self.titles[ORIGINAL]

    @property
    def division(self) -> UUID | None:
        """Who owes it: as it says, or as the nearest item above does."""
        if self.own_division or self.parent is None:
            return self.own_division
        return self.parent.division

    @property
    def chapter(self) -> "Obligation":
        """The highest item above it, or itself."""
        return self.parent.chapter if self.parent else self

    @property
    def lineage(self) -> list["Obligation"]:
        """From the highest item down to this one."""
        return [*(self.parent.lineage if self.parent else []), self]

    def years(self, day: datetime.date) -> list[int | None]:
        """The fiscal years for which it is owed on a day; `[None]` where it always is."""
        if not self.is_yearly:
            return [None]
        years = range(self.first_fiscal_year or fiscal_year(day), fiscal_year(day) + 1)
        return [year for year in years if self.owed_from(year) <= day]

    def owed_from(self, year: int) -> datetime.date:
        """The first day on which the publication for a fiscal year is owed."""
        months = _FISCAL_YEAR_BEGINS - 1 + self.owed_after_months
        first = year - BUDDHIST_ERA_OFFSET - 1
        return datetime.date(first + months // 12, months % 12 + 1, 1)

    def is_fulfilled_by(self, kind: Kind) -> bool:
        """Whether a publication of a kind that names this item, or one above it, counts."""
        if self.counts:
            return bool(self.counts & kind.keys())
        return kind.item == self.subject and kind.type != _SECTION


class Duty(NamedTuple):
    """One obligation, for one fiscal year where it is yearly."""

    obligation: Obligation
    fiscal_year: int | None


class Obligations:
    """The tree at a moment, and which of its parts a publication counts for."""

    def __init__(self, rows: Iterable[Obligation]) -> None:
        """`rows` are linked already, in the order of the list."""
        self.all = list(rows)
        self.by_subject = {row.subject: row for row in self.all}
        self.leaves = [row for row in self.all if not row.parts]
        self._below: dict[UUID, list[Obligation]] = defaultdict(list)
        for leaf in self.leaves:
            for above in leaf.lineage:
                self._below[above.subject].append(leaf)
        self._known: dict[Kind, list[Obligation]] = {}

    def duties(self, day: datetime.date) -> Iterator[Duty]:
        """What is owed on a day, in the order of the list."""
        for leaf in self.leaves:
            for year in leaf.years(day):
                yield Duty(leaf, year)

    def fulfilled_by(self, kind: Kind) -> list[Obligation]:
        """The parts for which a publication counts.

        Records that cannot name an item count by their type alone. What names a part of the
        Official Information Act counts for it whichever item it names: a page names one alone.
        """
        if kind not in self._known:
            self._known[kind] = [leaf for leaf in self.leaves if self._counts(leaf, kind)]
        return self._known[kind]

    def _counts(self, leaf: Obligation, kind: Kind) -> bool:
        if leaf.counts & kind.sections():
            return True
        is_below = leaf in self._below.get(kind.item, []) if kind.item else bool(leaf.counts)
        return is_below and leaf.is_fulfilled_by(kind)


def obligations(at: datetime.datetime | None = None) -> Obligations:
    """The disclosure items in force at a moment (default: now). One query."""
    at = at or timezone.now()
    rows = Publication.objects.filter(public_at(at), type=DisclosureItem.__name__)
    found: dict[UUID, Obligation] = {}
    parents: dict[UUID, Any] = {}
    # The office's language is the list; the others only lend it their words.
    for row in sorted(rows, key=lambda row: row.locale != ORIGINAL):
        fields = row.data["fields"]
        if row.locale == ORIGINAL:
            found[row.subject] = _obligation(row, fields)
            parents[row.subject] = fields.get("parent")
        if row.subject in found:
            _add_words(found[row.subject], row, fields)
    for subject, parent in parents.items():
        above = found.get(UUID(parent)) if parent else None
        if above and not _is_below(above, found[subject]):
            found[subject].parent = above
            above.parts.append(found[subject])
    return Obligations(_in_order(found.values()))


def public_at(at: datetime.datetime) -> Q:
    """What everybody could read at a moment, also where it was withdrawn since.

    Readers are never shown what was withdrawn; that it stood there is a fact of that day.
    """
    return Q(
        Q(effective_until__isnull=True) | Q(effective_until__gt=at),
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at),
        kind=Publication.Kind.PUBLICATION,
        effective_from__lte=at,
        address__restricted_by="",
    )


def _obligation(row: Publication, fields: dict[str, Any]) -> Obligation:
    """Of what was signed before items had parts, rules and intervals, these are left out."""
    division = fields.get("responsible_division")
    return Obligation(
        subject=row.subject,
        code=fields["code"],
        titles={},
        own_division=UUID(division) if division else None,
        languages=tuple(fields.get("languages") or RequiredLanguage.values),
        is_yearly=fields.get("period") == Period.FISCAL_YEAR,
        first_fiscal_year=fields.get("first_fiscal_year"),
        owed_after_months=fields.get("owed_after_months") or 0,
        minimum=max(1, fields.get("minimum") or 1),
        counts=frozenset(keys_of(fields.get("counts") or "")),
        review_months=fields.get("review_months") or 0,
        sort_order=fields.get("sort_order") or 0,
    )


def _add_words(obligation: Obligation, row: Publication, fields: dict[str, Any]) -> None:
    obligation.titles[row.locale] = row.title
    obligation.descriptions[row.locale] = fields.get("description") or ""
    obligation.legal_bases[row.locale] = fields.get("legal_basis") or ""
    obligation.conditions[row.locale] = fields.get("fulfilled_when") or ""


def _is_below(item: Obligation, other: Obligation) -> bool:
    """Whether linking `other` below `item` would close a circle: versions may be of two days."""
    above: Obligation | None = item
    while above:
        if above is other:
            return True
        above = above.parent
    return False


def _in_order(items: Iterable[Obligation]) -> Iterator[Obligation]:
    def place(item: Obligation) -> Any:
        return item.sort_order, sort_key(item.code), str(item.subject)

    def walk(level: Iterable[Obligation]) -> Iterator[Obligation]:
        for item in sorted(level, key=place):
            yield item
            yield from walk(item.parts)

    return walk([item for item in items if item.parent is None])
