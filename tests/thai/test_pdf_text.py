"""The text of a PDF comes back as it went in, whoever reads it."""

import datetime
import unicodedata

import pytest

from tests.thai.pdf_reading import READERS, document, with_pypdf

HARD_WORDS = (
    "ที่ นี้ ปี่ น้ำ ป้า ฝั้น ตำบล ปำ ฟ้ำ ฝ้ำ ญุ ฐู ญฺ ปื้น ฎุ ฏู ก๊ำ เก๊า โต๊ะ ผู้ใหญ่ ฤๅษี ฦๅ",
    "ซึ้ง ปั๊ม ฟื้นฟู สำนัก น้ำค้าง ต้มยำกุ้ง กุฏิ ปฏิญญา สัญญา ก็ เล่ห์ สิทธิ์ ต่าง ๆ ฯลฯ",
)
CONSONANTS = [chr(code) for code in range(ord("ก"), ord("ฮ") + 1)]
MARKS = ["", "ั", "ิ", "ี", "ึ", "ื", "ุ", "ู", "็", "์", "ํ"]
TONES = ["", "่", "้", "๊", "๋"]

every_reader = pytest.mark.parametrize("read", READERS)


@every_reader
@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("line", HARD_WORDS)
def test_hard_words_come_back(read, line: str, bold: bool):
    pdf = document()
    pdf.paragraph(line, bold=bold)

    assert line in read(pdf.bytes())


@every_reader
def test_every_stack_of_marks_comes_back(read):
    lines = [
        " ".join(consonant + mark + tone for mark in MARKS for tone in TONES)
        for consonant in CONSONANTS
    ]
    lines += [" ".join(c + tone + "ำ" for tone in TONES) for c in CONSONANTS]
    pdf = document()
    for line in lines:
        pdf.paragraph(line)

    words = read(pdf.bytes()).split()
    thai = [word for word in words if not set(word) <= set("0123456789/")]  # no page numbers

    assert thai == " ".join(lines).split()


@every_reader
def test_kerned_latin_comes_back(read):
    pdf = document("en")
    pdf.paragraph("AVATAR To. Ty, office ffi “quoted” – 1,234.50 ฿")

    assert "AVATAR To. Ty, office ffi “quoted” – 1,234.50 ฿" in read(pdf.bytes())


@every_reader
def test_mark_typed_twice_comes_back(read):
    pdf = document()
    pdf.paragraph("บ้้าน ปีี")

    assert "บ้้าน ปีี" in read(pdf.bytes())


@every_reader
def test_letter_that_the_font_lacks_comes_back(read):
    pdf = document()
    pdf.paragraph("ยิ้ม 😀 漢字")

    assert "ยิ้ม 😀 漢字" in read(pdf.bytes())


def test_text_is_normalised_to_nfc():
    pdf = document()
    pdf.paragraph(unicodedata.normalize("NFD", "Café ที่"))

    assert "Café ที่" in with_pypdf(pdf.bytes())


def test_sara_am_in_two_pieces_stays_as_typed():
    pdf = document()
    pdf.paragraph("นํา")

    assert "นํา" in with_pypdf(pdf.bytes())


def test_control_characters_are_left_out():
    pdf = document()
    pdf.paragraph("ก\x00ข\x1fค\ud800ง\tจ\r\nฉ")

    assert "กขคง จ\nฉ" in with_pypdf(pdf.bytes())


def test_official_documents_have_thai_digits():
    pdf = document(official_digits=True, footer="หน้า 7")
    pdf.heading("ข้อ 1")
    pdf.table(["ที่", "บาท"], [[12, "1,234.50"]])

    text = with_pypdf(pdf.bytes())

    assert "ข้อ ๑" in text
    assert "๑,๒๓๔.๕๐" in text
    assert "หน้า ๗" in text
    assert "๑ / ๑" in text
    assert not set(text) & set("0123456789")


def test_addresses_and_reference_numbers_keep_arabic_digits():
    pdf = document(official_digits=True)
    pdf.paragraph("เลขที่ EF-2569-0001 (https://example.go.th/2569/) พ.ศ.2569")

    assert "EF-2569-0001 (https://example.go.th/2569/) พ.ศ.๒๕๖๙" in with_pypdf(pdf.bytes())


def test_dates_are_in_the_buddhist_era():
    pdf = document(official_digits=True)
    pdf.facts([("วันที่", datetime.date(2026, 8, 17))])

    assert "๑๗ สิงหาคม ๒๕๖๙" in with_pypdf(pdf.bytes())


def test_dates_of_an_english_document_are_in_the_common_era():
    pdf = document("en")
    pdf.facts([("Date", datetime.date(2026, 8, 17))])

    assert "17 August 2026" in with_pypdf(pdf.bytes())
