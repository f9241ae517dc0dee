"""Thai titles stand in the order of the dictionary, in the same one on every database."""

import pytest
from django.db import connection

from cms.thai.collation import MAX_LENGTH, sort_key

# In the order of the Royal Institute's dictionary, as ICU has it; no two stand in the same place.
_ORDERED = """
10 2569 ก็ กฎ กฏ ก่อน กั้น กา กาม กำ กิน เก่า แก้ว ไก่ ขาว ข่าว ข้าว เขา เข้า งบประมาณ ต้น ตั้ง ตำบล เต้น
เทศบาล บ้าน ใบ ประกาศ ปลา ปี ปู เปิด แผน ไฟ ราชการ เรือ โรงเรียน สำนัก เสา แสง โสม apple café zebra
"""
WORDS = _ORDERED.split()


def test_words_stand_as_in_the_dictionary():
    shuffled = WORDS[1::2] + WORDS[::2]

    assert sorted(shuffled, key=sort_key) == WORDS


def test_tone_marks_count_last():
    assert sorted(["ข่าวสาร", "ข้าว", "ขาวสะอาด"], key=sort_key) == ["ข้าว", "ขาวสะอาด", "ข่าวสาร"]


def test_capitals_and_thai_digits_do_not_count():
    assert sort_key("Plan ๒๕๖๙") == sort_key("plan 2569")


def test_key_of_a_long_title_fits_its_column():
    assert len(sort_key("เก้า" * 100)) <= MAX_LENGTH


@pytest.mark.django_db
def test_the_database_has_the_same_order():
    if connection.vendor != "postgresql":
        pytest.skip("ICU is PostgreSQL's")
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT word FROM unnest(%s::text[]) AS word ORDER BY word COLLATE "th-x-icu"', [WORDS]
        )
        assert [word for (word,) in cursor.fetchall()] == WORDS
