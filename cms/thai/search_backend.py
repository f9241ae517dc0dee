"""Wagtail's search in the database, with Thai cut into words: for the admin's lists and choosers.

Neither SQLite nor PostgreSQL sees where a Thai word ends. So texts are cut when they are indexed
and words are cut when they are looked for; what is stored elsewhere stays as it was written.
After a change of dictionary or tokenizer, `manage.py update_index` indexes everything again.
"""

import copy
import sys
from collections.abc import Callable
from typing import Any

from modelsearch.backends.database import SearchBackend as backend_for_database
from modelsearch.index import AutocompleteField, SearchField
from modelsearch.query import SearchQuery

from cms.thai.words import beginnings, normal, terms_in


def SearchBackend(params: dict[str, Any]) -> Any:
    """The backend of this database, made to read Thai."""
    stock = type(backend_for_database(params))
    _cut_what_is_indexed(sys.modules[stock.__module__])
    return type("ThaiSearchBackend", (_ThaiMixin, stock), {})(params)


class _ThaiMixin:
    """Cuts queries as texts were cut."""

    def search(self, query: Any, *args: Any, **options: Any) -> Any:
        """By whole words."""
        return super().search(_changed(query, words_asked), *args, **options)  # type: ignore[misc]

    def autocomplete(self, query: Any, *args: Any, **options: Any) -> Any:
        """By the beginning of words: what is typed is not cut, as its end is no word yet."""
        return super().autocomplete(_changed(query, normal), *args, **options)  # type: ignore[misc]


def words_indexed(text: str) -> str:
    """Every word of a text in its order, then the words of which longer ones are made."""
    terms = terms_in(normal(text))
    parts = dict.fromkeys(term.text for term in terms if term.is_part)
    return " ".join([*(term.text for term in terms if not term.is_part), *parts])


def words_asked(query: str) -> str:
    """The words of a query, none taken apart."""
    return " ".join(term.text for term in terms_in(normal(query)) if not term.is_part)


def _changed(query: Any, change: Callable[[str], str]) -> Any:
    """A query, or a tree of them, with its texts changed."""
    if isinstance(query, str):
        return change(query)
    if not isinstance(query, SearchQuery):
        return query
    query = copy.copy(query)
    if hasattr(query, "query_string"):
        query.query_string = change(query.query_string)
    if hasattr(query, "subquery"):
        query.subquery = _changed(query.subquery, change)
    if hasattr(query, "subqueries"):
        query.subqueries = [_changed(each, change) for each in query.subqueries]
    return query


def _cut_what_is_indexed(module: Any) -> None:
    """Gives the module of a backend an indexer that cuts; it has no setting for one."""
    stock = module.ObjectIndexer
    if getattr(stock, "cuts_thai", False):
        return

    class ThaiIndexer(stock):  # type: ignore[valid-type,misc]
        """Prepares the texts of an object, cut into words."""

        cuts_thai = True

        def prepare_field(self, obj: Any, field: Any) -> Any:
            """As the backend does, the text being the last of what it yields."""
            for indexed, *rest, value in super().prepare_field(obj, field):
                if isinstance(indexed, AutocompleteField):
                    value = " ".join(beginnings(value))
                elif isinstance(indexed, SearchField):
                    value = words_indexed(value)
                yield indexed, *rest, value

    module.ObjectIndexer = ThaiIndexer
