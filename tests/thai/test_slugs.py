"""ASCII slugs for titles in Thai, English or both."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.thai.slugs import romanised_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("ตะปอน", "ta-pon"),
        ("Road repair 2569", "road-repair-2569"),
        ("๒๕๖๙", "2569"),
        ("!!!", "page"),
        ("", "page"),
    ],
)
def test_title_becomes_a_slug(title: str, slug: str):
    assert romanised_slug(title) == slug


def test_thai_and_english_may_be_mixed():
    assert romanised_slug("E-bidding ตำบล") == "e-bidding-tambon"


def test_vowels_are_not_lost():
    assert romanised_slug("ตำบล") == "tambon"


def test_at_most_eight_words():
    assert romanised_slug("a b c d e f g h i j") == "a-b-c-d-e-f-g-h"


def test_words_are_not_cut_where_they_need_not_be():
    assert romanised_slug("announcement of procurement", max_length=20) == "announcement-of"


def test_one_long_word_is_cut():
    assert romanised_slug("x" * 80, max_length=20) == "x" * 20


@settings(max_examples=20, deadline=None, database=None)
@given(
    title=st.text(alphabet="กขคงจตนบปมรลวสหอะาิีึุูเแโไใำ่้็ ๑2aB-/_", max_size=30),
    max_length=st.integers(min_value=5, max_value=60),
)
def test_any_title_gives_a_short_ascii_slug(title: str, max_length: int):
    slug = romanised_slug(title, max_length=max_length)

    assert re.fullmatch(r"[a-z0-9_]+(-[a-z0-9_]+)*", slug)
    assert len(slug) <= max_length
