"""Drafts as the public would see them, in Wagtail's preview."""

import json

import pytest
from bs4 import BeautifulSoup

from tests.admin import browser, edit_url, filled_in
from tests.office import Office, image
from tests.website.reading import block, forget, published, read, thai, words


def preview(instance):
    """The answer of Wagtail's preview of what stands in memory."""
    response = instance.make_preview_request()
    assert response.status_code == 200
    return response


def page_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_draft_that_was_never_public(open_office: Office):
    page = page_of(preview(open_office.draft(title="ร่างใหม่")))

    assert words(page.h1) == "ร่างใหม่"
    assert thai("Draft, not published") in words(page.select_one(".banner-draft"))


def test_unsaved_change_of_a_public_page(open_office: Office):
    draft = published(open_office, title="เดิม", slug="item")
    draft.title = "ยังไม่บันทึก"

    assert words(page_of(preview(draft)).h1) == "ยังไม่บันทึก"
    assert words(read("/th/news/item/").h1) == "เดิม"


def test_images_of_a_draft_are_its_private_ones(open_office: Office):
    body = json.dumps(
        [block("image", {"image": {"image": image().pk, "alt_text": "ก", "decorative": False}})]
    )
    draft = open_office.edit(open_office.draft(), body=body).get_latest_revision_as_object()

    assert page_of(preview(draft)).select_one(".body img")["src"].startswith("/admin/media/")


def test_english_draft_is_in_english(open_office: Office):
    page = page_of(preview(open_office.english_news))

    assert page.html["lang"] == "en"
    assert "Draft, not published" in words(page.select_one(".banner-draft"))


@pytest.mark.parametrize("slug", ["home", "news"])
def test_front_page_and_sections(open_office: Office, slug: str):
    draft = getattr(open_office, slug)

    assert words(page_of(preview(draft)).h1) == draft.title


def test_section_shows_its_own_sections(open_office: Office):
    laws = open_office.show(open_office.section(open_office.home, title="กฎหมาย", slug="laws"))
    open_office.show(open_office.section(laws, title="ระเบียบ", slug="rules"))

    links = page_of(preview(laws)).select(".section-grid a")
    assert [link["href"] for link in links] == ["/th/laws/rules/"]


def test_snippet_lists_its_fields(open_office: Office):
    division = open_office.department(title="กองช่าง", duties="ดูแล <ถนน>", telephone="02")

    page = page_of(preview(division))
    assert words(page.h1) == "กองช่าง"
    assert "ดูแล <ถนน>" in words(page.dl)
    assert page.select_one(".banner-draft")


def test_missing_file_is_told(open_office: Office):
    picture = image()
    draft = open_office.draft(lead_image=picture)
    forget(picture.file)

    page = page_of(preview(draft.get_latest_revision_as_object()))
    assert words(page.h1) == thai("A file is missing")


def test_no_cache_keeps_a_draft(open_office: Office):
    response = preview(open_office.draft())

    assert "no-store" in response["Cache-Control"]


def test_search_engines_are_told_to_stay_away(open_office: Office):
    page = page_of(preview(open_office.draft()))

    assert page.select_one("meta[name=robots]")["content"] == "noindex"


def test_editor_previews_what_is_in_the_form(open_office: Office):
    draft = open_office.draft(title="บันทึกแล้ว")
    editor = browser(open_office.reporter)
    url = f"{edit_url(draft)}preview/"

    form = filled_in(editor, edit_url(draft), title="กำลังพิมพ์")
    assert editor.post(url, form).json()["is_valid"]
    assert words(page_of(editor.get(url)).h1) == "กำลังพิมพ์"
