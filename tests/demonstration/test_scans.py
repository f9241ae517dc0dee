"""Documents that look scanned: every format that the announcement names, opened again."""

import io

import pytest
from PIL import Image

from cms.demonstration.scans import jpeg, tiff

ENTRY = {
    "title": {"th": "ประกาศองค์การบริหารส่วนตำบลตัวอย่าง"},
    "paragraphs_th": ["ขอเชิญประชาชนเข้าร่วมรับฟังการประชุมสภาองค์การบริหารส่วนตำบล " * 4],
}


@pytest.mark.parametrize(
    ("make", "image_format", "mode"), [(tiff, "TIFF", "1"), (jpeg, "JPEG", "L")]
)
def test_page_opens_as_what_it_says(make, image_format: str, mode: str):
    with Image.open(io.BytesIO(make(ENTRY))) as page:
        assert (page.format, page.mode) == (image_format, mode)
        assert round(page.height / page.width, 2) == 1.41


def test_text_stays_between_the_margins():
    with Image.open(io.BytesIO(jpeg(ENTRY))) as page:
        left, top, right, bottom = page.point(lambda shade: 255 * (shade < 128)).getbbox()

    assert (left, top) >= (140, 140)
    assert right <= page.width - 140
    assert bottom > 300  # several lines
