"""Where text is broken into lines."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.thai.pdf.glyphs import Cluster
from cms.thai.pdf.lines import break_opportunities, wrap


def pieces(text: str) -> list[str]:
    """`text` cut wherever it may be."""
    cuts = [0, *sorted(break_opportunities(text)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


def letters(text: str) -> list[Cluster]:
    """Clusters one thousandth wide."""
    return [Cluster(letter, (0,), 1, 1) for letter in text]


def lines(text: str, width: float) -> list[str]:
    """`text` in lines of `width` letters."""
    found = wrap(letters(text), width - 1, break_opportunities(text))
    return ["".join(cluster.text for cluster in line) for line in found]


def test_thai_breaks_between_words():
    assert pieces("น้ำประปาไหลอ่อน") == ["น้ำประปา", "ไหล", "อ่อน"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ราคา 1,234.50 บาท", ["ราคา ", "1,234.50 ", "บาท"]),
        ("ปี๒๕๖๙", ["ปี", "๒๕๖๙"]),
        ("๑๔.๒๕%", ["๑๔.๒๕%"]),
        ("ต่าง ๆ", ["ต่าง ๆ"]),
        ("กรุงเทพฯ", ["กรุงเทพฯ"]),
        ("(บาท)", ["(บาท)"]),
        ("e-mail EF-2569-0001", ["e-mail ", "EF-2569-0001"]),
        ("example.go.th/news/list", ["example.go.th/", "news/", "list"]),
    ],
)
def test_text_breaks_only_where_readers_expect_it(text: str, expected: list[str]):
    assert pieces(text) == expected


def test_spaces_at_the_end_of_a_line_are_dropped():
    assert lines("aaa bbb  ccc", 4) == ["aaa", "bbb", "ccc"]


def test_word_longer_than_a_line_is_cut():
    assert lines("aa bbbbbbb c", 3) == ["aa", "bbb", "bbb", "b c"]


def test_no_text_is_one_empty_line():
    assert lines("", 10) == [""]


@settings(max_examples=50, deadline=None, database=None)
@given(st.text(alphabet="กขนปสตเแใ่้าำีู ๆฯ1๑aB-/.(),", max_size=60), st.integers(1, 20))
def test_no_letter_is_lost_and_no_line_is_too_long(text: str, width: int):
    found = lines(text, width)

    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(len(line) <= width for line in found)
