"""The same draft gives the same bytes; a visible change gives others, an invisible one does not."""

import datetime
import json
import random
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from wagtail.models import Revision

from cms.snapshot.fields import MissingFile
from cms.snapshot.snapshot import canonical_json, latest_snapshot, sha256
from pages.models import DisclosureItem, NewsPage
from tests.office import Office, png
from tests.snapshot.drafts import (
    BLOCK_TYPES,
    MOMENT,
    PUBLIC_CHANGES,
    RECORD_CHANGES,
    STREAMS,
    TEXT,
    THAI,
    Media,
    block_versions,
    full_draft,
    stream,
    text_of,
)

OTHER_CHANGES = {
    "title": "อื่น",
    "slug": "other",
    "show_in_menus": True,
    "go_live_at": MOMENT,
    "expire_at": MOMENT,
    "is_sensitive": True,
    "benefits": "ประโยชน์",
    "harms": "ผลกระทบ",
    "after_effects": "ผลหลังเผยแพร่",
}
HIDDEN_CHANGES = {
    "review_due": datetime.date(2030, 8, 17),
    "locked": True,
    "draft_title": "อื่น",
    "last_published_at": MOMENT,
    "first_published_at": MOMENT,
    "search_description": "อื่น",
    "seo_title": "อื่น",
}


@pytest.fixture
def media(db) -> Media:
    """Two images and two documents."""
    return Media()


@pytest.fixture
def page(open_office: Office, media: Media) -> NewsPage:
    """A draft in which everything is filled in."""
    return full_draft(open_office, media)


def reordered(value: Any, dice: random.Random) -> Any:
    """The same JSON value with the keys of every object in another order."""
    if isinstance(value, dict):
        names = dice.sample(sorted(value), len(value))
        return {name: reordered(value[name], dice) for name in names}
    return [reordered(item, dice) for item in value] if isinstance(value, list) else value


def test_same_draft_gives_the_same_bytes_twice(page: NewsPage):
    assert latest_snapshot(page).text == latest_snapshot(page).text


def test_same_draft_gives_the_same_bytes_after_a_reload(page: NewsPage):
    before = latest_snapshot(page).text

    assert latest_snapshot(NewsPage.objects.get(pk=page.pk)).text == before


def test_same_draft_saved_again_gives_the_same_bytes(page: NewsPage):
    before = latest_snapshot(page).text

    assert text_of(page) == before


@given(title=TEXT, summary=TEXT, heading=TEXT)
def test_any_text_gives_the_same_bytes_twice(
    page: NewsPage, title: str, summary: str, heading: str
):
    words = {"title": title, "summary": summary, "body": stream(("heading", heading))}

    assert text_of(page, **words) == text_of(page, **words)


@given(dice=st.randoms(), indent=st.sampled_from([None, 0, 2]), ascii_only=st.booleans())
def test_order_of_stored_keys_does_not_matter(
    page: NewsPage, dice: random.Random, indent: int | None, ascii_only: bool
):
    revision, before = page.get_latest_revision(), latest_snapshot(page).text
    content = reordered(revision.content, dice)
    for name in STREAMS:
        blocks = reordered(json.loads(content[name]), dice)
        content[name] = json.dumps(blocks, indent=indent, ensure_ascii=ascii_only)

    Revision.objects.filter(pk=revision.pk).update(content=content)

    assert latest_snapshot(NewsPage.objects.get(pk=page.pk)).text == before


def test_content_hash_is_that_of_the_text(page: NewsPage):
    snapshot = latest_snapshot(page)

    assert snapshot.content_hash == sha256(snapshot.text)
    assert canonical_json(json.loads(snapshot.text)) == snapshot.text


def test_every_public_field_is_tried_here():
    assert set(NewsPage.public_fields) == {*PUBLIC_CHANGES, *RECORD_CHANGES}


@pytest.mark.parametrize("name", [*PUBLIC_CHANGES, *OTHER_CHANGES])
def test_visible_change_gives_other_bytes(page: NewsPage, name: str):
    before = latest_snapshot(page).text

    assert text_of(page, **{name: {**PUBLIC_CHANGES, **OTHER_CHANGES}[name]}) != before


def test_another_department_gives_other_bytes(open_office: Office, page: NewsPage):
    before = text_of(page, department=open_office.department(title="กองคลัง"))

    assert text_of(page, department=open_office.department(title="กองช่าง")) != before


def test_another_disclosure_item_gives_other_bytes(open_office: Office, page: NewsPage):
    item = DisclosureItem.objects.create(title="ก", code="1.1", locale=open_office.thai)
    before = latest_snapshot(page).text

    assert text_of(page, disclosure_item=item) != before


def test_another_related_page_gives_other_bytes(open_office: Office, page: NewsPage):
    before = text_of(page, related_pages=stream(("related_page", open_office.home.pk)))

    assert text_of(page, related_pages=stream(("related_page", open_office.news.pk))) != before


@given(first=TEXT, second=TEXT)
def test_any_two_texts_that_differ_give_other_bytes(page: NewsPage, first: str, second: str):
    assume(unicodedata.normalize("NFC", first) != unicodedata.normalize("NFC", second))

    assert text_of(page, summary=first) != text_of(page, summary=second)


