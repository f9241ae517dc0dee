"""Answers as people read them: dates in their era, boxes as yes and no, lists in one line."""

import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.thai.dates import format_date


class Fact(NamedTuple):
    """One field of a case: what was asked, what was answered."""

    label: str
    value: str


def facts(answers: list[dict[str, Any]], locale: str) -> list[Fact]:
    """The answers of a case in the words of a language; unanswered fields with an empty value."""
    with override(locale):
        return [Fact(answer["label"], _shown(answer, locale)) for answer in answers]


def _shown(answer: dict[str, Any], locale: str) -> str:
    value = answer["value"]
    if answer["kind"] == "date_field" and value:
        return format_date(datetime.date.fromisoformat(value), locale)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(value)
    return str(value)
