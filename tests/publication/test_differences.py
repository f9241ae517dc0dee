"""What differs between two snapshots, part by part."""

import datetime
import json
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.publication.differences import Kind, differences
from cms.snapshot.snapshot import latest_snapshot
from pages.models import NewsPage
from tests.office import Office, document
from tests.snapshot.drafts import (
    BLOCK_TYPES,
    MOMENT,
    PUBLIC_CHANGES,
    TEXT,
    Media,
    block_versions,
    full_draft,
    stream,
)
from tests.website.reading import block

NOT_PUBLIC = {
    "slug": "other",
    "show_in_menus": True,
    "go_live_at": MOMENT,
    "expire_at": MOMENT,
    "is_sensitive": True,
    "benefits": "ประโยชน์",
}


def data_of(page: NewsPage, **changes: Any) -> dict[str, Any]:
    """The snapshot of a further draft in which `changes` were made."""
    draft = NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision(clean=False)
    return latest_snapshot(NewsPage.objects.get(pk=page.pk)).data


@pytest.fixture
def media(db) -> Media:
    """Two images and two documents."""
    return Media()


@pytest.fixture
def page(open_office: Office, media: Media) -> NewsPage:
    """A draft in which everything is filled in."""
    return full_draft(open_office, media)


def test_equal_snapshots_have_no_differences(page: NewsPage):
    data = latest_snapshot(page).data

    assert differences(data, json.loads(json.dumps(data))) == []


@pytest.mark.parametrize("name", PUBLIC_CHANGES)
def test_every_changed_public_field_is_reported_under_its_name(page: NewsPage, name: str):
    old = latest_snapshot(page).data
    found = differences(old, data_of(page, **{name: PUBLIC_CHANGES[name]}), public_only=True)

    assert {difference.path.split(".")[1] for difference in found} == {name}


@pytest.mark.parametrize("name", NOT_PUBLIC)
def test_what_is_signed_and_not_public_is_told_to_signers_alone(page: NewsPage, name: str):
    old = latest_snapshot(page).data
    new = data_of(page, **{name: NOT_PUBLIC[name]})

    assert differences(old, new)
    assert differences(old, new, public_only=True) == []


@pytest.mark.parametrize("kind", BLOCK_TYPES)
def test_every_change_within_a_block_is_reported(page: NewsPage, media: Media, kind: str):
    first, *others = block_versions(media)[kind]
    old = data_of(page, body=stream((kind, first)))

    for other in others:
        found = differences(old, data_of(page, body=stream((kind, other))))
        assert found
        assert {difference.path.split(".")[1] for difference in found} == {"body"}


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.permutations("abcdef"), TEXT)
@settings(
    max_examples=20,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_two_orders_of_blocks_differ_unless_they_are_the_same(
    page: NewsPage, few: list[str], all_keys: list[str], text: str
):
    def body(keys: list[str]) -> list[dict]:
        return [{"type": "heading", "id": key, "value": f"{key}{text}"} for key in keys]

    data = latest_snapshot(page).data
    versions = [
        {**data, "fields": {**data["fields"], "body": body(keys)}} for keys in (few, all_keys)
    ]

    found = differences(*versions)
    assert bool(found) == (list(few) != list(all_keys))
    kinds = [difference.kind for difference in found]
    assert kinds.count(Kind.ADDED) == 6 - len(few)
    assert kinds.count(Kind.MOVED) < max(len(few), 1)


def test_words_within_a_paragraph_are_marked(page: NewsPage):
    first = block("rich_text", "<p>เปิดวันจันทร์ ที่ <b>สำนักปลัด</b></p>")
    second = {**first, "value": "<p>เปิดวันอังคาร ที่ <b>สำนักปลัด</b></p>"}
    old, new = (data_of(page, body=json.dumps([value])) for value in (first, second))

    [found] = differences(old, new)
    assert (found.old, found.new) == ("เปิดวันจันทร์ ที่ สำนักปลัด", "เปิดวันอังคาร ที่ สำนักปลัด")
    assert found.kind == Kind.CHANGED


def test_formatting_alone_is_reported_with_a_note(page: NewsPage):
    first = block("rich_text", "<p>ความ</p>")
    old, new = (
        data_of(page, body=json.dumps([{**first, "value": value}]))
        for value in ("<p>ความ</p>", "<p><b>ความ</b></p>")
    )

    [found] = differences(old, new)
    assert found.note
    assert found.old == found.new == "ความ"


def test_another_target_of_a_link_is_readable(page: NewsPage):
    first = block("rich_text", "")
    old, new = (
        data_of(page, body=json.dumps([{**first, "value": f'<p><a href="{url}">ดู</a></p>'}]))
        for url in ("https://a.example/", "https://b.example/")
    )

    [found] = differences(old, new)
    assert "https://a.example/" in found.old
    assert "https://b.example/" in found.new


def test_replaced_file_is_told_by_name_size_and_hash(page: NewsPage):
    old = latest_snapshot(page).data
    longer = document(b"a longer file", name="longer.pdf")
    values = json.loads(stream(("document", longer.pk)))

    found = differences(old, data_of(page, attachments=json.dumps(values)))
    [file] = [difference for difference in found if difference.path.endswith(".file")]
    assert "longer.pdf" in file.new
    assert "SHA-256" in file.new
    assert "longer.pdf" not in file.old


def test_dates_are_of_the_buddhist_era_in_thai(page: NewsPage):
    old = latest_snapshot(page).data
    new = data_of(page, posted_on=datetime.date(2027, 2, 28))

    with override("th"):
        assert [difference.new for difference in differences(old, new)] == ["28 กุมภาพันธ์ 2570"]
    with override("en"):
        assert [difference.new for difference in differences(old, new)] == ["28 February 2027"]


def test_records_are_told_by_title(open_office: Office, page: NewsPage):
    division = open_office.show(open_office.department(title="กองช่าง"))
    old = latest_snapshot(page).data

    [found] = differences(old, data_of(page, department=division))
    assert found.new == "กองช่าง"


def test_titles_of_drafts_are_kept_from_the_public(open_office: Office, page: NewsPage):
    division = open_office.department(title="กองลับ")
    old = latest_snapshot(page).data
    new = data_of(page, department=division)

    assert [difference.new for difference in differences(old, new)] == ["กองลับ"]
    [public] = differences(old, new, public_only=True)
    assert "กองลับ" not in public.new


def test_labels_are_those_of_the_editors(page: NewsPage):
    old = latest_snapshot(page).data
    new = data_of(page, summary="อื่น")

    with override("en"):
        assert [difference.label for difference in differences(old, new)] == ["Summary"]


def test_first_publication_is_all_added(page: NewsPage):
    found = differences(None, latest_snapshot(page).data)

    assert {difference.kind for difference in found} == {Kind.ADDED}


def test_file_of_another_name_with_the_same_bytes_is_reported(page: NewsPage):
    old = latest_snapshot(page).data
    key = next(iter(old["files"]))
    renamed = {**old["files"][key], "filename": "another.pdf"}
    new = {**old, "files": {**old["files"], key: renamed}}

    [found] = differences(old, new)
    assert "another.pdf" in found.new
