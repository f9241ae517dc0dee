"""One search: what it finds, how much each choice would leave, and what was perhaps meant."""

import datetime
from collections import defaultdict
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from cms.publication import search_index
from cms.thai.words import terms_in
from content_api.conditions import record_id
from content_api.reader import Reader

_CANDIDATES = 200  # titles that a word which nothing has is compared with
_CORRECTED = 3  # words at most: each is looked for by itself
_ALIKE = 0.7  # of 1: how much a word must be like the one that was typed


class Search:
    """One search: its words, its language, who reads, and by what it is narrowed.

    `choices` are the values allowed in each of the columns by which facets count.
    """

    def __init__(
        self, reader: Reader, words: list[str], locale: str, arguments: dict[str, Any]
    ) -> None:
        self.reader, self.words, self.locale = reader, words, locale
        department = arguments.get("department")
        self.choices: dict[str, set[Any]] = {
            "type": set(arguments.get("types") or ()),
            "department": {record_id(department)} if department else set(),
            "fiscal_year": set(arguments.get("years") or ()),
        }
        begin, end = arguments.get("date_from"), arguments.get("date_until")
        rows = _between(public_pages(reader, locale), begin, end)
        found = search_index.found(rows, words)
        self.every = found if words else found.none()

    @property
    def rows(self) -> QuerySet:
        """What was found and meets every choice."""
        chosen = {f"{column}__in": values for column, values in self.choices.items() if values}
        return self.every.filter(**chosen)

    def counts(self, facet: str) -> dict[Any, int]:
        """How many pages each value of a column would leave, by the choices in the others."""
        counts: dict[Any, int] = defaultdict(int)
        for combination, count in self._combinations:
            value = combination[facet]
            others = {**combination, facet: None}
            if value is not None and self._is_chosen(others, besides=facet):
                counts[value] += count
        return counts

    @property
    def total(self) -> int:
        """How many pages were found."""
        return sum(count for each, count in self._combinations if self._is_chosen(each))

    def corrected(self) -> str | None:
        """The search with each word that no page has replaced by one of a public title like it.

        Null where there is none like it.
        """
        if len(self.words) > _CORRECTED:
            return None
        rows = public_pages(self.reader, self.locale)
        words = [
            word if search_index.found(rows, [word]).exists() else _alike(rows, word)
            for word in self.words
        ]
        if None in words or words == self.words:
            return None
        return (" " if self.locale == "en" else "").join(map(str, words))

    def _is_chosen(self, combination: dict[str, Any], besides: str = "") -> bool:
        return all(
            not values or column == besides or combination[column] in values
            for column, values in self.choices.items()
        )

    @cached_property
    def _combinations(self) -> list[tuple[dict[str, Any], int]]:
        """Each combination of the columns that facets count by, and how often it was found."""
        rows = self.every.order_by().values(*self.choices).annotate(count=Count("pk"))
        return [(row, row.pop("count")) for row in rows]


def public_pages(reader: Reader, locale: str) -> QuerySet:
    """What is searched: pages of a language that stand now."""
    return reader.effective().filter(locale=locale, address__path__isnull=False)


def _between(rows: QuerySet, begin: datetime.date | None, end: datetime.date | None) -> QuerySet:
    """Of the day of posting, or of the last signature where there is none."""
    if begin is None and end is None:
        return rows
    rows = rows.annotate(dated_on=Coalesce(F("posted_on"), TruncDate("published_at")))
    rows = rows.filter(dated_on__gte=begin) if begin else rows
    return rows.filter(dated_on__lte=end) if end else rows


def _alike(rows: QuerySet, word: str) -> str | None:
    """The word of a public title that is most like another, both beginning alike."""
    near = search_index.beginning(rows, word[:2]).order_by("-id")
    titles = near.values_list("title", flat=True)[:_CANDIDATES]
    others = {term.text.lower() for title in titles for term in terms_in(title)}
    ratios = [(SequenceMatcher(None, word, other).ratio(), other) for other in others]
    ratio, other = max(ratios, default=(0.0, ""))
    return other if ratio >= _ALIKE else None
