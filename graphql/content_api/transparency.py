"""The root field `transparency`: what the office tells of itself, as of a day."""

import datetime
from typing import Any, NamedTuple

import graphene
from django.utils.translation import gettext_lazy as _

from cms.transparency.log import ORDER, log_of
from cms.transparency.numbers import DayUnknown, Group, Transparency
from content_api.connections import paging_arguments, slice_of
from content_api.dates import fiscal_year
from content_api.errors import Refused
from content_api.filters import plain
from content_api.scalars import Date, DateTime, Locale
from content_api.transparency_log import LogConnection
from content_api.transparency_types import (
    CaseChannel,
    CorruptionComplaints,
    CoverageDay,
    CoverageFramework,
    CoverageGroup,
    CoverageTotals,
    QuestionResponses,
    Reachability,
    Said,
)

MAX_DAYS = 3_700
DAYS = 366

_fiscal_year = graphene.Int(
    description="In the Buddhist era; default: that of the day. One of `fiscalYears`."
)


class Told(NamedTuple):
    """The numbers of a day, and the language in which their words are told."""

    numbers: Transparency
    locale: str

    def year(self, asked: int | None) -> int | None:
        """A fiscal year that is told. Raises `Refused`."""
        if asked is not None and asked not in self.numbers.fiscal_years:
            raise Refused(_("Nothing is told of this fiscal year."))
        return asked

    def said(self, values: list[Any]) -> list[Said]:
        """With the language."""
        return [Said(value, self.locale) for value in values]


