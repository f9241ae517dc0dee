"""How the lists by which others assess the office stand, in counts.

Lists of assessments are no publications, and an administrator's words on them were signed by
nobody. So only counts are told, and of a framework that we ship, by its shipped name.
"""

from typing import NamedTuple

from cms.oversight.assessing import AssessmentTotals, assess
from cms.oversight.assessment_lists import shipped_frameworks
from cms.oversight.coverage import Coverage
from cms.oversight.models import Assessment


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
