"""What a caller hands in, as the text that is printed."""

import datetime
import re
import unicodedata

from cms.thai.dates import format_date
from cms.thai.digits import to_thai_digits

_LINE_END = re.compile(r"\r\n?|[\u2028\u2029\v\f\x85]")
# Nothing to see, and not allowed in a PDF text: control characters and lone surrogates.
_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_WORD = re.compile(r"[^\s\u0e00-\u0e7f]+")
_WITH_LATIN = re.compile(r"[A-Za-z]")


def printed_text(value: object, language: str, official_digits: bool) -> str:
    """`value` as it is printed: text as NFC, a date in the words and era of `language`.

    None is empty; numbers are printed as `str` writes them, because a year has no thousands. With
    `official_digits` Arabic digits become Thai, except in words with Latin letters (addresses,
    reference numbers), which have to be typed as they are.
    """
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        value = format_date(value, language)
    text = unicodedata.normalize("NFC", _LINE_END.sub("\n", str(value)).replace("\t", " "))
    text = _UNPRINTABLE.sub("", text)
    return _WORD.sub(_with_thai_digits, text) if official_digits else text


def _with_thai_digits(word: re.Match[str]) -> str:
    return word[0] if _WITH_LATIN.search(word[0]) else to_thai_digits(word[0])
