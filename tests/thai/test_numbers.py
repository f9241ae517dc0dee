"""Numbers in the cells of tables."""

from decimal import Decimal

import pytest

from cms.thai.numbers import holds_numbers, is_missing, is_share, is_total, number_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234", "1234"),
        ("1,234,567.50", "1234567.50"),
        ("๑,๒๓๔.๕", "1234.5"),
        ("12.5%", "12.5"),
        ("12.5 %", "12.5"),
        ("-5", "-5"),
        ("–5", "-5"),
        ("−5", "-5"),
        ("+5", "5"),
        ("(1,200)", "-1200"),
        (" 7 ", "7"),
        ("0", "0"),
    ],
)
def test_number_is_read(text: str, number: str):
    assert number_in(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "-", "ห้า", "12,34", "1.2.3", "(5", "5)", "1e9", "9" * 19])
def test_other_text_is_no_number(text: str):
    assert number_in(text) is None


def test_column_of_numbers_may_have_gaps():
    assert holds_numbers(["1,200", "-", "", "98.50"])


def test_column_of_gaps_is_none_of_numbers():
    assert not holds_numbers(["-", ""])


def test_one_word_makes_a_column_one_of_texts():
    assert not holds_numbers(["1,200", "ไม่เกิน 500"])


@pytest.mark.parametrize("text", ["", "-", "–", "N/A"])
def test_gaps(text: str):
    assert is_missing(text)


@pytest.mark.parametrize("label", ["รวม", "รวมทั้งสิ้น", "Total", "ยอดรวม"])
def test_totals(label: str):
    assert is_total(label)


def test_shares_are_known_by_heading_or_cells():
    assert is_share("ร้อยละ", ["10"])
    assert is_share("สัดส่วน", ["10%"])
    assert not is_share("บาท", ["10"])
