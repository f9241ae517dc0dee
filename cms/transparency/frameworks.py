"""How the lists by which others assess the office stand, in counts.

Lists of assessments are no publications, and an administrator's words on them were signed by
nobody. So only counts are told, and of a framework that we ship, by its shipped name.
"""

import datetime
from typing import NamedTuple

from cms.oversight.assessing import AssessmentTotals, assess
from cms.oversight.assessment_lists import shipped_frameworks
from cms.oversight.coverage import Coverage
from cms.oversight.models import Assessment
from cms.transparency.models import AssessmentDay


class FrameworkYear(NamedTuple):
    """One framework's list for one fiscal year, as far as the office shows it."""

    key: str
    titles: dict[str, str]  # by language
    fiscal_year: int
    totals: AssessmentTotals


def framework_years(found: Coverage, until: int) -> list[FrameworkYear]:
    """Every list with items up to a fiscal year, the latest first; at most five queries each."""
    names = shipped_frameworks()
    lists = Assessment.objects.filter(
        framework__key__in=names, fiscal_year__lte=until, items__isnull=False
    )
    lists = lists.select_related("framework").distinct()
    return [
        FrameworkYear(
            one.framework.key, names[one.framework.key], one.fiscal_year, assess(one, found).totals
        )
        for one in lists.order_by("-fiscal_year", "framework__key")
    ]


def recorded_years(date: datetime.date) -> list[FrameworkYear]:
    """The lists as they were written down on a day; empty where none were. One query."""
    names = shipped_frameworks()
    rows = AssessmentDay.objects.filter(date=date, framework__in=names)
    return [
        FrameworkYear(
            row.framework,
            names[row.framework],
            row.fiscal_year,
            AssessmentTotals(row.items, row.complete, row.incomplete, row.missing),
        )
        for row in rows.order_by("-fiscal_year", "framework")
    ]


def record_years(date: datetime.date, found: list[FrameworkYear]) -> None:
    """Writes down the lists of a day, in the caller's transaction; each day once.

    An office that owes nothing yet has no other record of the day that says it was counted.
    """
    days = [
        AssessmentDay(
            date=date,
            framework=one.key,
            fiscal_year=one.fiscal_year,
            items=one.totals.items,
            complete=one.totals.complete,
            incomplete=one.totals.incomplete,
            missing=one.totals.missing,
        )
        for one in found
    ]
    AssessmentDay.objects.bulk_create(days, ignore_conflicts=True)
