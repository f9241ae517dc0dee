"""The encoding of a text file: UTF-8, UTF-16 with its mark, or TIS-620 as Windows writes it."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from cms.opendata.problems import Refused

THAI = "cp874"  # Windows-874: TIS-620 and a few signs more
_CHUNK = 1 << 20
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_THAI_LETTER = re.compile("[\u0e01-\u0e5b]")
# Marks above and below the line stand after a Thai letter. Elsewhere the text is not Thai.
_STRAY_MARK = re.compile("(?<![\u0e01-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_MOST_STRAY_MARKS = 0.02  # of all Thai letters: a slip of the pen is allowed


def text_encoding(path: Path) -> str:
    """The codec with which the whole file reads as text, its byte order mark skipped.

    Raises `Refused("encoding")` where there is none.
    """
    with path.open("rb") as stream:
        if stream.read(2) in _UTF16_MARKS:
            return _first_that_reads(path, ("utf-16",))
    return _first_that_reads(path, ("utf-8-sig", THAI))


def bytes_encoding(sample: bytes) -> str:
    """UTF-8 or Windows-874, for text of which only some bytes are at hand, as in a DBF.

    A DBF cuts letters in half where a column ends, so a few broken ones do not count.
    """
    text = sample.decode(errors="replace")
    broken = text.count("\ufffd")
    return THAI if broken * 5 > len(_THAI_LETTER.findall(text)) else "utf-8"


def decoded(path: Path, encoding: str) -> Iterator[str]:
    """The text of a file in pieces."""
    with path.open(encoding=encoding, newline="") as stream:
        yield from iter(lambda: stream.read(_CHUNK), "")


def _first_that_reads(path: Path, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            if all(_is_text(piece, encoding) for piece in decoded(path, encoding)):
                return encoding
        except UnicodeError:
            continue
    raise Refused("encoding")


def _is_text(piece: str, encoding: str) -> bool:
    if "\0" in piece:
        return False
    if encoding != THAI:
        return True
    letters = len(_THAI_LETTER.findall(piece))
    return len(_STRAY_MARK.findall(piece)) <= letters * _MOST_STRAY_MARKS
