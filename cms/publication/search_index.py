"""The words of the public record, for full-text search: written in the transaction that publishes.

SQLite has an FTS5 table, PostgreSQL `tsvector` columns; no Django model describes both. Neither of
them cuts Thai into words, so words come from `cms.thai.words` and are stored ready-made. The table
says which publications have a word, never whether they are public: every question is joined with
the publications that are effective, so nothing is found before its time or after it.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, F, Func, IntegerField, QuerySet, Value, When
from tqdm import tqdm

from cms.publication.models import Publication
from cms.publication.search_texts import Texts, texts_of
from cms.thai.words import RUN, beginnings, runs_of, terms_in, words_asked

TABLE = "publication_search"
MAX_QUERY = 200  # characters
MAX_WORDS = 20
_MAX_WORD = 100  # letters
_PLACES = Texts._fields  # a word in an earlier one counts more
_WEIGHTS = "ABCD"  # what PostgreSQL calls the places


def write(publication: Publication) -> None:
    """Indexes a publication, instead of those that it took the place of."""
    over = Publication.objects.filter(
        address=publication.address_id, effective_until__lte=publication.published_at
    )
    _insert(publication, over.values_list("pk", flat=True))


def remove(publications: QuerySet[Publication]) -> None:
    """Forgets the words of publications that were withdrawn."""
    _delete(publications.values_list("pk", flat=True))


def rebuild(show_progress: bool = False) -> int:
    """Indexes every publication that stands, from scratch; returns their number."""
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{TABLE}"')  # noqa: S608 (our own name)
    standing = Publication.objects.standing().only("id", "snapshot")
    rows = tqdm(
        standing.iterator(chunk_size=200),
        total=standing.count(),
        disable=None if show_progress else True,  # None: only where a person looks on
    )
    number = 0
    for number, publication in enumerate(rows, start=1):  # noqa: B007
        _insert(publication, [])
    return number


def words_of(query: str) -> list[str]:
    """The words of a search: NFC, Arabic digits, small letters, common words left out."""
    asked = dict.fromkeys(run for word in words_asked(query) for run in _runs(word))
    return list(asked)[:MAX_WORDS]


def found(rows: QuerySet, words: list[str]) -> QuerySet:
    """`rows` of publications in which every word stands; `place` is 0 where all are in titles."""
    cases = [When(_Has(words, depth), then=Value(depth - 1)) for depth in range(1, len(_PLACES))]
    place = Case(*cases, default=Value(len(_PLACES) - 1), output_field=IntegerField())
    return rows.filter(_Has(words, len(_PLACES))).annotate(place=place)


def beginning(rows: QuerySet, typed: str) -> QuerySet:
    """`rows` in whose titles words begin with each part of what was typed; none for nothing."""
    runs = runs_of(typed)[:MAX_WORDS]
    return rows.filter(_Begins(runs)) if runs else rows.none()


class _Has(Func):
    """Whether every word stands in one of the first `depth` places of a publication."""

    output_field = BooleanField()

    def __init__(self, words: list[str], depth: int) -> None:
        super().__init__(F("pk"))
        self.words, self.depth = words, depth

    def as_sqlite(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, Any]:
        """By the columns of the FTS5 table."""
        words = " AND ".join(_quoted(word) for word in self.words)
        return self._within(compiler, f"{{{' '.join(_PLACES[: self.depth])}}} : ({words})")

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, Any]:
        """By the weights of the vector."""
        weights = _WEIGHTS[: self.depth]
        words = " & ".join(f"{_lexeme(word)}:{weights}" for word in self.words)
        return self._within(compiler, words, "words")

    def _within(self, compiler: Any, asked: str, column: str = "") -> tuple[str, Any]:
        key, parameters = compiler.compile(self.source_expressions[0])
        if column:
            condition = f'SELECT publication_id FROM "{TABLE}" WHERE {column} @@ %s::tsquery'  # noqa: S608
        else:
            condition = f'SELECT rowid FROM "{TABLE}" WHERE "{TABLE}" MATCH %s'  # noqa: S608
        return f"{key} IN ({condition})", [*parameters, asked]


class _Begins(_Has):
    """Whether words of the title begin with each of some texts."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__(texts, 1)

    def as_sqlite(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, Any]:
        """By prefix."""
        texts = " AND ".join(f"{_quoted(text)} *" for text in self.words)
        return self._within(compiler, f"starts : ({texts})")

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, Any]:
        """By prefix."""
        return self._within(compiler, " & ".join(f"{_lexeme(t)}:*" for t in self.words), "starts")


def _quoted(word: str) -> str:
    """A word as FTS5 reads it, whatever stands in it."""
    return '"' + word.replace('"', '""') + '"'


def _lexeme(word: str) -> str:
    """A word as `tsvector` and `tsquery` read it, whatever stands in it."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def _insert(publication: Publication, instead_of: Iterable[int]) -> None:
    _delete([*instead_of, publication.pk])
    texts = texts_of(publication.data)
    places, starts = _words_by_place(texts), beginnings(texts.title)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            vector = " ".join(
                f"{_lexeme(word)}:1{weight}"
                for words, weight in zip(places, _WEIGHTS, strict=True)
                for word in words
            )
            sql = f'INSERT INTO "{TABLE}" VALUES (%s, %s::tsvector, %s::tsvector)'  # noqa: S608
            cursor.execute(sql, [publication.pk, vector, " ".join(map(_lexeme, starts))])
        else:
            columns = ", ".join(["rowid", *_PLACES, "starts"])
            sql = f'INSERT INTO "{TABLE}" ({columns}) VALUES (%s, %s, %s, %s, %s, %s)'  # noqa: S608
            cursor.execute(sql, [publication.pk, *map(" ".join, [*places, starts])])


def _delete(keys: Iterable[int]) -> None:
    name = "publication_id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        sql = f'DELETE FROM "{TABLE}" WHERE {name} = %s'  # noqa: S608
        cursor.executemany(sql, [[key] for key in keys])


def _words_by_place(texts: Texts) -> list[list[str]]:
    """The words of each place that stand in none before it."""
    seen: set[str] = set()
    places = []
    for text in texts:
        lines = text.split("\n")
        words = {run for line in lines for term in terms_in(line) for run in _runs(term.text)}
        words -= seen
        seen |= words
        places.append(sorted(words))
    return places


def _runs(word: str) -> list[str]:
    """What both databases take for words: `"survey-"` and `"1,500"` without their signs."""
    return [run[:_MAX_WORD] for run in RUN.findall(word.lower())]


def create_table(vendor: str) -> list[str]:
    """The SQL that makes the empty table."""
    if vendor == "postgresql":
        return [
            f'CREATE TABLE "{TABLE}" (publication_id bigint PRIMARY KEY, '
            "words tsvector NOT NULL, starts tsvector NOT NULL)",
            f'CREATE INDEX "{TABLE}_words" ON "{TABLE}" USING gin (words)',
            f'CREATE INDEX "{TABLE}_starts" ON "{TABLE}" USING gin (starts)',
        ]
    # Thai vowels and tone marks are letters (Mn); FTS5 takes them for spaces by default.
    tokens = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
    columns = ", ".join([*_PLACES, "starts"])
    return [f'CREATE VIRTUAL TABLE "{TABLE}" USING fts5({columns}, tokenize="{tokens}")']