@pytest.mark.parametrize("block_type", BLOCK_TYPES)
def test_changed_block_gives_other_bytes(page: NewsPage, media: Media, block_type: str):
    values = block_versions(media)[block_type]

    texts = [text_of(page, body=stream((block_type, value))) for value in values]

    assert len(set(texts)) == len(values) > 1


def test_order_of_blocks_gives_other_bytes(page: NewsPage):
    first, second = ("heading", "ก"), ("quote", {"quotation": "ข", "attribution": ""})

    assert text_of(page, body=stream(first, second)) != text_of(page, body=stream(second, first))


def test_another_parent_gives_other_bytes(open_office: Office, page: NewsPage):
    before = latest_snapshot(page).text

    page.move(open_office.section(open_office.home, title="อื่น", slug="other"), pos="last-child")

    assert latest_snapshot(NewsPage.objects.get(pk=page.pk)).text != before


def test_replaced_image_gives_other_bytes(page: NewsPage, media: Media):
    before = latest_snapshot(page).text

    Path(media.picture.file.path).write_bytes(png("gold"))

    assert latest_snapshot(page).text != before


@pytest.mark.parametrize(
    "changes",
    [
        {"focal_point_x": 10, "focal_point_y": 10, "focal_point_width": 5, "focal_point_height": 5},
        {"credit": "อื่น"},
    ],
)
def test_changed_image_record_gives_other_bytes(page: NewsPage, media: Media, changes: dict):
    before = latest_snapshot(page).text

    type(media.picture).objects.filter(pk=media.picture.pk).update(**changes)

    assert latest_snapshot(page).text != before


def test_replaced_document_gives_other_bytes(page: NewsPage, media: Media):
    before = latest_snapshot(page).text

    Path(media.paper.file.path).write_bytes(b"replaced")

    assert latest_snapshot(page).text != before


def test_another_document_title_gives_other_bytes(page: NewsPage, media: Media):
    before = latest_snapshot(page).text

    type(media.paper).objects.filter(pk=media.paper.pk).update(title="อื่น")

    assert latest_snapshot(page).text != before


def test_lost_file_has_no_snapshot(page: NewsPage, media: Media):
    Path(media.picture.file.path).unlink()

    with pytest.raises(MissingFile):
        latest_snapshot(page)


@pytest.mark.parametrize("name", HIDDEN_CHANGES)
def test_invisible_change_gives_the_same_bytes(page: NewsPage, name: str):
    before = latest_snapshot(page).text

    assert text_of(page, **{name: HIDDEN_CHANGES[name]}) == before


def test_another_owner_gives_the_same_bytes(open_office: Office, page: NewsPage):
    before = latest_snapshot(page).text

    assert text_of(page, owner=open_office.translator.user) == before


def test_another_image_title_gives_the_same_bytes(page: NewsPage, media: Media):
    before = latest_snapshot(page).text

    type(media.picture).objects.filter(pk=media.picture.pk).update(title="อื่น")

    assert latest_snapshot(page).text == before


def test_row_apart_from_the_draft_gives_the_same_bytes(page: NewsPage):
    before = latest_snapshot(page).text

    NewsPage.objects.filter(pk=page.pk).update(title="อื่น", summary="อื่น", live=True)

    assert latest_snapshot(NewsPage.objects.get(pk=page.pk)).text == before


def test_assessment_stays_private(page: NewsPage):
    text = text_of(page, is_urgent=True, benefits="ประโยชน์", harms="ผลเสีย", after_effects="ผล")

    assert "ประโยชน์" not in text
    assert "ผลเสีย" not in text


def test_words_do_not_move_between_the_parts_of_the_assessment(page: NewsPage):
    assert text_of(page, benefits="ก", harms="ข") != text_of(page, benefits="ก ข", harms="")


@given(title=TEXT, summary=TEXT)
def test_text_is_in_nfc(page: NewsPage, title: str, summary: str):
    data = json.loads(text_of(page, title=title, summary=summary))

    assert data["title"] == unicodedata.normalize("NFC", title)
    assert data["fields"]["summary"] == unicodedata.normalize("NFC", summary)


def test_two_spellings_of_one_text_give_the_same_bytes(page: NewsPage):
    assert text_of(page, title="ที่\u0e48\u0e38 cafe\u0301") == text_of(
        page, title="ที่\u0e38\u0e48 caf\u00e9"
    )


@given(words=THAI)
def test_thai_stays_as_it_is(page: NewsPage, words: str):
    text = text_of(page, summary=words)

    assert sorted(json.loads(text)["fields"]["summary"]) == sorted(words)
    assert "\\u0e" not in text.lower()


def test_sara_am_stays_one_letter(page: NewsPage):
    data = json.loads(text_of(page, title="ทำงานประจำตำบลน้ำ"))

    assert data["title"] == "ทำงานประจำตำบลน้ำ"


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(value=JSON_VALUES, dice=st.randoms())
def test_one_value_has_one_canonical_json(value: Any, dice: random.Random):
    text = canonical_json(value)

    assert canonical_json(reordered(value, dice)) == text
    assert json.loads(text) == value
