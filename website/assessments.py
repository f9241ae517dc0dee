"""The public pages about assessments: the years, and the answers of one as they were submitted."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from website.client import query
from website.headers import public
from website.languages import locale_of, other_language
from website.rendering import not_found_response, plain_response


@public
def assessments(request: HttpRequest, language: str) -> HttpResponse:
    """Each list of a year that was submitted."""
    with translation.override(language):
        data = query("assessments", {"locale": locale_of(language)})
        return plain_response(
            "assessments",
            language,
            layout=data,
            years=data["assessments"],
            path=reverse("answer_years", args=[language]),
            switch_path=reverse("answer_years", args=[other_language(language)]),
        )


@public
def assessment(request: HttpRequest, language: str, framework: str, year: str) -> HttpResponse:
    """The answers of one year, indicator by indicator."""
    with translation.override(language):
        variables = {
            "framework": framework,
            "fiscalYear": int(year),
            "locale": locale_of(language),
        }
        data = query("assessment", variables)
        found = data["assessment"]
        if found is None:
            return not_found_response(language, data)
        place = [framework, year]
        return plain_response(
            "assessment",
            language,
            layout=data,
            assessment=found,
            groups=_groups(found["answers"]),
            yes=sum(answer["answer"] == "YES" for answer in found["answers"]),
            path=reverse("answer_year", args=[language, *place]),
            switch_path=reverse("answer_year", args=[other_language(language), *place]),
        )


def _groups(answers: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The answers by indicator, in the order of the list."""
    return [(name, list(rows)) for name, rows in groupby(answers, key=lambda one: one["group"])]
