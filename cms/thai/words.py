"""Words of Thai and English text, with their places, for finding and marking them.

Thai writes no spaces: PyThaiNLP's newmm cuts by dictionary, always the longest word first. So a
word that is made of others (รับสมัคร of รับ and สมัคร) is found under each of them as well.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from cms.thai.digits import to_arabic_digits

_LETTER = re.compile(r"[^\W_]")
RUN = re.compile(r"(?:[^\W_]|[\u0e00-\u0e7f])+")  # written without a space or a sign
_MAX_BEGINNING = 40  # letters
_MIN_PART = 2  # letters; the dictionary also lists single ones
# Words that stand in every question and so tell none from another.
_COMMON_ENGLISH = """a an and are at be by can do does for from how i if in is it may me must my of
on or the there this to what when where which who why will with you your"""


class Term(NamedTuple):
    """A word as it is looked for, and where in the text it stands; `is_part` of a longer one."""

    text: str
    start: int
    end: int
    is_part: bool


def terms_in(text: str) -> list[Term]:
    """Every word of a text in NFC, and every word of which a longer one is made.

    `"สมัคร ๒ คน"` has the terms สมัคร, 2 and คน. Words are in small letters.
    """
    found, start = [], 0
    for token in _tokens(text):
        end = start + len(token)
        if _LETTER.search(token):
            found.append(Term(token.lower(), start, end, is_part=False))
            found += [
                Term(token[a:b], start + a, start + b, is_part=True) for a, b in parts_of(token)
            ]
        start = end
    return found


def words_asked(query: str) -> list[str]:
    """The words of a search, each once, without those that say nothing where there are others.

    Normalised as texts are: NFC, Arabic digits, small letters. Words are not taken apart.
    """
    text = unicodedata.normalize("NFC", query)
    words = dict.fromkeys(token.lower() for token in _tokens(text) if _LETTER.search(token))
    telling = [word for word in words if word not in _common()]
    return telling or list(words)


def normal(text: str) -> str:
    """A text as words are compared: NFC, Arabic digits, small letters."""
    return to_arabic_digits(unicodedata.normalize("NFC", text)).lower()


def runs_of(text: str) -> list[str]:
    """What is written without a space between: what somebody typed, to be completed."""
    return [run[:_MAX_BEGINNING] for run in RUN.findall(normal(text))]


def beginnings(text: str) -> list[str]:
    """The text from each of its words on, as far as it is written without a space.

    Whatever somebody types of it, from the beginning of any word on, one of these begins so.
    """
    text = normal(text)
    words = {term.start for term in terms_in(text)}
    found = dict.fromkeys(
        text[start : run.end()][:_MAX_BEGINNING]
        for run in RUN.finditer(text)
        for start in sorted(words)
        if run.start() <= start < run.end()
    )
    return list(found)


def split_words(text: str) -> list[str]:
    """The text cut into words and what stands between them, as it was written; nothing is lost."""
    found, start = [], 0
    for token in _tokens(text):
        found.append(text[start : start + len(token)])
        start += len(token)
    return found


@lru_cache(maxsize=4096)
def parts_of(word: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each dictionary word of which `word` can be made without remainder."""
    dictionary, length = _dictionary(), len(word)
    pieces = [
        (a, b)
        for a in range(length)
        for b in range(a + _MIN_PART, length + 1)
        if b - a < length and word[a:b] in dictionary
    ]
    from_left, to_right = {0}, {length}
    for a, b in sorted(pieces):
        if a in from_left:
            from_left.add(b)
    for a, b in sorted(pieces, key=lambda piece: -piece[1]):
        if b in to_right:
            to_right.add(a)
    return tuple((a, b) for a, b in pieces if a in from_left and b in to_right)


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[str, ...]:
    """The text cut into words and what stands between them; nothing is lost."""
    # Imported late: the dictionary costs half a second and 80 MB.
    from pythainlp.tokenize import word_tokenize

    return tuple(word_tokenize(to_arabic_digits(text), engine="newmm", keep_whitespace=True))


@cache
def _dictionary() -> frozenset[str]:
    from pythainlp.corpus import thai_words

    return frozenset(thai_words())


@cache
def _common() -> frozenset[str]:
    from pythainlp.corpus import thai_stopwords

    return frozenset(thai_stopwords()) | frozenset(_COMMON_ENGLISH.split())
