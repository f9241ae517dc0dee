"""Two texts compared word by word; both can be read again from the pieces."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cms.publication.text_differences import ADDED, REMOVED, SAME, compare, shorten

TEXT = st.text(
    alphabet=st.one_of(
        st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), st.sampled_from(" \nab1")
    ),
    max_size=80,
)


def test_one_thai_word_is_marked_and_no_other():
    pieces = compare("เปิดรับสมัครวันจันทร์ ที่สำนักปลัด", "เปิดรับสมัครวันอังคาร ที่สำนักปลัด")

    assert [piece.text for piece in pieces if piece.kind == REMOVED] == ["จันทร์"]
    assert [piece.text for piece in pieces if piece.kind == ADDED] == ["อังคาร"]


def test_thai_digits_stay_as_they_were_written():
    pieces = compare("งบประมาณ ๑๐ บาท", "งบประมาณ ๒๐ บาท")

    assert ("".join(p.text for p in pieces if p.kind != ADDED)) == "งบประมาณ ๑๐ บาท"


def test_text_far_from_the_change_is_left_out():
    long = "องค์การบริหารส่วนตำบลประกาศให้ทราบโดยทั่วกัน " * 50
    pieces = shorten(compare(f"{long}หนึ่ง", f"{long}สอง"))

    assert pieces[0].kind == SAME
    assert len(pieces[0].text) < 200
    assert [piece.text for piece in pieces[1:]] == ["หนึ่ง", "สอง"]


@given(TEXT, TEXT)
@settings(deadline=None, database=None)
def test_both_texts_are_in_the_pieces(old: str, new: str):
    pieces = compare(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind != ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.kind != REMOVED) == new


@given(TEXT)
@settings(deadline=None, database=None)
def test_equal_texts_have_nothing_marked(text: str):
    assert {piece.kind for piece in compare(text, text)} <= {SAME}
