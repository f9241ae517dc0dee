"""The root fields about answers to assessors: what was submitted for a year, and nothing newer."""

from typing import Any

import graphene

from cms.assessors.facts import (
    FrozenAddress,
    FrozenAnswer,
    FrozenYear,
    latest_submissions,
    public_years,
)
from content_api.dates import FiscalYear, fiscal_year
from content_api.filters import plain
from content_api.scalars import DateTime, Locale

_ORIGINAL = "th"

AssessmentAnswerValue = graphene.Enum(
    "AssessmentAnswerValue",
    [("YES", "yes"), ("NO", "no")],
    description="Whether the office has what an item of an assessment asks for.",
)


class AssessmentAddress(graphene.ObjectType):
    """An address that was given to assessors, and what stood there on that day."""

    url = graphene.String(
        description="As it was given; null where what stood there may not be named any more."
    )
    title = graphene.String(
        required=True, description="Of the page on that day; empty for other sites' addresses."
    )
    locale = Locale(description="Of the page; null for other addresses.")
    click_path = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        description="What to click on from the front page down, in the words of that day.",
    )
    content_hash = graphene.String(description="Of what stood there; null where it is not ours.")
    permanent_id = graphene.String(
        description="Of the page: stays the same whatever happens to its address."
    )
    path = graphene.String(
        description="Where the page stands now: with `as_of` it shows what stood there then."
    )
    is_unchanged = graphene.Boolean(
        description="Whether the very same content stands there now; null where it is not ours."
    )


class AssessmentAnswer(graphene.ObjectType):
    """What the office answered to one item."""

    code = graphene.String(required=True, description="Of the item, e.g. O14.")
    group = graphene.String(required=True, description="The indicator; may be empty.")
    title = graphene.String(required=True, description="Of the item, or else in Thai.")
    answer = AssessmentAnswerValue(required=True, description="Whether it is there.")
    explanation = graphene.String(required=True, description="May be empty; or else in Thai.")
    explanation_locale = Locale(required=True, description="The language of the explanation.")
    addresses = graphene.List(
        graphene.NonNull(AssessmentAddress),
        required=True,
        description="Where it is, in the order in which they are to be opened.",
    )

    @staticmethod
    def resolve_title(found: "_Asked", info: Any) -> str:
        """In the language that was asked for."""
        return _in(found.of.titles, found.locale)

    @staticmethod
    def resolve_explanation(found: "_Asked", info: Any) -> str:
        """In the language that was asked for."""
        return _in(found.of.explanations, found.locale)

    @staticmethod
    def resolve_explanation_locale(found: "_Asked", info: Any) -> str:
        """Thai where there is no other."""
        return found.locale if found.of.explanations.get(found.locale) else _ORIGINAL

    @staticmethod
    def resolve_addresses(found: "_Asked", info: Any) -> list[FrozenAddress]:
        """As frozen."""
        return found.of.addresses


class Assessment(graphene.ObjectType):
    """The answers of the office to an assessment of a year, as they were submitted last."""

    framework = graphene.String(required=True, description="The key of the list, e.g. ita-oit.")
    title = graphene.String(required=True, description="Of the list, or else in Thai.")
    fiscal_year = graphene.Field(
        FiscalYear, required=True, description="The year that is assessed."
    )
    number = graphene.Int(required=True, description="The first submission of the year is 1.")
    submitted_at = DateTime(required=True, description="When the answers were frozen.")
    content_hash = graphene.String(
        required=True, description="The SHA-256 of everything that was frozen."
    )
    answers = graphene.List(
        graphene.NonNull(AssessmentAnswer), required=True, description="In the order of the list."
    )

    @staticmethod
    def resolve_title(found: "_Asked", info: Any) -> str:
        """In the language that was asked for."""
        return _in(found.of.titles, found.locale)

    @staticmethod
    def resolve_fiscal_year(found: "_Asked", info: Any) -> FiscalYear | None:
        """In both eras."""
        return fiscal_year(found.of.fiscal_year, found.locale)

    @staticmethod
    def resolve_answers(found: "_Asked", info: Any) -> list["_Asked"]:
        """Each item."""
        return [_Asked(answer, found.locale) for answer in found.of.answers]


class _Asked:
    """Frozen facts and the language in which a reader wants them."""

    def __init__(self, of: FrozenYear | FrozenAnswer, locale: str) -> None:
        self.of: Any = of
        self.locale = locale

    def __getattr__(self, name: str) -> Any:
        return getattr(self.of, name)


class AssessmentQueries:
    """The root fields about answers to assessors."""

    assessments = graphene.List(
        graphene.NonNull(Assessment),
        required=True,
        locale=Locale(required=True, default_value=_ORIGINAL),
        description="What was submitted to assessors, each list of a year once, the latest first.",
    )
    assessment = graphene.Field(
        Assessment,
        framework=graphene.String(required=True, description="The key of the list, e.g. ita-oit."),
        fiscal_year=graphene.Int(required=True, description="Of the Buddhist era, e.g. 2566."),
        locale=Locale(required=True, default_value=_ORIGINAL),
        description="What was submitted for a list of a year; null before anything was.",
    )

    @staticmethod
    def resolve_assessments(root: Any, info: Any, locale: Any) -> list[_Asked]:
        """Small: one for each list of a year. Three queries."""
        return [_Asked(year, plain(locale)) for year in public_years(latest_submissions())]

    @staticmethod
    def resolve_assessment(
        root: Any, info: Any, framework: str, fiscal_year: int, locale: Any
    ) -> _Asked | None:
        """Three queries."""
        rows = latest_submissions().filter(
            assessment__framework__key=framework, assessment__fiscal_year=fiscal_year
        )
        found = public_years(rows)
        return _Asked(found[0], plain(locale)) if found else None


def _in(texts: dict[str, str], locale: str) -> str:
    return texts.get(locale) or texts[_ORIGINAL]
