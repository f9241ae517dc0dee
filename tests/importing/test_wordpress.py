"""WordPress exports become drafts: text made clean, files listed, nothing of theirs fetched."""

import datetime

import pytest

from cms.importing.bodies import body_of
from cms.importing.models import ImportRun
from pages.models import NewsPage, SectionPage
from tests.importing.uploads import checked, drafts, imported, noted
from tests.office import Office

OLD = "https://old.example.go.th"
NEWS_BODY = """<!-- wp:heading --><h2>โครงการ</h2><!-- /wp:heading -->
<!-- wp:paragraph --><p onclick="x()">ฉีดวัคซีน <strong>ฟรี</strong>
<a href="/uploads/a.pdf">ใบสมัคร</a></p><!-- /wp:paragraph -->
<script>alert(1)</script><img src="/uploads/dog.jpg">[gallery ids="1,2"]"""


def entry(number: int, **values: str) -> str:
    """One post, page or attachment of an export."""
    fields = {
        "post_type": "post",
        "status": "publish",
        "title": "ข่าวจากเว็บเดิม",
        "content": "<p>เนื้อหา</p>",
        "category": "",
        "more": "",
        **values,
    }
    return """<item><title><![CDATA[{title}]]></title><link>{old}/?p={number}</link>
<content:encoded><![CDATA[{content}]]></content:encoded>
<excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>2019-11-24 09:30:00</wp:post_date>
<wp:status>{status}</wp:status><wp:post_type>{post_type}</wp:post_type>{category}{more}</item>
""".format(number=number, old=OLD, **fields)


def wxr(*entries: str, prolog: str = "") -> bytes:
    """An export."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>{prolog}
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>เว็บเดิม</title>
<link>{OLD}</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>{OLD}</wp:base_blog_url>{"".join(entries)}</channel></rss>""".encode()


def test_post_becomes_a_draft_with_clean_blocks(open_office: Office):
    content = wxr(entry(7, content=NEWS_BODY))

    run = imported(open_office.reporter, content, "export.xml", section=open_office.news)

    (page,) = drafts(run)
    assert isinstance(page, NewsPage)
    assert page.posted_on == datetime.date(2019, 11, 24)
    heading, text = page.body
    assert heading.value == "โครงการ"
    assert str(text.value) == "<p>ฉีดวัคซีน <b>ฟรี</b>\nใบสมัคร</p>"
    assert all(block.id for block in page.body)
    assert noted(run) == [(1, "redirect_by_hand"), (1, "files"), (1, "shortcodes")]
    files, shortcodes = run.listed_notes[1:]
    assert files.params["files"] == [f"{OLD}/uploads/a.pdf", f"{OLD}/uploads/dog.jpg"]
    assert shortcodes.params["names"] == ["gallery"]


def test_page_becomes_a_section_and_a_category_names_where_it_stands(open_office: Office):
    activities = open_office.section(open_office.home, title="กิจกรรม", slug="activities")
    category = '<category domain="category" nicename="activities"><![CDATA[งาน]]></category>'
    content = wxr(entry(1, post_type="page"), entry(2, category=category))

    run = imported(open_office.reporter, content, "export.xml", section=open_office.news)

    page, post = drafts(run)
    assert isinstance(page, SectionPage)
    assert page.get_parent().pk == open_office.news.pk
    assert post.get_parent().pk == activities.pk


def test_files_attached_to_an_entry_are_listed_with_it(open_office: Office):
    attached = (
        f"<wp:post_parent>1</wp:post_parent><wp:attachment_url>{OLD}/x.pdf</wp:attachment_url>"
    )
    content = wxr(entry(1), entry(2, post_type="attachment", status="inherit", more=attached))

    run = checked(open_office.reporter, content, "export.xml", section=open_office.news)

    assert run.counts["rows"] == 1
    assert [one.params["files"] for one in run.listed_notes if one.code == "files"] == [
        [f"{OLD}/x.pdf"]
    ]


def test_what_was_not_public_there_is_left_out(open_office: Office):
    secret = "<wp:post_password>x</wp:post_password>"
    content = wxr(entry(1), entry(2, status="draft"), entry(3, more=secret))

    run = imported(open_office.reporter, content, "export.xml", section=open_office.news)

    assert (run.counts["new"], run.counts["left_out"]) == (1, 2)
    assert {(2, "not_published"), (3, "protected")} <= set(noted(run))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (wxr(entry(1), prolog='<!DOCTYPE rss [<!ENTITY a "aaaa">]>'), "xml_entities"),
        (
            wxr(entry(1), prolog='<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
            "xml_entities",
        ),
        (wxr(entry(1))[:-30], "broken_xml"),
        (b'<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>', "not_wordpress"),
    ],
)
def test_xml_that_is_no_sound_export_is_refused(open_office: Office, content: bytes, code: str):
    run = checked(open_office.reporter, content, "export.xml", section=open_office.news)

    assert run.state == ImportRun.State.REFUSED
    assert [problem.code for problem in run.listed_problems] == [code]


def test_old_text_without_paragraphs_gets_them_from_its_empty_lines():
    (block,) = body_of("หนึ่ง <b>สอง</b>\nสาม\n\nสี่").blocks

    assert block["value"] == "<p>หนึ่ง <b>สอง</b><br/>สาม</p><p>สี่</p>"


def test_table_becomes_a_table_and_loose_words_stay_in_order():
    html = "ก่อน<table><tr><th>ปี</th><th>บาท</th></tr><tr><td>2566</td></tr></table><div>หลัง</div>"

    before, table, after = body_of(html).blocks

    assert (before["value"], after["value"]) == ("<p>ก่อน</p>", "<p>หลัง</p>")
    assert table["value"]["table"]["columns"][1] == {"type": "text", "heading": "บาท"}
    assert table["value"]["table"]["rows"] == [{"values": ["2566", ""]}]


def test_scripts_frames_and_dangerous_links_do_not_come_along():
    html = """<p>ก<iframe src="https://video.example/1"></iframe><a href="javascript:x()">ข</a>
<svg onload="x()"></svg><style>p{}</style></p>"""

    body = body_of(html)

    assert body.files == ["https://video.example/1"]
    assert "".join(block["value"] for block in body.blocks).strip() == "<p>กข\n</p>"


def test_words_in_square_brackets_are_no_shortcodes_unless_they_look_so():
    body = body_of("<p>[1] [ก] [caption id=1]ภาพ[/caption]</p>")

    assert body.shortcodes == ["caption"]
    assert body.blocks[0]["value"] == "<p>[1] [ก] ภาพ</p>"


def test_tags_within_tags_without_end_keep_only_their_words():
    (block,) = body_of("<b>" * 5_000 + "คำ").blocks

    assert block["value"].split() == ["<p>", "คำ", "</p>"]
