"""`search`, `suggestions`: full-text search over what is public now, with facets and highlights."""

from typing import Any

import graphene
from django.apps import apps
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cms.publication import search_index
from cms.publication.models import Publication
from cms.publication.search_texts import texts_of
from cms.thai.marking import marked, snippet
from content_api.connections import Slice, connection, paging_arguments, slice_of
from content_api.errors import Refused
from content_api.filters import plain
from content_api.finding import Search, public_pages
from content_api.registry import Page
from content_api.scalars import Date, Locale

_ORDER = ("place", "-id")  # where the words stand, then the newest
_MAX_SUGGESTIONS = 10


class SearchFacet(graphene.ObjectType):
    """One choice by which a search can be narrowed, and how much it would find."""

    key = graphene.String(required=True, description="As the argument takes it.")
    label = graphene.String(required=True, description="In the language of the search.")
    count = graphene.Int(required=True, description="How many pages it would leave.")


def _facets(description: str) -> Any:
    return graphene.List(graphene.NonNull(SearchFacet), required=True, description=description)


class SearchFacets(graphene.ObjectType):
    """What the search could be narrowed by. Each list leaves its own argument out of account."""

    types = _facets("By type of page, the most frequent first.")
    departments = _facets("By division, the most frequent first.")
    years = _facets("By fiscal year (Buddhist era), the latest first.")

    @staticmethod
    def resolve_types(search: Search, info: Any) -> list[SearchFacet]:
        """From the counts of the whole search."""
        with translation.override(search.locale):
            return [
                SearchFacet(key=key, label=_type_label(key), count=count)
                for key, count in _most_frequent(search.counts("type"))
            ]

    @staticmethod
    def resolve_departments(search: Search, info: Any) -> list[SearchFacet]:
        """One query more, for the names of those divisions that are public."""
        counts = _most_frequent(search.counts("department"))
        names = search.reader.effective().filter(
            type="Department", locale=search.locale, subject__in=[key for key, _count in counts]
        )
        titles = dict(names.values_list("subject", "title"))
        return [
            SearchFacet(key=f"{key}:{search.locale}", label=titles[key], count=count)
            for key, count in counts
            if key in titles
        ]

    @staticmethod
    def resolve_years(search: Search, info: Any) -> list[SearchFacet]:
        """From the counts of the whole search."""
        counts = sorted(search.counts("fiscal_year").items(), reverse=True)
        return [SearchFacet(key=str(key), label=str(key), count=count) for key, count in counts]


class SearchResult(graphene.ObjectType):
    """A page that was found, and where the words stand in it."""

    page = graphene.Field(Page, required=True, description="The page.")
    title_html = graphene.String(
        required=True, description="Its title, escaped, the words found within <mark>."
    )
    snippet_html = graphene.String(
        required=True,
        description="A piece of its text around the words, escaped, the words within <mark>.",
    )

    @staticmethod
    def resolve_page(found: Publication, info: Any) -> Publication:
        """The row itself."""
        return found

    @staticmethod
    def resolve_title_html(found: Publication, info: Any) -> str:
        """Whole."""
        return marked(found.title, _words(found))

    @staticmethod
    def resolve_snippet_html(found: Publication, info: Any) -> str:
        """Of the first text that has a word, in the order in which texts count."""
        texts, words = texts_of(found.data), _words(found)
        pieces = [snippet(text, words) for text in texts[1:] if text]
        return next((piece for piece in pieces if "<mark>" in piece), next(iter(pieces), ""))


def _did_you_mean(part: Slice, info: Any) -> str | None:
    return None if part.rows else part.beside.corrected()


SearchConnection = connection(
    "Search",
    SearchResult,
    {
        "facets": graphene.Field(
            SearchFacets, required=True, description="What the search could be narrowed by."
        ),
        "did_you_mean": graphene.String(
            description="Where nothing was found: other words that titles have."
        ),
        "resolve_facets": staticmethod(lambda part, info: part.beside),
        "resolve_total_count": staticmethod(lambda part, info: part.beside.total),
        "resolve_did_you_mean": staticmethod(_did_you_mean),
    },
)


class SearchQueries:
    """The root fields about searching."""

    search = graphene.Field(
        SearchConnection,
        required=True,
        query=graphene.String(
            required=True,
            description="Words that a page must all have, in any order; Thai needs no spaces.",
        ),
        types=graphene.List(graphene.NonNull(graphene.String), description="Type names."),
        department=graphene.ID(description="The id of a Department."),
        years=graphene.List(
            graphene.NonNull(graphene.Int), description="Fiscal years of the Buddhist era."
        ),
        date_from=Date(description="Posted on this day or later."),
        date_until=Date(description="Posted on this day or earlier."),
        locale=Locale(required=True, default_value="th", description="The language of the pages."),
        description="Pages that have every word: those with the words in the title come first, "
        "then those with them in the summary, the body, the names of files; the newest first.",
        **paging_arguments,
    )
    suggestions = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        prefix=graphene.String(required=True, description="What was typed so far."),
        locale=Locale(required=True, default_value="th", description="The language of the pages."),
        first=graphene.Int(
            required=True, default_value=5, description=f"How many, at most {_MAX_SUGGESTIONS}."
        ),
        description="Titles of public pages in which words begin with what was typed.",
    )

    @staticmethod
    def resolve_search(root: Any, info: Any, query: str, locale: str, **arguments: Any) -> Slice:
        """One query for the rows; facets and counts only where they are asked for."""
        reader = info.context.reader()
        words = search_index.words_of(_typed(query))
        search = Search(reader, words, plain(locale), arguments)

        def read(found: list[Publication]) -> list[Publication]:
            for publication in found:
                publication.found_words = words  # type: ignore[attr-defined]
            return reader.read(found)

        part = slice_of(search.rows, _ORDER, arguments, read)
        return part._replace(beside=search)

    @staticmethod
    def resolve_suggestions(
        root: Any, info: Any, prefix: str, locale: str, first: int
    ) -> list[str]:
        """One query; each title once."""
        if not 0 <= first <= _MAX_SUGGESTIONS:
            raise Refused(
                _("%(name)s must be between 0 and %(limit)s."), name="first", limit=_MAX_SUGGESTIONS
            )
        rows = public_pages(info.context.reader(), plain(locale))
        found = search_index.beginning(rows, _typed(prefix))
        titles = found.order_by("-id").values_list("title", flat=True)[: first * 3]
        return list(dict.fromkeys(titles))[:first]


def _typed(text: str) -> str:
    """Raises `Refused` for more than anybody types."""
    if len(text) > search_index.MAX_QUERY or "\x00" in text:
        raise Refused(
            _("A text to look for has at most %(limit)s characters, none of them null."),
            limit=search_index.MAX_QUERY,
        )
    return text


def _most_frequent(counts: dict[Any, int]) -> list[tuple[Any, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))


def _type_label(type_name: str) -> str:
    return str(capfirst(apps.get_model("pages", type_name)._meta.verbose_name))


def _words(found: Publication) -> list[str]:
    return found.found_words  # type: ignore[attr-defined]
