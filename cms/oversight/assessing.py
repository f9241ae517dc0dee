"""How an assessment's items stand at a moment: counted from coverage, so from publications alone.

An item is worth nothing until every component is there (domain facts, section 1.0), so what is
there in part is told apart from what is missing.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.oversight.coverage import Coverage, coverage, public_rows
from cms.oversight.frameworks import Assessment, AssessmentItem, Component
from cms.oversight.obligations import Duty, Obligation, public_at
from cms.publication.models import Address, Publication
from cms.publication.versions import ORIGINAL


class ItemState(models.TextChoices):
    """How much of an item is there."""

    MISSING = "missing", _("missing")
    INCOMPLETE = "incomplete", _("incomplete")
    COMPLETE = "complete", _("complete")


@dataclass
class Check:
    """One component, and what it lacks."""

    component: Component
    missing_codes: list[str] = field(default_factory=list)
    missing_addresses: list[Address] = field(default_factory=list)

    @property
    def is_met(self) -> bool:
        """What names neither an item nor a page is met by nothing."""
        names_something = bool(
            self.component.disclosure_codes.split() or self.component.addresses.all()
        )
        return names_something and not self.missing_codes and not self.missing_addresses


@dataclass
class ItemStatus:
    """One item with its checklist."""

    item: AssessmentItem
    checks: list[Check]

    @property
    def state(self) -> ItemState:
        """Complete once every component is met; an item without components is missing."""
        met = [check.is_met for check in self.checks]
        if met and all(met):
            return ItemState.COMPLETE
        return ItemState.INCOMPLETE if any(met) else ItemState.MISSING


@dataclass
class AssessmentTotals:
    """How many items stand how."""

    items: int = 0
    complete: int = 0
    incomplete: int = 0
    missing: int = 0

    @property
    def percent(self) -> int:
        """Of all items, how many are complete: whole per cent, rounded down."""
        return self.complete * 100 // self.items if self.items else 0


@dataclass
class AssessmentStatus:
    """An assessment at a moment, in the order of its list."""

    assessment: Assessment
    at: datetime.datetime
    items: list[ItemStatus]

    @property
    def totals(self) -> AssessmentTotals:
        """The numbers, as every page and export shows them."""
        counted = Counter(status.state for status in self.items)
        return AssessmentTotals(
            items=len(self.items),
            complete=counted[ItemState.COMPLETE],
            incomplete=counted[ItemState.INCOMPLETE],
            missing=counted[ItemState.MISSING],
        )


def assess(assessment: Assessment, found: Coverage | None = None) -> AssessmentStatus:
    """Checks every component against what is public at the moment of `found` (default: now).

    Constant queries: those of coverage and at most five more.
    """
    found = found or coverage()
    items = list(assessment.items.prefetch_related("components__addresses"))
    public = _PublicThings(assessment, items, found)
    statuses = [
        ItemStatus(item, [public.check(component) for component in item.components.all()])
        for item in items
    ]
    return AssessmentStatus(assessment, found.at, statuses)


class _PublicThings:
    """What is public in Thai, of all that the components of an assessment name."""

    def __init__(
        self, assessment: Assessment, items: Iterable[AssessmentItem], found: Coverage
    ) -> None:
        self.year = assessment.fiscal_year
        self.by_code = {one.code: one for one in found.obligations.all}
        self.counted = {one.duty: one.published[ORIGINAL] for one in found.standings}
        components = [component for item in items for component in item.components.all()]
        self._count_what_is_not_owed(components, found)
        addresses = {address.pk for one in components for address in one.addresses.all()}
        self.addresses = _public_addresses(addresses, found.at)

    def check(self, component: Component) -> Check:
        """What one component lacks."""
        return Check(
            component,
            [
                code
                for code in component.disclosure_codes.split()
                if not self._shows(component, code)
            ],
            [one for one in component.addresses.all() if one.pk not in self.addresses],
        )

    def _shows(self, component: Component, code: str) -> bool:
        duties = list(self._duties(component, code))
        return bool(duties) and all(
            self.counted.get(duty, 0) >= duty.obligation.minimum for duty in duties
        )

    def _duties(self, component: Component, code: str) -> Iterator[Duty]:
        """Those of the item of a code, or of its parts, for the year that the component means."""
        item = self.by_code.get(code)
        for leaf in leaves_of(item) if item else ():
            yield Duty(leaf, self.year + component.year_offset if leaf.is_yearly else None)

    def _count_what_is_not_owed(self, components: list[Component], found: Coverage) -> None:
        """A year before the office owed it, or a report that came before it was due, counts too."""
        named = {
            duty
            for component in components
            for code in component.disclosure_codes.split()
            for duty in self._duties(component, code)
        }
        others = named - set(self.counted)
        if not others:
            return
        self.counted |= dict.fromkeys(others, 0)
        years = {duty.fiscal_year for duty in others}
        for row in public_rows(found.at, Q(locale=ORIGINAL, fiscal_year__in=years)):
            for leaf in found.obligations.fulfilled_by(row.kind):
                duty = Duty(leaf, row.fiscal_year)
                if duty in others:
                    self.counted[duty] += 1


def leaves_of(item: Obligation) -> Iterator[Obligation]:
    """The parts of an item that are owed; the item itself where it has none."""
    if not item.parts:
        yield item
    for part in item.parts:
        yield from leaves_of(part)


def _public_addresses(keys: set[int], at: datetime.datetime) -> set[int]:
    rows = Publication.objects.filter(public_at(at), address__in=keys)
    return set(rows.values_list("address", flat=True))
