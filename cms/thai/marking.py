"""Texts with the words that a search found in them marked, as safe HTML."""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from cms.thai.words import RUN, Term, terms_in

SNIPPET = 200  # characters, more or less: cut between words alone
_BEFORE = 50  # of it before the first word that was found
_LONGEST = 20_000  # characters of a text in which words are looked for


def marked(text: str, words: Iterable[str]) -> SafeString:
    """A whole text as HTML, with `<mark>` around each of the words."""
    return _marked(text, 0, len(text), _places(terms_in(text), set(words)))


def snippet(text: str, words: Iterable[str]) -> SafeString:
    """The beginning of a text, or what stands around the first word that it has, marked.

    It begins and ends between two words, so that no Thai letter loses its vowels or its tone.
    """
    text = text[:_LONGEST]
    terms, wanted = terms_in(text), set(words)
    places = _places(terms, wanted)
    begin = max(0, places[0][0] - _BEFORE) if places else 0
    end = begin + SNIPPET
    starts = [term.start for term in terms if not term.is_part]
    ends = [term.end for term in terms if not term.is_part]
    begin = next((start for start in starts if start >= begin), 0) if begin else 0
    end = max((stop for stop in ends if stop <= end), default=len(text))
    if end >= max(ends, default=0):
        end = len(text)
    before, after = "… " if begin else "", " …" if end < len(text) else ""
    html = _marked(text, begin, end, places).strip()
    return mark_safe(f"{before}{html}{after}")  # noqa: S308 (escaped piece by piece)


def has_any(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in a text."""
    return bool(_places(terms_in(text), set(words)))


def _places(terms: Iterable[Term], words: set[str]) -> list[tuple[int, int]]:
    """Where the words stand, without the signs at their ends; what overlaps or touches as one."""
    pieces = (
        (term.start + run.start(), term.start + run.end())
        for term in terms
        for run in RUN.finditer(term.text)
        if run[0].lower() in words or term.text.lower() in words
    )
    found: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _marked(text: str, begin: int, end: int, places: list[tuple[int, int]]) -> SafeString:
    pieces, done = [], begin
    for start, stop in places:
        if start < begin or stop > end:
            continue
        pieces += [escape(text[done:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        done = stop
    return mark_safe("".join([*pieces, escape(text[done:end])]))  # noqa: S308 (escaped above)
