"""The order of a Thai dictionary, as a text that any database can sort.

The rules are those of the Royal Institute's dictionary, as the Unicode Collation Algorithm and CLDR
have them: a leading vowel (เ แ โ ใ ไ) comes after the consonant that it is written before, tone
marks count only where two words are otherwise the same, other alphabets come after the Thai one.
"""

import re
import unicodedata

from cms.thai.digits import to_arabic_digits

_LEADING_VOWEL = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_MARKS = "\u0e47-\u0e4e"  # maitaikhu, the tone marks, thanthakhat, nikhahit, yamakkan
_MARK = re.compile(f"[{_MARKS}]")
_BEHIND = 0x1000
_COUNTED = 80  # letters: rows that are the same so far stand in the order of their ids
MAX_LENGTH = 4 * (_COUNTED + 1 + _COUNTED)


def sort_key(text: str) -> str:
    """A key of at most `MAX_LENGTH` ASCII characters, to be compared character by character.

    Capitals, accents and the kind of digits do not matter: `"๒๕๖๙"` stands where `"2569"` does.
    """
    folded = to_arabic_digits(unicodedata.normalize("NFD", text)).casefold()
    in_order = "".join(_placed(letter) for letter in folded if not _is_accent(letter))
    ordered = _LEADING_VOWEL.sub(r"\2\1", in_order)
    letters = _MARK.sub("", ordered)[:_COUNTED]
    # The letters alone; then, for words that share them, where each mark stands.
    marks = re.sub(f"[^{_MARKS}]", " ", ordered)[:_COUNTED].rstrip()
    return _hexadecimal(letters) + "0000" + _hexadecimal(marks)


def _placed(letter: str) -> str:
    """Latin, Greek and Cyrillic letters stand before the Thai ones in Unicode: moved behind."""
    return chr(_BEHIND + ord(letter)) if letter.isalpha() and letter < "\u0e00" else letter


def _is_accent(letter: str) -> bool:
    return unicodedata.category(letter) == "Mn" and not "\u0e00" <= letter <= "\u0e7f"


def _hexadecimal(text: str) -> str:
    """Every database puts 0-9 before a-f, whatever language it was set up for."""
    return text.encode("utf-16-be").hex()
