"""The types of the numbers that the office tells of itself (`cms.transparency`)."""

from dataclasses import dataclass
from typing import Any

import graphene
from django.utils import translation

from cms.oversight.coverage import Totals
from cms.oversight.history import Day
from cms.transparency.citizens import CHANNELS, ChannelYear
from cms.transparency.frameworks import FrameworkYear
from cms.transparency.numbers import Group
from content_api.dates import FiscalYear, fiscal_year
from content_api.scalars import Date

_CHANNEL_WORDS = {
    "complaint": "Complaints, but those about corruption.",
    "question": "Questions to the office.",
    "opinion": "Opinions in public hearings.",
    "form": "e-Forms.",
}
CaseChannelKind = graphene.Enum(
    "CaseChannelKind",
    [(channel.value.upper(), channel.value) for channel in CHANNELS],
    description=lambda kind: (
        _CHANNEL_WORDS[kind.value] if kind else "A way by which citizens write to the office."
    ),
)


@dataclass(frozen=True)
class Said:
    """A value with the language in which its words are told; it has whatever the value has."""

    value: Any
    locale: str

    def __getattr__(self, name: str) -> Any:
        """Of the value, for fields without a resolver of their own."""
        return getattr(self.value, name)

    def year(self) -> FiscalYear | None:
        """Its fiscal year with its words."""
        return fiscal_year(self.value.fiscal_year, self.locale)


class CoverageTotals(graphene.ObjectType):
    """How much of what the office owes the public stands there: numbers of duties."""

    owed = graphene.Int(required=True, description="What must be public.")
    public = graphene.Int(
        required=True, description="Stands there in each language in which it must."
    )
    in_order = graphene.Int(
        required=True,
        description="Public, reviewed in time, up to date in each language, every link answers.",
    )
    missing = graphene.Int(required=True, description="Nothing of it is public.")
    incomplete = graphene.Int(required=True, description="Less is public than must be.")
    overdue = graphene.Int(required=True, description="Public; its review is overdue.")
    due = graphene.Int(required=True, description="Public; its review is due within 30 days.")
    fresh = graphene.Int(required=True, description="Public and reviewed.")
    public_in_thai = graphene.Int(required=True, description="Stands there in Thai.")
    public_in_english = graphene.Int(required=True, description="Stands there in English.")
    english_outdated = graphene.Int(
        required=True, description="With a translation that is behind its original."
    )
    broken_links = graphene.Int(required=True, description="With a link that does not answer.")
    percent = graphene.Int(
        required=True, description="Of what is owed, how much is public: rounded down."
    )

    @staticmethod
    def resolve_in_order(totals: Totals, info: Any) -> int:
        """As the report of the admin calls it."""
        return totals.fulfilled

    @staticmethod
    def resolve_public_in_thai(totals: Totals, info: Any) -> int:
        """In the office's language."""
        return totals.published_th

    @staticmethod
    def resolve_public_in_english(totals: Totals, info: Any) -> int:
        """In the other one."""
        return totals.published_en

    @staticmethod
    def resolve_english_outdated(totals: Totals, info: Any) -> int:
        """Duties, not translations."""
        return totals.outdated

    @staticmethod
    def resolve_broken_links(totals: Totals, info: Any) -> int:
        """Duties, not links."""
        return totals.broken


class CoverageGroup(graphene.ObjectType):
    """The numbers of one chapter, division or fiscal year."""

    key = graphene.String(
        required=True,
        description="Code, id or year in the Buddhist era; empty: what belongs to none.",
    )
    title = graphene.String(required=True, description="May be empty.")
    totals = graphene.Field(CoverageTotals, required=True, description="Of this group.")

    @staticmethod
    def resolve_title(said: Said, info: Any) -> str:
        """In the language that was asked for, or in Thai."""
        group: Group = said.value
        return group.title(said.locale)


