"""ASCII slugs from Thai titles, romanised by the Royal Institute's system."""

import re

from django.utils.text import slugify

from cms.thai.digits import to_arabic_digits

_THAI_RUN = re.compile(r"[\u0e00-\u0e7f]+")
_MAX_WORDS = 8


def romanised_slug(title: str, max_length: int = 60) -> str:
    """An ASCII slug of at most `max_length` characters for a title in Thai, English or both.

    Thai words are romanised (`"ตำบล"` becomes `"tambon"`), at most eight of them, as a long
    address helps nobody. A title without any letter or digit gives `"page"`.
    """
    text = _THAI_RUN.sub(_romanise, to_arabic_digits(title))
    words = slugify(text).split("-")[:_MAX_WORDS]
    slug = ""
    for word in words:
        if len(slug) + len(word) + 1 > max_length:
            break
        slug = f"{slug}-{word}" if slug else word
    return slug or slugify(text)[:max_length].strip("-") or "page"


def _romanise(match: re.Match) -> str:
    # Imported late: the dictionary costs half a second and 80 MB, readers never need it.
    from pythainlp.tokenize import subword_tokenize, word_tokenize
    from pythainlp.transliterate import romanize

    def word_in_latin(word: str) -> str:
        # Syllable by syllable: given whole words, the engine drops vowels (ตำบล becomes tampn).
        syllables = subword_tokenize(word, engine="dict")
        return "".join(romanize(syllable, engine="royin") for syllable in syllables)

    words = word_tokenize(match[0], engine="newmm", keep_whitespace=False)
    return " " + " ".join(map(word_in_latin, words)) + " "
