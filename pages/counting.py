"""What may count towards a disclosure item: types of pages and records, each with its kinds.

A key is `Type`, `Type/kind`, or `official/section` for whatever names that part of the Official
Information Act. An item keeps its keys as text, separated by blanks.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst

from pages.code_lists import OfficialInformationSection

COUNTS_SEPARATOR = " "
OFFICIAL = "official"
# The columns of which a publication's category is made (cms/publication/facets.py).
_KINDS = ("kind", "group", "channel")


def keys_of(counts: str) -> list[str]:
    """The keys in the text that an item keeps."""
    return counts.split()


def unknown_counts(counts: str) -> list[str]:
    """The keys that name no kind of page or record."""
    known = dict(counting_choices())
    return [key for key in keys_of(counts) if key not in known]


def counting_choices() -> list[tuple[str, str]]:
    """Every key with its label in the user's language, types in the order of their names."""
    found = [choice for model in _models() for choice in _choices_of(model)]
    sections = [
        (f"{OFFICIAL}/{key}", str(label)) for key, label in OfficialInformationSection.choices
    ]
    return found + sections


def _models() -> list[type[models.Model]]:
    from pages.base import ContentPage
    from pages.snippets import SignableSnippet

    found = [m for base in (ContentPage, SignableSnippet) for m in base.__subclasses__()]
    return sorted(
        (model for model in found if not model._meta.abstract), key=lambda model: model.__name__
    )


def _choices_of(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    label = capfirst(str(model._meta.verbose_name))
    yield model.__name__, label
    for field in model._meta.fields:
        if field.name in _KINDS and field.choices:
            for key, kind in field.flatchoices:
                yield f"{model.__name__}/{key}", f"{label}: {kind}"


class CountsInput(forms.CheckboxSelectMultiple):
    """Check boxes for a text of keys."""

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs)

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        """With the kinds in the language of whoever looks."""
        self.choices = counting_choices()
        return super().optgroups(name, value, attrs)

    def format_value(self, value: Any) -> list[str]:
        """The keys of the stored text."""
        return keys_of(value) if isinstance(value, str) else list(value or [])

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """The ticked keys as the text to be stored."""
        chosen = super().value_from_datadict(data, files, name) or []
        return COUNTS_SEPARATOR.join(chosen)
