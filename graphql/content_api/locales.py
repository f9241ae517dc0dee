"""Languages in the order in which a reader wants them, and what was served instead."""

import unicodedata
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

import graphene
from django.db.models import Exists, OuterRef, Q

from cms.publication.models import Publication
from content_api.filters import normal_path, plain
from content_api.reader import Reader
from content_api.scalars import Locale

LANGUAGES = tuple(str(plain(value)) for value in Locale._meta.enum)

locale_arguments = {
    "locale": Locale(required=True, default_value="th", description="The language that is wanted."),
    "fallback": graphene.List(
        graphene.NonNull(Locale),
        description="Further languages, in order, for what there is not in the one wanted.",
    ),
}


def wanted(locale: Any, fallback: Iterable[Any] | None) -> tuple[str, ...]:
    """The language codes in order, each once."""
    return tuple(dict.fromkeys(str(plain(one)) for one in (locale, *(fallback or ()))))


def place_of(path: str) -> tuple[str | None, str]:
    """The language that a path names, if it does, and the path within it.

    With or without slashes at its ends, percent-encoded or not, as copied from a browser.
    """
    plain_path = unicodedata.normalize("NFC", unquote(path.partition("?")[0].partition("#")[0]))
    first, _slash, rest = plain_path.strip("/").partition("/")
    return (first, normal_path(rest)) if first in LANGUAGES else (None, normal_path(plain_path))


def in_languages(reader: Reader, languages: tuple[str, ...]) -> Q:
    """Of each record the version in the first language in which it is public."""
    first, *others = languages
    condition = Q(locale=first)
    for count, language in enumerate(others, start=1):
        better = reader.effective().filter(
            subject=OuterRef("subject"), locale__in=languages[:count]
        )
        condition |= Q(Q(locale=language), ~Exists(better))
    return condition


def served(
    reader: Reader, rows: Iterable[Publication], languages: tuple[str, ...]
) -> list[Publication]:
    """`rows` as read by `reader`, each noting which language was wanted."""
    found = reader.read(rows)
    for row in found:
        row.requested_locale = languages[0]  # type: ignore[attr-defined]
    return found
