"""Two texts compared word by word, Thai as well, and cut down to what a reader needs to see."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

from cms.thai.words import split_words

SAME, ADDED, REMOVED = "same", "added", "removed"
CONTEXT = 80  # letters that stay of what did not change, on each side of what did


class Piece(NamedTuple):
    """A stretch of text that is in both versions (`same`), or in one (`added`, `removed`)."""

    kind: str
    text: str


def compare(old: str, new: str) -> list[Piece]:
    """The pieces of which both texts are made: without the added ones they are `old`, without
    the removed ones `new`.

    Lines are compared first: what did not change costs no segmentation.
    """
    pieces: list[Piece] = []
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for tag, a, b, c, d in _opcodes(before, after):
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(before[a:b])))
        else:
            pieces += _compare_words("".join(before[a:b]), "".join(after[c:d]))
    return list(_joined(pieces))


def replace(old: str, new: str) -> list[Piece]:
    """The whole of `old` removed and the whole of `new` added: for what is no running text."""
    return [piece for piece in (Piece(REMOVED, old), Piece(ADDED, new)) if piece.text]


def shorten(pieces: Iterable[Piece]) -> list[Piece]:
    """Long stretches that are the same, cut to the words around what differs."""
    found = list(pieces)
    last = len(found) - 1
    return [
        Piece(SAME, _middle_left_out(piece.text, at_start=number == 0, at_end=number == last))
        if piece.kind == SAME and last
        else piece
        for number, piece in enumerate(found)
    ]


def _compare_words(old: str, new: str) -> Iterator[Piece]:
    before, after = split_words(old), split_words(new)
    for tag, a, b, c, d in _opcodes(before, after):
        if tag == "equal":
            yield Piece(SAME, "".join(before[a:b]))
        else:
            yield from replace("".join(before[a:b]), "".join(after[c:d]))


def _opcodes(before: list[str], after: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    # Without autojunk, which ignores words that are frequent in long texts.
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one, and a space between two changes as part of both."""
    spread: list[Piece] = []
    for number, piece in enumerate(pieces):
        neighbours = {other.kind for other in pieces[max(number - 1, 0) : number + 2 : 2]}
        is_between = 0 < number < len(pieces) - 1 and SAME not in neighbours
        if piece.kind == SAME and piece.text == " " and is_between:
            spread += [Piece(REMOVED, " "), Piece(ADDED, " ")]
        else:
            spread.append(piece)
    for is_same, run in groupby(spread, key=lambda piece: piece.kind == SAME):
        group = list(run)
        for kind in (SAME,) if is_same else (REMOVED, ADDED):
            if text := "".join(piece.text for piece in group if piece.kind == kind):
                yield Piece(kind, text)


def _middle_left_out(text: str, at_start: bool, at_end: bool) -> str:
    if len(text) <= 2 * CONTEXT + 20:
        return text
    words = split_words(text)
    head = "" if at_start else _first(words)
    tail = "" if at_end else _first(words[::-1], backwards=True)
    return f"{head} … {tail}"


def _first(words: list[str], backwards: bool = False) -> str:
    kept: list[str] = []
    for word in words:
        if sum(map(len, kept)) >= CONTEXT:
            break
        kept.append(word)
    return "".join(kept[::-1] if backwards else kept)
