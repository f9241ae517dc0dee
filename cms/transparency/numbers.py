"""What the office tells of itself as of a day: one home for every number that is public.

The page, GraphQL and the open data read this alone, and coverage is counted where the report of
the admin counts it (`cms.oversight`). What comes from the desks and from samples is told up to the
end of the day before: nobody can read from the page when somebody wrote (docs/decisions/0035).
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from cms.oversight.coverage import Coverage, Standing, Totals, coverage, totals
from cms.oversight.history import Day, coverage_on, curve
from cms.oversight.models import CoverageRecord
from cms.oversight.obligations import public_at
from cms.publication.models import Publication
from cms.publication.versions import ORIGINAL
from cms.thai.dates import fiscal_year
from cms.transparency.citizens import (
    ChannelYear,
    CorruptionYear,
    Received,
    ResponseTimes,
    cases_of,
    channels_of,
    corruption_years,
    response_times,
)
from cms.transparency.frameworks import FrameworkYear, framework_years, recorded_years
from cms.transparency.reachability import Reached, reached

FIRST_DAY = datetime.date(2000, 1, 1)  # before it no office had such a site
YEARS_BACK = 4  # fiscal years that are told besides the present one


class DayUnknown(ValueError):
    """Nothing can be told of this day: it is still to come, or long before everything."""


class Group(NamedTuple):
    """The numbers of one chapter, division or fiscal year."""

    key: str  # a code, an id or a year; empty: what belongs to none
    titles: dict[str, str]  # by language
    totals: Totals

    def title(self, language: str) -> str:
        """In a language, or in the office's; empty for what belongs to none."""
        return self.titles.get(language) or self.titles.get(ORIGINAL, "")


class Transparency:
    """Every number as of a day. Each is counted when somebody asks for it."""

    def __init__(self, day: datetime.date | None = None) -> None:
        """`day`: default today. Raises `DayUnknown`."""
        today = timezone.localdate()
        self.day = day or today
        self.is_today = self.day == today
        self._cases_by_year: dict[int, list[Received]] = {}
        if not FIRST_DAY <= self.day <= today:
            raise DayUnknown(self.day)

    @property
    def counted_until(self) -> datetime.date:
        """The last day of which the desks and the samples are counted."""
        return self.day - datetime.timedelta(days=1)

    @property
    def fiscal_year(self) -> int:
        """Of the day, in the Buddhist era."""
        return fiscal_year(self.day)

    @property
    def fiscal_years(self) -> list[int]:
        """Those of which the desks' numbers are told, the latest first."""
        return [self.fiscal_year - back for back in range(YEARS_BACK + 1)]

    # --- what is owed and what stands there ------------------------------------------------------

    @cached_property
    def coverage(self) -> Coverage:
        """As the report of the admin has it: now, as recorded, or counted for a day's end."""
        return coverage() if self.is_today else coverage_on(self.day)

    @cached_property
    def totals(self) -> Totals:
        """Of the whole office."""
        return totals(self.coverage.standings)

    @cached_property
    def chapters(self) -> list[Group]:
        """By chapter of the announcement, in its order; last those that were withdrawn since."""
        shown = shown_titles("DisclosureItem", self.coverage.at)
        chapters = [one.chapter for one in self.coverage.obligations.all]
        names = {one.code: shown[str(one.subject)] for one in chapters if str(one.subject) in shown}

        def key(one: Standing) -> str:
            code = one.obligation.chapter.code
            return code if code in names else ""

        return self._groups(key, {**names, "": {}})

    @cached_property
    def divisions(self) -> list[Group]:
        """By division, in the office's order; last what belongs to no division that is public."""
        names = shown_titles("Department", self.coverage.at)

        def key(one: Standing) -> str:
            division = str(one.obligation.division or "")
            return division if division in names else ""

        return self._groups(key, {**names, "": {}})

    @cached_property
    def years(self) -> list[Group]:
        """By fiscal year, the latest first; last what is always owed."""
        found = {one.duty.fiscal_year for one in self.coverage.standings}
        years = sorted((year for year in found if year), reverse=True)
        names: dict[str, dict[str, str]] = {str(year): {} for year in years}
        return self._groups(lambda one: str(one.duty.fiscal_year or ""), {**names, "": {}})

    def _groups(
        self, key: Callable[[Standing], Hashable], names: dict[str, dict[str, str]]
    ) -> list[Group]:
        """The groups that owe something, in the order of `names`."""
        divided: dict[Hashable, list[Standing]] = defaultdict(list)
        for one in self.coverage.standings:
            divided[key(one)].append(one)
        return [
            Group(name, titles, totals(divided[name]))
            for name, titles in names.items()
            if name in divided
        ]

    @cached_property
    def frameworks(self) -> list[FrameworkYear]:
        """How the lists of others stand: of a past day as recorded, else counted."""
        recorded = [] if self.is_today else recorded_years(self.day)
        return recorded or framework_years(self.coverage, self.fiscal_year)

    def recorded_days(self, last: int) -> list[Day]:
        """The curve: the last so many days written down until this one, the oldest first."""
        dates = CoverageRecord.objects.filter(date__lte=self.day).order_by("-date").values("date")
        return curve(Q(date__in=dates.distinct()[:last]))

    # --- what citizens sent ----------------------------------------------------------------------

    def channels(self, year: int | None = None) -> list[ChannelYear]:
        """What came in by each channel, month by month, in a fiscal year. Never corruption."""
        year = year or self.fiscal_year
        return channels_of(self._cases(year), year)

    def response_times(self, year: int | None = None) -> ResponseTimes:
        """How quickly questions of a fiscal year were answered."""
        year = year or self.fiscal_year
        return response_times(self._cases(year), year)

    def _cases(self, year: int) -> list[Received]:
        if year not in self._cases_by_year:
            self._cases_by_year[year] = cases_of(year, self.counted_until)
        return self._cases_by_year[year]

    @cached_property
    def corruption(self) -> list[CorruptionYear]:
        """Corruption complaints: whole years, and the running one by its first half."""
        return corruption_years(self.fiscal_years, self.counted_until)

    # --- the site itself -------------------------------------------------------------------------

    @cached_property
    def published_answers(self) -> int:
        """Questions with their answers that stand in public, in the office's language."""
        return Publication.objects.filter(
            public_at(self.coverage.at), type="QuestionAnswerPage", locale=ORIGINAL
        ).count()

    @cached_property
    def reachability(self) -> Reached | None:
        """How often public addresses answered in the last 30 days; None where nobody asked."""
        return reached(self.counted_until)


def shown_titles(type_name: str, at: datetime.datetime) -> dict[str, dict[str, str]]:
    """What records of a type were called at a moment, by id and language, in their order.

    Nothing of what was withdrawn since: its numbers stay true, its words left the public.
    """
    rows = Publication.objects.effective(at).filter(type=type_name).order_by("sort_order", "pk")
    found: dict[str, dict[str, str]] = defaultdict(dict)
    subject: UUID
    for subject, locale, title in rows.values_list("subject", "locale", "title"):
        found[str(subject)][locale] = title
    return dict(found)