class TransparencyType(graphene.ObjectType):
    """What the office tells of itself as of a day. Numbers alone: no draft, no citizen's word."""

    class Meta:
        name = "Transparency"

    day = Date(required=True, description="Of which it tells.")
    at = DateTime(
        description="The moment for which coverage of a past day was counted; null: it is of now."
    )
    is_recorded = graphene.Boolean(
        required=True, description="Whether coverage is as it was written down on that day."
    )
    counted_until = Date(
        required=True, description="The last day of which cases and samples are counted."
    )
    fiscal_years = graphene.List(
        graphene.NonNull(graphene.Int),
        required=True,
        description="In the Buddhist era: those of which cases are told, the latest first.",
    )
    totals = graphene.Field(CoverageTotals, required=True, description="Of the whole office.")
    chapters = graphene.List(
        graphene.NonNull(CoverageGroup),
        required=True,
        description="By chapter of the announcement, in its order.",
    )
    divisions = graphene.List(
        graphene.NonNull(CoverageGroup),
        required=True,
        description="By division that owes it; last what no public division owes.",
    )
    years = graphene.List(
        graphene.NonNull(CoverageGroup),
        required=True,
        description="By fiscal year, the latest first; last what is owed always.",
    )
    frameworks = graphene.List(
        graphene.NonNull(CoverageFramework),
        required=True,
        description="The lists by which others assess the office, the latest year first.",
    )
    recorded_days = graphene.List(
        graphene.NonNull(CoverageDay),
        required=True,
        last=graphene.Int(
            required=True,
            default_value=DAYS,
            description=f"The last so many of them, at most {MAX_DAYS}.",
        ),
        description="Each day that was written down, until this one; the earliest first.",
    )
    published_answers = graphene.Int(
        required=True, description="Questions of citizens that are public with their answers."
    )
    response_times = graphene.Field(
        QuestionResponses,
        required=True,
        fiscal_year=_fiscal_year,
        description="How quickly questions were answered.",
    )
    channels = graphene.List(
        graphene.NonNull(CaseChannel),
        required=True,
        fiscal_year=_fiscal_year,
        description="What citizens sent, by channel and month. Corruption complaints are apart.",
    )
    corruption_complaints = graphene.List(
        graphene.NonNull(CorruptionComplaints),
        required=True,
        description="By fiscal year, the latest first.",
    )
    reachability = graphene.Field(
        Reachability, description="In the last 30 days; null where nobody asked."
    )
    log = graphene.Field(
        LogConnection,
        required=True,
        locale=Locale(description="Of records in this language alone."),
        **paging_arguments,
        description="What was published, changed and withdrawn until that day, the newest first.",
    )

    @staticmethod
    def resolve_day(told: Told, info: Any) -> datetime.date:
        """As asked for, or today."""
        return told.numbers.day

    @staticmethod
    def resolve_at(told: Told, info: Any) -> datetime.datetime | None:
        """Never the present: an answer stays the same until something public changes."""
        return None if told.numbers.is_today else told.numbers.coverage.at

    @staticmethod
    def resolve_is_recorded(told: Told, info: Any) -> bool:
        """Today is counted anew."""
        return told.numbers.coverage.is_recorded

    @staticmethod
    def resolve_counted_until(told: Told, info: Any) -> datetime.date:
        """The day before."""
        return told.numbers.counted_until

    @staticmethod
    def resolve_fiscal_years(told: Told, info: Any) -> list[int]:
        """Five."""
        return told.numbers.fiscal_years

    @staticmethod
    def resolve_totals(told: Told, info: Any) -> Any:
        """Counted once for all parts."""
        return told.numbers.totals

    @staticmethod
    def resolve_chapters(told: Told, info: Any) -> list[Said]:
        """Those that owe something."""
        return told.said(told.numbers.chapters)

    @staticmethod
    def resolve_divisions(told: Told, info: Any) -> list[Said]:
        """Those that owe something."""
        return told.said(told.numbers.divisions)

    @staticmethod
    def resolve_years(told: Told, info: Any) -> list[Said]:
        """Those for which something is owed, with their names."""
        return told.said([_named(year, told.locale) for year in told.numbers.years])

    @staticmethod
    def resolve_frameworks(told: Told, info: Any) -> list[Said]:
        """Shipped frameworks alone."""
        return told.said(told.numbers.frameworks)

    @staticmethod
    def resolve_recorded_days(told: Told, info: Any, last: int) -> list[Any]:
        """One query."""
        if not 0 <= last <= MAX_DAYS:
            raise Refused(
                _("%(name)s must be between 0 and %(limit)s."), name="last", limit=MAX_DAYS
            )
        return told.numbers.recorded_days(last)

    @staticmethod
    def resolve_published_answers(told: Told, info: Any) -> int:
        """One query."""
        return told.numbers.published_answers

    @staticmethod
    def resolve_response_times(told: Told, info: Any, fiscal_year: int | None = None) -> Any:
        """Two queries."""
        return Said(told.numbers.response_times(told.year(fiscal_year)), told.locale)

    @staticmethod
    def resolve_channels(told: Told, info: Any, fiscal_year: int | None = None) -> list[Said]:
        """One query."""
        return told.said(told.numbers.channels(told.year(fiscal_year)))

    @staticmethod
    def resolve_corruption_complaints(told: Told, info: Any) -> list[Any]:
        """One query a year."""
        return told.said(told.numbers.corruption)

    @staticmethod
    def resolve_reachability(told: Told, info: Any) -> Any:
        """One query."""
        return told.numbers.reachability

    @staticmethod
    def resolve_log(told: Told, info: Any, locale: Any = None, **paging: Any) -> Any:
        """Of the site that is asked; one query."""
        reader = info.context.reader()
        rows = log_of(reader.ever(), told.numbers.day)
        if locale:
            rows = rows.filter(locale=plain(locale))
        return slice_of(rows, ORDER, paging, reader.read)


def _named(year: Group, language: str) -> Group:
    label = fiscal_year(int(year.key), language).label if year.key else ""  # type: ignore[union-attr]
    return year._replace(titles={language: label})


class TransparencyQueries:
    """The root field about the office itself."""

    transparency = graphene.Field(
        TransparencyType,
        required=True,
        as_of=Date(description="The day of which it tells; default: today. Not in the future."),
        locale=Locale(
            required=True, default_value="th", description="The language of names and labels."
        ),
        description="Coverage, response times, complaints and the log of publications, in numbers.",
    )

    @staticmethod
    def resolve_transparency(
        root: Any, info: Any, locale: Any, as_of: datetime.date | None = None
    ) -> Told:
        """Nothing is counted that nobody asks for."""
        try:
            return Told(Transparency(as_of), plain(locale))
        except DayUnknown as error:
            raise Refused(_("Nothing is told of this day: it is to come, or long ago.")) from error
