"""Bodies, images, documents and rich text as front ends get them."""

import json
import uuid
from contextlib import closing

from tests.api.ask import ask
from tests.office import Office, document, image

BODY = """query ($path: String!) { page(path: $path, locale: TH) { ... on NewsPage {
  leadImage { alt width height url srcset jpeg: srcset(format: JPEG) sources { contentType width } }
  attachments { ... on DocumentBlock { document { title url filename size sha256 } } }
  body { __typename
    ... on HeadingBlock { heading }
    ... on RichTextBlock { richText { html json text } }
    ... on TableBlock { caption table { columns rows } }
    ... on VideoBlock { provider embedUrl }
  } } } }"""


def block(kind, value):
    return {"id": str(uuid.uuid4()), "type": kind, "value": value}


def body_of(office: Office, *blocks, **fields) -> dict:
    page = office.draft(slug="content", **fields)
    office.edit(page, body=json.dumps(blocks))
    office.show(page)
    return ask(BODY, path="/news/content/")["page"]


def test_lead_image_comes_in_widths_and_formats(open_office):
    found = body_of(open_office, lead_image=image(size=(900, 600)), lead_image_alt="ท้องนา")

    lead = found["leadImage"]
    assert (lead["alt"], lead["width"], lead["height"]) == ("ท้องนา", 900, 600)
    assert [part.split()[1] for part in lead["srcset"].split(", ")] == ["400w", "800w", "900w"]
    assert {source["contentType"] for source in lead["sources"]} == {"image/webp", "image/jpeg"}


def test_files_of_an_image_are_served(open_office, client):
    lead = body_of(open_office, lead_image=image())["leadImage"]
    webp = lead["srcset"].split()[0]

    with closing(client.get(webp)) as response:
        assert (response.status_code, response["Content-Type"]) == (200, "image/webp")


def test_attachment_names_its_file(open_office, client):
    attachment = json.dumps([block("document", document(b"%PDF-1.4 x", "plan.pdf").pk)])
    found = body_of(open_office, attachments=attachment)["attachments"][0]["document"]

    assert found["filename"].endswith(".pdf")
    with closing(client.get(found["url"])) as response:
        assert b"".join(response.streaming_content) == b"%PDF-1.4 x"


def test_link_to_a_page_leads_to_where_it_stands(open_office):
    target = open_office.show(open_office.draft(slug="target"))
    html = f'<p>ดู <a linktype="page" id="{target.pk}">ข่าว</a></p>'
    body_of(open_office, block("rich_text", html))
    open_office.show(open_office.edit(target, slug="moved"))

    found = ask(BODY, path="/news/content/")["page"]["body"][0]["richText"]
    assert found["html"] == '<p>ดู <a href="/th/news/moved/">ข่าว</a></p>'


def test_link_to_a_draft_is_only_words(open_office):
    target = open_office.draft(slug="target")
    html = f'<p><a linktype="page" id="{target.pk}">ข่าว</a></p>'

    found = body_of(open_office, block("rich_text", html))["body"][0]["richText"]
    assert found["html"] == "<p>ข่าว</p>"


def test_rich_text_comes_as_a_tree(open_office):
    found = body_of(open_office, block("rich_text", "<p>หนึ่ง <b>สอง</b></p>"))

    assert found["body"][0]["richText"]["json"] == [
        {"tag": "p", "children": ["หนึ่ง ", {"tag": "b", "children": ["สอง"]}]}
    ]
    assert found["body"][0]["richText"]["text"] == "หนึ่ง สอง"


def test_scripts_do_not_survive(open_office):
    html = '<p onclick="x()">ก<script>alert(1)</script><a href="javascript:x()">ข</a></p>'

    found = body_of(open_office, block("rich_text", html))["body"][0]["richText"]["html"]
    assert found == "<p>ก<a>ข</a></p>" or ("script" not in found and "onclick" not in found)


def test_table_comes_in_columns_and_rows(open_office):
    table = {
        "columns": [{"type": "text", "heading": "รายการ"}],
        "rows": [{"values": ["ถนน"]}],
        "caption": "",
    }
    value = {"caption": "งบประมาณ", "table": table}

    found = body_of(open_office, block("table", value))["body"][0]
    assert found["caption"] == "งบประมาณ"
    assert found["table"] == {"columns": ["รายการ"], "rows": [["ถนน"]]}


def test_video_names_its_site_before_it_is_loaded(open_office):
    value = {"url": "https://www.youtube.com/watch?v=aqz-KE-bpKQ", "title": "ตัวอย่าง"}

    found = body_of(open_office, block("video", value))["body"][0]
    assert found["provider"] == "YouTube"
    assert found["embedUrl"].startswith("https://www.youtube-nocookie.com/")
