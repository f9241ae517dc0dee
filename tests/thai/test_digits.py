"""Thai digits to Arabic and back."""

from hypothesis import given
from hypothesis import strategies as st

from cms.thai.digits import to_arabic_digits, to_thai_digits


def test_thai_digits_become_arabic():
    assert to_arabic_digits("๐๑๒๓๔๕๖๗๘๙") == "0123456789"


def test_arabic_digits_become_thai():
    assert to_thai_digits("0123456789") == "๐๑๒๓๔๕๖๗๘๙"


def test_everything_else_stays():
    assert to_arabic_digits("มาตรา ๗ (1) ข้อ ๒") == "มาตรา 7 (1) ข้อ 2"


@given(st.text(alphabet=st.characters(exclude_characters="๐๑๒๓๔๕๖๗๘๙")))
def test_there_and_back_is_the_same(text: str):
    assert to_arabic_digits(to_thai_digits(text)) == text
