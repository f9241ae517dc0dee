"""The public page of an item's versions, and where readers find it."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from cms.publication.models import Publication
from tests.office import Office
from tests.publication.withdrawing import REASON, latest, withdraw
from tests.website.reading import block, in_english, published, read, words
from website import changes

NOTE = "แก้ไขวันสิ้นสุด"


def address(page: Any, language: str = "th") -> str:
    return f"/{language}/changes/{latest(page).address.short_id}/"


def corrected(office: Office, **fields: Any) -> Any:
    page = published(office, title="รับสมัครถึงวันศุกร์", slug="item")
    return office.show(office.edit(page, title="รับสมัครถึงวันจันทร์", **fields))


def test_page_that_was_never_corrected_has_one_version(open_office: Office):
    page = published(open_office, slug="item")

    assert len(read(address(page)).select(".versions > li")) == 1
    assert not read("/th/news/item/").select(".corrected")


def test_page_says_when_it_was_corrected_and_leads_to_what_changed(open_office: Office):
    page = corrected(open_office, correction_note=NOTE)

    found = read("/th/news/item/").select_one(".corrected")

    assert NOTE in words(found)
    assert found.a["href"] == address(page)


def test_changes_are_marked_word_by_word(open_office: Office):
    page = corrected(open_office, correction_note=NOTE)

    newest, oldest = read(address(page)).select(".versions > li")

    assert "ศุกร์" in words(newest.find("del"))
    assert "จันทร์" in words(newest.find("ins"))
    assert "รับสมัคร" not in words(newest.find("ins"))
    assert words(newest.select_one(".correction-note")) == NOTE
    assert not oldest.select("ins, del, .correction-note")


def test_marks_have_words_for_those_who_do_not_see_them(open_office: Office):
    newest = read(address(corrected(open_office))).select_one(".versions > li")

    assert newest.select("ins .visually-hidden")
    assert newest.select("del .visually-hidden")


def test_each_version_leads_to_the_page_as_it_stood(open_office: Office):
    page = corrected(open_office)
    links = read(address(page)).select(".version-links a")

    titles = [words(read(link["href"]).h1) for link in links]
    assert titles == ["รับสมัครถึงวันจันทร์", "รับสมัครถึงวันศุกร์"]


def test_what_is_not_public_is_not_told(open_office: Office):
    page = published(open_office, slug="item")
    page = open_office.edit(page, is_sensitive=True, benefits="ลับ", harms="ลับ")
    page = open_office.show(open_office.edit(page, after_effects="ลับ"))

    found = read(address(page))

    assert "ลับ" not in words(found)
    assert not found.select("ins, del")


def test_draft_is_not_told(open_office: Office):
    page = published(open_office, slug="item")
    open_office.edit(page, title="ร่างที่ไม่มีใครลงนาม")

    assert "ร่างที่ไม่มีใครลงนาม" not in words(read(address(page)))


def test_version_that_has_not_begun_is_not_told(open_office: Office):
    page = published(open_office, slug="item")
    start = timezone.now() + datetime.timedelta(hours=1)
    open_office.show(open_office.edit(page, title="พรุ่งนี้", go_live_at=start))

    assert "พรุ่งนี้" not in words(read(address(page)))


def test_withdrawn_item_has_no_versions(open_office: Office):
    page = corrected(open_office)
    withdraw(open_office, page)

    found = read(address(page), status=410)

    assert REASON in words(found)
    assert "ศุกร์" not in words(found)


def test_unknown_item_is_not_found(open_office: Office):
    read("/th/changes/unknown0/", status=404)


def test_scripts_in_words_are_text(open_office: Office):
    page = published(open_office, block("heading", "เดิม"), slug="item")
    evil = "<script>alert(1)</script>"
    page = open_office.show(open_office.edit(page, summary=evil))

    found = read(address(page))

    assert evil in found.get_text()
    assert not found.select("main script")


def test_many_versions_come_ten_at_a_time(open_office: Office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(changes, "VERSIONS_PER_PAGE", 1)
    page = corrected(open_office)

    first = read(address(page))
    older = read(address(page) + first.select_one("a[rel=next]")["href"])

    assert "จันทร์" in words(first.select_one(".versions"))
    assert "จันทร์" not in words(older.select_one(".versions"))
    assert not older.select("a[rel=next]")


@pytest.mark.parametrize("skip", ["-1", "x", "999", "²", "9" * 40])
def test_any_place_in_the_list_answers(open_office: Office, skip: str):
    page = published(open_office, slug="item")

    read(f"{address(page)}?skip={skip}")


def test_gone_page_says_who_signed_and_where_it_is_still_public(open_office: Office):
    page = published(open_office, slug="item")
    in_english(open_office, page, "Item")
    withdraw(open_office, page)

    found = read("/th/news/item/", status=410)

    assert len(found.select(".signatures li")) == 2
    assert open_office.approver.user.position in words(found)
    assert open_office.approver.user.get_full_name() not in words(found)
    assert found.select_one('.gone a[hreflang="en"]')["href"] == "/en/news/item/"
    assert found.select_one(".language-switch")["href"] == "/en/news/item/"


def test_withdrawn_page_leaves_the_sitemap(open_office: Office, client: Any):
    page = published(open_office, slug="item")
    assert "/th/news/item/" in client.get("/sitemap.xml").content.decode()

    withdraw(open_office, page)

    assert "/th/news/item/" not in client.get("/sitemap.xml").content.decode()
    assert Publication.objects.filter(subject=page.translation_key).exists()
