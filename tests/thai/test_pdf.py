"""Pages of a PDF: what stands where, what breaks, what the file says about itself."""

import datetime

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

from tests.thai.pdf_reading import (
    A4,
    MARGINS,
    document,
    opened,
    page_texts,
    picture,
    pictures,
    with_pypdf,
)

LONG = (
    "องค์การบริหารส่วนตำบลตะปอนมีหน้าที่เผยแพร่ข้อมูลข่าวสารตามพระราชบัญญัติข้อมูลข่าวสารของราชการ "
    "พ.ศ. 2540 และ https://example.go.th/th/services/water-supply/" + "x" * 120
)


def ink(image: Image.Image) -> tuple[float, float, float, float]:
    """The box (left, top, right, bottom) in points that holds all that is not white."""
    box = ImageOps.invert(image).getbbox()
    assert box
    left, top, right, bottom = (edge * A4[0] / image.width for edge in box)
    return left, top, right, bottom


def inked_rows(text: str, bold: bool) -> set[int]:
    """The rows of pixels that a paragraph touches, page number apart."""
    pdf = document()
    pdf.paragraph(text, bold=bold)
    page = pictures(pdf.bytes(), dpi=300)[0]
    rows = range(page.height // 2)
    return {y for y in rows if min(page.crop((0, y, page.width, y + 1)).tobytes()) < 200}


def right_edges(content: bytes, texts: list[str]) -> list[float]:
    """Where texts on the first page end, in points."""
    file = pypdfium2.PdfDocument(content)
    page = file[0]
    text_page = page.get_textpage()
    whole = text_page.get_text_range()
    edges = [text_page.get_charbox(whole.index(t) + len(t) - 1, loose=True)[2] for t in texts]
    text_page.close()
    page.close()
    file.close()
    return edges


def test_nothing_stands_beyond_the_margins():
    pdf = document()
    pdf.heading(LONG)
    pdf.paragraph(LONG)
    pdf.bullet_list([LONG])
    pdf.facts([(LONG, LONG)])
    pdf.table([LONG, "ข"], [[LONG, "1"]], caption=LONG)
    pdf.table([f"คอลัมน์ {i}" for i in range(14)], [[f"{i}00,000.00" for i in range(14)]])
    pdf.image(picture((3000, 200)), LONG)
    pdf.qr("x", LONG)
    pdf.signature_blocks([(LONG, LONG, LONG, LONG)] * 2)

    for page in pictures(pdf.bytes()):
        left, top, right, bottom = ink(page)
        assert left >= MARGINS["left"] - 1
        assert right <= A4[0] - MARGINS["right"] + 1
        assert top >= MARGINS["top"] - 1
        assert bottom <= A4[1] - MARGINS["bottom"] + 30  # page numbers stand below


@pytest.mark.parametrize("bold", [False, True])
def test_marks_of_two_lines_do_not_touch(bold: bool):
    upper = inked_rows("ฐู ญู", bold)
    lower = inked_rows("\nปื้ ที่", bold)

    assert not upper & lower


def test_long_header_and_footer_push_the_text_not_into_it():
    pdf = document(header="หัว " * 120, footer="ท้าย " * 120)
    pdf.paragraph("คำ\n" * 200)

    for text in page_texts(pdf.bytes()):
        assert text.count("หัว") == 120
        assert text.count("ท้าย") == 120
    assert min(ink(page)[1] for page in pictures(pdf.bytes())) > 20


def test_pages_are_numbered():
    pdf = document()
    pdf.paragraph("หน้าแรก")
    pdf.page_break()
    pdf.paragraph("หน้าสอง")

    first, second = page_texts(pdf.bytes())

    assert "1 / 2" in first
    assert "2 / 2" in second


def test_page_break_on_an_empty_page_does_nothing():
    pdf = document()
    pdf.page_break()

    assert len(page_texts(pdf.bytes())) == 1


def test_heading_stays_with_what_follows():
    pdf = document()
    pdf.paragraph("คำ\n" * 37)
    pdf.heading("หัวข้อ")
    pdf.paragraph("เนื้อหา")

    first, second = page_texts(pdf.bytes())

    assert "หัวข้อ" not in first
    assert second.index("หัวข้อ") < second.index("เนื้อหา")


def test_header_of_a_table_is_on_every_page():
    pdf = document()
    pdf.table(["ลำดับ", "โครงการ"], [[i, f"โครงการที่ {i}"] for i in range(1, 101)])

    pages = page_texts(pdf.bytes())

    assert len(pages) > 2
    assert all("ลำดับ" in page for page in pages)
    assert sum(page.count("โครงการที่") for page in pages) == 100


def test_row_of_a_table_stays_on_one_page():
    pdf = document()
    rows = [[f"ต้น{i}\nกลาง\nกลาง\nปลาย{i}"] for i in range(40)]
    pdf.table(["รายการ"], rows)

    for page in page_texts(pdf.bytes()):
        assert page.count("ต้น") == page.count("ปลาย")


def test_row_longer_than_a_page_goes_on_over_pages():
    pdf = document()
    pdf.table(["ก", "ข"], [["\n".join(f"บรรทัด{i}." for i in range(150)), "1"]])

    text = with_pypdf(pdf.bytes())

    assert all(f"บรรทัด{i}." in text for i in range(150))


def test_table_without_rows_has_its_header():
    pdf = document()
    pdf.table(["ลำดับ", "โครงการ"], [])

    assert "โครงการ" in with_pypdf(pdf.bytes())


def test_row_with_a_missing_cell_is_refused():
    with pytest.raises(ValueError, match="2 columns"):
        document().table(["ก", "ข"], [["1"]])


@pytest.mark.parametrize("numeric", [None, [1]])
def test_numbers_are_set_to_the_right(numeric):
    pdf = document()
    pdf.table(["รายการ", "บาท"], [["ถนน", "1,234.50"], ["คลอง", "-7.25"]], numeric=numeric)

    one, other = right_edges(pdf.bytes(), ["1,234.50", "-7.25"])

    assert one == pytest.approx(other, abs=0.1)


def test_words_are_not_set_to_the_right():
    pdf = document()
    pdf.table(["รายการ"], [["ถนน"], ["ถนนคอนกรีต 2569"]])

    one, other = right_edges(pdf.bytes(), ["ถนน", "2569"])

    assert one < other - 20


def test_picture_is_no_larger_than_the_page():
    pdf = document()
    pdf.image(picture((4000, 4000), "JPEG"), "คำบรรยาย")

    content = pdf.bytes()

    assert "คำบรรยาย" in with_pypdf(content)
    assert len(page_texts(content)) == 1


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA"])
def test_kinds_of_png_are_drawn(mode: str):
    pdf = document()
    pdf.image(picture((80, 40), mode=mode))

    assert len(opened(pdf.bytes()).pages[0].images) == 1


def test_picture_is_upright_as_its_camera_meant_it():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    pdf = document()
    pdf.image(picture((400, 100), "JPEG", exif=exif))

    left, top, right, bottom = ink(pictures(pdf.bytes())[0].crop((0, 0, 827, 800)))

    assert bottom - top > right - left


def test_what_is_no_picture_is_refused():
    with pytest.raises(UnidentifiedImageError):
        document().image(b"GIF?")


@pytest.mark.parametrize("text", ["https://example.go.th/th/verify/3f2a9b/", "ประกาศ", "x" * 500])
def test_qr_code_can_be_read(text: str):
    pdf = document()
    pdf.qr(text, "ตรวจสอบเอกสาร")

    page = pictures(pdf.bytes(), dpi=150)[0]

    assert [code.text for code in zxingcpp.read_barcodes(page)] == [text]


def test_too_much_for_a_qr_code_is_refused():
    with pytest.raises(ValueError):
        document().qr("x" * 5000)


def test_long_caption_of_a_qr_code_moves_it_to_the_next_page():
    pdf = document()
    pdf.paragraph("คำ\n" * 33)
    pdf.qr("https://example.go.th/", "บรรทัด\n" * 8)

    first, second = page_texts(pdf.bytes())
    assert "บรรทัด" not in first
    assert second.count("บรรทัด") == 8


def test_open_places_have_slots_for_day_month_and_year():
    pdf = document()
    pdf.signature_blocks([("ผู้รายงาน", "", "", "")])

    text = " ".join(with_pypdf(pdf.bytes()).split())
    assert text.index("วันที่") < text.index("เดือน")


def test_signature_block_tells_how_and_in_which_capacity_somebody_signed():
    pdf = document()
    pdf.signature_blocks(
        [("ผู้อนุมัติ", "นายสมชาย", "หัวหน้า", "วันนี้", "ลงนามในระบบ", "รักษาราชการแทน ปลัด อบต.")]
    )

    text = with_pypdf(pdf.bytes())
    assert "ลงนามในระบบ" in text
    assert "รักษาราชการแทน ปลัด อบต." in text


def test_signature_blocks_name_their_signers():
    pdf = document(official_digits=True)
    pdf.signature_blocks(
        [("ผู้อนุมัติ", "นายสมชาย ใจดี", "ปลัด", datetime.date(2026, 8, 17)), ("ผู้รายงาน", "", "", "")]
    )

    text = with_pypdf(pdf.bytes())

    for part in ("ผู้อนุมัติ", "(นายสมชาย ใจดี)", "ปลัด", "๑๗ สิงหาคม ๒๕๖๙", "ผู้รายงาน"):
        assert part in text


def test_signature_block_is_not_torn_apart():
    pdf = document()
    pdf.paragraph("คำ\n" * 36)
    pdf.signature_blocks([("ผู้อนุมัติ", "นายสมชาย", "ปลัด", "วันนี้")])

    first, second = page_texts(pdf.bytes())

    assert "ผู้อนุมัติ" not in first
    assert "วันนี้" in second


def test_landscape_is_wider_than_high():
    box = opened(document(landscape=True).bytes()).pages[0].mediabox

    assert box.width > box.height
