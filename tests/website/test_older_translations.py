"""The note on a translation that the Thai version has left behind."""

from typing import Any

from tests.office import Office
from tests.publication.withdrawing import latest, withdraw
from tests.website.reading import in_english, published, read


def both(office: Office) -> tuple[Any, Any]:
    page = published(office, title="เดิม", slug="item")
    return page, in_english(office, page, "Item")


def note(path: str) -> Any:
    return read(path).select_one(".banner-older")


def test_fresh_translation_has_no_note(open_office: Office):
    both(open_office)

    assert note("/en/news/item/") is None


def test_older_translation_leads_to_the_thai_page(open_office: Office):
    thai, _english = both(open_office)
    open_office.show(open_office.edit(thai, title="แก้แล้ว"))

    assert note("/en/news/item/").a["href"] == "/th/news/item/"
    assert note("/th/news/item/") is None


def test_list_marks_older_translations(open_office: Office):
    thai, _english = both(open_office)
    assert not read("/en/news/").select(".older-mark")

    open_office.show(open_office.edit(thai, title="แก้แล้ว"))

    assert read("/en/news/").select_one(".news-item .older-mark")
    assert not read("/th/news/").select(".older-mark")


def test_translation_of_a_withdrawn_page_says_so(open_office: Office):
    thai, _english = both(open_office)
    withdraw(open_office, thai)

    found = note("/en/news/item/")
    assert found is not None
    assert found.a is None


def test_translation_as_it_stood_before_has_no_note(open_office: Office):
    thai, english = both(open_office)
    moment = latest(english).effective_from.isoformat().replace("+00:00", "Z")
    open_office.show(open_office.edit(thai, title="แก้แล้ว"))

    assert note(f"/en/news/item/?as_of={moment}") is None