class CoverageFramework(graphene.ObjectType):
    """A list by which others assess the office, and how much of it stands there."""

    key = graphene.String(required=True, description="Of the framework, e.g. ita-oit.")
    title = graphene.String(required=True)
    fiscal_year = graphene.Field(FiscalYear, required=True, description="Of the assessment.")
    items = graphene.Int(required=True, description="How many the list has.")
    complete = graphene.Int(required=True, description="With everything that they must show.")
    incomplete = graphene.Int(required=True, description="With a part of it.")
    missing = graphene.Int(required=True, description="With nothing of it.")
    percent = graphene.Int(required=True, description="Complete ones, rounded down.")

    @staticmethod
    def resolve_title(said: Said, info: Any) -> str:
        """The shipped name."""
        framework: FrameworkYear = said.value
        return framework.titles.get(said.locale) or framework.titles["th"]

    @staticmethod
    def resolve_fiscal_year(said: Said, info: Any) -> FiscalYear | None:
        """Of the list."""
        return said.year()

    @staticmethod
    def resolve_items(said: Said, info: Any) -> int:
        """All."""
        return said.value.totals.items

    @staticmethod
    def resolve_complete(said: Said, info: Any) -> int:
        """Of these."""
        return said.value.totals.complete

    @staticmethod
    def resolve_incomplete(said: Said, info: Any) -> int:
        """Of these."""
        return said.value.totals.incomplete

    @staticmethod
    def resolve_missing(said: Said, info: Any) -> int:
        """Of these."""
        return said.value.totals.missing

    @staticmethod
    def resolve_percent(said: Said, info: Any) -> int:
        """Of all."""
        return said.value.totals.percent


class CoverageDay(graphene.ObjectType):
    """A day of which the numbers were written down."""

    date = Date(required=True, description="The day.")
    owed = graphene.Int(required=True, description="What had to be public.")
    public = graphene.Int(required=True, description="What was.")
    in_order = graphene.Int(required=True, description="What was in order.")

    @staticmethod
    def resolve_in_order(day: Day, info: Any) -> int:
        """As the report of the admin calls it."""
        return day.fulfilled


class CaseMonth(graphene.ObjectType):
    """What came in by one channel in one month, and what became of it until now."""

    month = Date(required=True, description="Its first day.")
    received = graphene.Int(required=True, description="How many came in.")
    closed = graphene.Int(required=True, description="How many of these are answered.")
    open = graphene.Int(required=True, description="How many of these wait for an answer.")


class CaseChannel(graphene.ObjectType):
    """What came in by one channel in a fiscal year."""

    channel = CaseChannelKind(required=True, description="The way by which it came.")
    channel_label = graphene.String(required=True, description="In the language asked for.")
    fiscal_year = graphene.Field(FiscalYear, required=True, description="The year.")
    received = graphene.Int(required=True, description="How many came in.")
    closed = graphene.Int(required=True, description="How many of these are answered.")
    open = graphene.Int(required=True, description="How many of these wait for an answer.")
    months = graphene.List(
        graphene.NonNull(CaseMonth),
        required=True,
        description="All twelve from October on, also those with nothing.",
    )

    @staticmethod
    def resolve_channel(said: Said, info: Any) -> str:
        """As a key."""
        return said.value.channel.value

    @staticmethod
    def resolve_channel_label(said: Said, info: Any) -> str:
        """The name of its desk."""
        channel: ChannelYear = said.value
        with translation.override(said.locale):
            return str(channel.channel.desk)

    @staticmethod
    def resolve_fiscal_year(said: Said, info: Any) -> FiscalYear | None:
        """The year asked for."""
        return said.year()


class QuestionResponses(graphene.ObjectType):
    """How quickly the questions of a fiscal year got their first answer, in days."""

    fiscal_year = graphene.Field(FiscalYear, required=True, description="In which they came in.")
    promised_days = graphene.Int(required=True, description="The time that the office promises.")
    received = graphene.Int(required=True, description="How many came in.")
    answered = graphene.Int(required=True, description="How many got an answer.")
    waiting = graphene.Int(required=True, description="How many did not yet.")
    median_days = graphene.Float(
        description="Half of the answers came within so many days; null without an answer."
    )
    within_promise = graphene.Int(required=True, description="How many in the time promised.")
    within_percent = graphene.Int(description="Of the answers, rounded down; null without one.")

    @staticmethod
    def resolve_fiscal_year(said: Said, info: Any) -> FiscalYear | None:
        """With its words."""
        return said.year()


class CorruptionComplaints(graphene.ObjectType):
    """Corruption complaints of a fiscal year; few, so by whole years and first halves alone."""

    fiscal_year = graphene.Field(FiscalYear, required=True, description="In which they came in.")
    received = graphene.Int(description="How many; null before the first half of the year is over.")
    counted_until = Date(description="31 March or 30 September; null as `received`.")

    @staticmethod
    def resolve_fiscal_year(said: Said, info: Any) -> FiscalYear | None:
        """With its words."""
        return said.year()


class Reachability(graphene.ObjectType):
    """How often public addresses answered over the network when the machine asked for them."""

    first_day = Date(required=True, description="Of those that are counted.")
    last_day = Date(required=True, description="Of those that are counted.")
    samples = graphene.Int(required=True, description="How often it asked.")
    answered = graphene.Int(required=True, description="How often it got the whole page.")
    percent = graphene.Float(required=True, description="To a hundredth, rounded down.")
