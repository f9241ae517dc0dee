"""One template for each kind of block."""

import json

from tests.office import Office, document, image
from tests.website.reading import block, published, read, words


def body(office: Office, *blocks):
    published(office, *blocks, slug="blocks")
    return read("/th/news/blocks/").select_one(".body")


def pictured(**more):
    return {"image": image().pk, "alt_text": "ท้องนา", "decorative": False, **more}


def test_heading_is_second_level(open_office: Office):
    assert words(body(open_office, block("heading", "หัวข้อ")).h2) == "หัวข้อ"


def test_long_page_lists_its_headings(open_office: Office):
    published(open_office, *[block("heading", f"หัวข้อ {n}") for n in range(3)], slug="long")

    page = read("/th/news/long/")
    targets = [link["href"] for link in page.select(".contents a")]
    assert targets == [f"#{heading['id']}" for heading in page.select(".body h2")]


def test_short_page_has_no_list_of_headings(open_office: Office):
    published(open_office, block("heading", "หัวข้อ"), slug="short")

    assert not read("/th/news/short/").select_one(".contents")


def test_rich_text_keeps_its_markup(open_office: Office):
    found = body(open_office, block("rich_text", "<h3>ย่อย</h3><p>คำ <b>หนา</b></p>"))

    assert (words(found.h3), words(found.b)) == ("ย่อย", "หนา")


def test_rich_text_carries_no_script(open_office: Office):
    sly = '<p onclick="x()">คำ<script>x()</script><a href="javascript:x()">ลิงก์</a></p>'
    found = body(open_office, block("rich_text", sly))

    assert not found.select("script, [onclick], [href]")


def test_image_comes_in_widths_and_formats(open_office: Office):
    value = {"image": pictured(), "caption": "นาข้าว"}
    picture = body(open_office, block("image", value)).figure

    assert picture.source["type"] == "image/webp"
    assert "400w" in picture.img["srcset"]
    assert (picture.img["width"], picture.img["height"]) == ("900", "600")
    assert picture.img["alt"] == "ท้องนา"
    assert words(picture.figcaption) == "นาข้าว"


def test_decorative_image_has_an_empty_alternative(open_office: Office):
    value = {"image": {**pictured(), "decorative": True}, "caption": ""}

    assert body(open_office, block("image", value)).img["alt"] == ""


def test_gallery_shows_every_image(open_office: Office):
    items = [block("item", {"image": pictured(), "caption": caption}) for caption in ("หนึ่ง", "สอง")]
    found = body(open_office, block("gallery", {"images": items}))

    assert [words(caption) for caption in found.select("figcaption")] == ["หนึ่ง", "สอง"]


def test_table_scrolls_in_its_own_named_region(open_office: Office):
    table = {
        "columns": [{"type": "text", "heading": "งวด"}, {"type": "text", "heading": "บาท"}],
        "rows": [{"values": ["หนึ่ง", "1,200"]}, {"values": ["สอง", "98.50"]}],
        "caption": "",
    }
    region = body(open_office, block("table", {"caption": "งบประมาณ", "table": table})).select_one(
        ".table-scroll"
    )

    assert region["tabindex"] == "0"
    assert region["aria-labelledby"] == region.caption["id"]
    assert [words(heading) for heading in region.select("th[scope=col]")] == ["งวด", "บาท"]
    assert [words(cell) for cell in region.select("td.number")] == ["1,200", "98.50"]


def test_documents_show_type_and_size(open_office: Office):
    pdf = document(b"%PDF" + b" " * 3000, "plan.pdf")
    value = {"title": "แผน", "documents": [block("item", pdf.pk)]}
    found = body(open_office, block("document_list", value))

    assert words(found.select_one(".file-title")) == pdf.title
    assert words(found.select_one(".file-kind")).startswith("PDF, 2.9")


def test_attachments_are_listed(open_office: Office):
    attachments = json.dumps([block("document", document(name="form.pdf").pk)])
    published(open_office, slug="form", attachments=attachments)

    assert read("/th/news/form/").select_one(".attachments .file")["href"].endswith(".pdf")


def test_quote_names_who_said_it(open_office: Office):
    value = {"quotation": "ดีมาก", "attribution": "ผู้ใหญ่บ้าน"}
    quote = body(open_office, block("quote", value)).select_one(".quote")

    assert (words(quote.blockquote), words(quote.figcaption)) == ("ดีมาก", "ผู้ใหญ่บ้าน")


def test_video_loads_nothing_from_elsewhere(open_office: Office):
    value = {"url": "https://www.youtube.com/watch?v=aqz-KE-bpKQ", "title": "วีดิทัศน์"}
    video = body(open_office, block("video", value)).select_one(".video")

    assert not video.select("iframe, img, script")
    assert video.button.has_attr("hidden")  # a script shows it; without one there is the link
    assert video.a["href"] == value["url"]
    assert video["data-player"].startswith("https://www.youtube-nocookie.com/embed/")


def test_warning_is_told_in_words(open_office: Office):
    value = {"tone": "warning", "title": "ระวัง", "message": "<p>น้ำสูง</p>"}
    notice = body(open_office, block("call_out", value)).select_one(".call-out-warning")

    assert notice.select_one(".visually-hidden")
    assert "น้ำสูง" in words(notice)
