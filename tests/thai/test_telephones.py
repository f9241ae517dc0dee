"""Telephone numbers as people write them."""

import pytest

from cms.thai.telephones import dialled


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("0 3900 0000", "tel:039000000"),
        ("039-000000", "tel:039000000"),
        ("๐ ๓๙๐๐ ๐๐๐๐", "tel:039000000"),
        ("0 3900 0000 ต่อ 12", "tel:039000000;ext=12"),
        ("0 3900 0000 ext. 12", "tel:039000000;ext=12"),
        ("0 3900 0000-2", "tel:039000000"),
        ("0 3900 0000, 0 3900 0001", "tel:039000000"),
        ("+66 39 000 000", "tel:+6639000000"),
        ("199", "tel:199"),
    ],
)
def test_number_can_be_dialled(written: str, address: str):
    assert dialled(written) == address


@pytest.mark.parametrize("written", ["", "-", "ไม่มี", "12"])
def test_nothing_to_dial(written: str):
    assert dialled(written) == ""
