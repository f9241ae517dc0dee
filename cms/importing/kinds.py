"""The page types that rows can become, by the names that editors know."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation

from cms.importing.columns import normal
from pages.models import (
    ContentPage,
    KnowledgePage,
    LawPage,
    NewsPage,
    OfficialInformationPage,
    PlanPage,
    QuestionAnswerPage,
    ReportPage,
    SectionPage,
)

KINDS: tuple[type[ContentPage], ...] = (
    NewsPage,
    SectionPage,
    ReportPage,
    PlanPage,
    LawPage,
    KnowledgePage,
    OfficialInformationPage,
    QuestionAnswerPage,
)
BY_NAME = {model.__name__: model for model in KINDS}


def name_of(model: type[ContentPage]) -> str:
    """What a page type is called in the language of now."""
    return str(model._meta.verbose_name)


def kinds_by_name() -> dict[str, type[ContentPage]]:
    """Every name, in every language, by which a row may call its type."""
    names = {normal(model.__name__): model for model in KINDS}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            names.update({normal(name_of(model)): model for model in KINDS})
    return names


def body_field(model: type[ContentPage]) -> str:
    """The field that takes the text of a row."""
    return "answer" if model is QuestionAnswerPage else "body"


def field_of(model: type[ContentPage], name: str) -> Any:
    """The field of a page type that a column fills; None where it has no such field."""
    names = {field.name for field in model._meta.get_fields()}
    return model._meta.get_field(name) if name in names else None


def choices_of(field: models.Field) -> dict[str, str]:
    """The key of a choice by its label in every language, and by the key itself."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for key, label in field.choices or ():
                found[normal(str(label))] = found[normal(str(key))] = str(key)
    return found


def lacking(draft: ContentPage) -> list[Any]:
    """The names of the fields that must be filled in before a draft is signed and are empty."""
    fields = [field for field in draft._meta.fields if field.name in draft.public_fields]
    numbers = (models.BooleanField, models.PositiveIntegerField)
    required = [
        field
        for field in fields
        if not field.blank and (field.null or not isinstance(field, numbers))
    ]
    names = [field.verbose_name for field in required if not getattr(draft, field.name)]
    if isinstance(draft, OfficialInformationPage) and not draft.official_information:
        names.append(draft._meta.get_field("official_information").verbose_name)
    return names
