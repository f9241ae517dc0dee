"""Which pages an answer could name: those that the item's components name, or are met by.

Few pages are proposed themselves; of many the sections that list them, as an assessor opens a
list rather than each of its entries.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Q

from cms.oversight.assessing import leaves_of
from cms.oversight.coverage import Coverage, public_rows
from cms.oversight.models import Assessment, AssessmentItem
from cms.oversight.obligations import Duty, Obligation
from cms.publication.models import Address, Publication
from cms.publication.versions import ORIGINAL

FEW = 3  # pages that are proposed one by one
_SECTION = "SectionPage"


def proposed_pages(assessment: Assessment, found: Coverage) -> dict[int, list[Address]]:
    """By item, in the order of its components. Constant queries and a pass over what is public."""
    items = list(assessment.items.prefetch_related("components__addresses"))
    duties = {item.pk: list(dict.fromkeys(_duties(item, found))) for item in items}
    wanted = {duty for several in duties.values() for duty in several}
    counted: dict[Duty, list[int]] = defaultdict(list)
    for row in public_rows(found.at, Q(locale=ORIGINAL)):
        for leaf in found.obligations.fulfilled_by(row.kind):
            duty = Duty(leaf, row.fiscal_year if leaf.is_yearly else None)
            if duty in wanted:
                counted[duty].append(row.pk)
    pages = _Pages({pk for rows in counted.values() for pk in rows}, wanted)
    keys = {
        item.pk: [
            *(one.pk for part in item.components.all() for one in part.addresses.all()),
            *(pk for duty in duties[item.pk] for pk in pages.for_duty(duty, counted[duty])),
        ]
        for item in items
    }
    rows = Publication.objects.effective().filter(
        address__path__isnull=False, address__in={pk for several in keys.values() for pk in several}
    )
    public = {row.address_id: row.address for row in rows.select_related("address")}
    return {
        item: [public[pk] for pk in dict.fromkeys(several) if pk in public]
        for item, several in keys.items()
    }


def _duties(item: AssessmentItem, found: Coverage) -> Iterator[Duty]:
    by_code = {one.code: one for one in found.obligations.all}
    for component in item.components.all():
        year = item.assessment.fiscal_year + component.year_offset
        for code in component.disclosure_codes.split():
            for leaf in leaves_of(by_code[code]) if code in by_code else ():
                yield Duty(leaf, year if leaf.is_yearly else None)


class _Pages:
    """The public Thai pages among some publications, and the sections above and beside them."""

    def __init__(self, keys: Iterable[int], duties: Iterable[Duty]) -> None:
        thai = Publication.objects.effective().filter(locale=ORIGINAL, address__path__isnull=False)
        columns = thai.filter(pk__in=list(keys)).values_list("pk", "address", "parent")
        self.pages = {pk: (address, parent) for pk, address, parent in columns}
        leaves = {duty.obligation.subject for duty in duties}
        sections = thai.filter(type=_SECTION)
        by_item = sections.filter(disclosure_item__in=leaves).values_list(
            "disclosure_item", "address"
        )
        self.sections = dict(by_item)
        parents = {parent for _address, parent in self.pages.values() if parent}
        self.above = dict(sections.filter(subject__in=parents).values_list("subject", "address"))

    def for_duty(self, duty: Duty, rows: list[int]) -> list[int]:
        """The addresses of few pages, the newest first; of many, or none, their section."""
        pages = [self.pages[pk] for pk in rows[::-1] if pk in self.pages]
        if 0 < len(pages) <= FEW:
            return [address for address, _parent in pages]
        own = self.section_of(duty.obligation)
        above = [self.above[parent] for _address, parent in pages if parent in self.above]
        return list(dict.fromkeys([*own, *above]))[:FEW]

    def section_of(self, leaf: Obligation) -> list[int]:
        """The section that names the item itself, where there is one."""
        return [self.sections[leaf.subject]] if leaf.subject in self.sections else []
