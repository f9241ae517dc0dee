"""When a publication stands, and at which address."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from cms.publication.models import Address, FormerPath, Publication
from tests.admin import status
from tests.office import Office, document
from tests.publication.withdrawing import latest, withdraw

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Callable:
    """Lets time pass: `travel(hours=2)`."""
    start = timezone.now()
    return lambda hours: monkeypatch.setattr(timezone, "now", lambda: start + hours * HOUR)


def soon() -> datetime.datetime:
    """An hour from now, to the second, as drafts keep no microseconds."""
    return (timezone.now() + HOUR).replace(microsecond=0)


def titles(item: Any, at: datetime.datetime | None = None) -> list[str]:
    """What stands in public for an item at a moment."""
    rows = Publication.objects.effective(at=at).filter(subject=item.translation_key)
    return list(rows.values_list("title", flat=True))


def path(item: Any) -> str | None:
    return latest(item).address.path


def redirects(item: Any) -> set[str]:
    return set(latest(item).address.former_paths.values_list("path", flat=True))


def test_scheduled_item_is_not_public_before_its_time(open_office: Office):
    start = soon()
    page = open_office.publish(open_office.draft(title="ก", go_live_at=start))

    assert titles(page) == []
    assert titles(page, at=start - datetime.timedelta(microseconds=1)) == []
    assert titles(page, at=start) == ["ก"]


def test_scheduled_change_leaves_the_present_version_until_its_time(open_office: Office):
    start = soon()
    page = open_office.publish(open_office.draft(title="ก"))
    open_office.publish(open_office.edit(page, title="ข", go_live_at=start))

    assert titles(page) == ["ก"]
    assert titles(page, at=start - datetime.timedelta(microseconds=1)) == ["ก"]
    assert titles(page, at=start) == ["ข"]


def test_expiry_ends_an_item(open_office: Office):
    end = soon()
    page = open_office.publish(open_office.draft(title="ก", expire_at=end))

    assert titles(page) == ["ก"]
    assert titles(page, at=end) == []


def test_time_window_that_is_over_is_refused(open_office: Office):
    page = open_office.draft()
    open_office.edit(page, expire_at=timezone.now() - HOUR)

    with pytest.raises(PermissionDenied):
        open_office.publish(page)

    assert titles(page) == []


def test_newer_publication_supersedes(open_office: Office):
    page = open_office.publish(open_office.draft(title="ก"))
    between = timezone.now()
    open_office.publish(open_office.edit(page, title="ข"))

    assert titles(page, at=between) == ["ก"]
    assert titles(page) == ["ข"]


def test_immediate_publication_voids_a_pending_one(open_office: Office):
    start = soon()
    page = open_office.publish(open_office.draft(title="ก", go_live_at=start))
    open_office.publish(open_office.edit(page, title="ข", go_live_at=None))

    assert titles(page) == ["ข"]
    assert titles(page, at=start) == ["ข"]
    assert titles(page, at=start + HOUR) == ["ข"]


def test_later_pending_publication_follows_an_earlier_one(open_office: Office):
    now = timezone.now()
    page = open_office.publish(open_office.draft(title="ก", go_live_at=now + HOUR))
    open_office.publish(open_office.edit(page, title="ข", go_live_at=now + 2 * HOUR))

    assert titles(page, at=now + HOUR) == ["ก"]
    assert titles(page, at=now + 2 * HOUR) == ["ข"]
    call_command("verify_publications")


def test_earlier_pending_publication_voids_a_later_one(open_office: Office):
    now = timezone.now()
    page = open_office.publish(open_office.draft(title="ก", go_live_at=now + 2 * HOUR))
    open_office.publish(open_office.edit(page, title="ข", go_live_at=now + HOUR))

    assert titles(page, at=now + HOUR) == ["ข"]
    assert titles(page, at=now + 3 * HOUR) == ["ข"]
    call_command("verify_publications")


def test_never_two_versions_at_one_moment(open_office: Office):
    page, now = open_office.publish(open_office.draft(title="0")), timezone.now()
    for title, hours in (("1", 3), ("2", 1), ("3", 2)):
        draft = open_office.edit(page, title=title, go_live_at=now + hours * HOUR)
        page = open_office.publish(draft)

    seen = [titles(page, at=now + hours * HOUR) for hours in (0.9, 1.5, 2.5, 3.5)]
    assert seen == [["0"], ["2"], ["3"], ["3"]]
    call_command("verify_publications")


def test_file_of_a_voided_publication_never_becomes_public(
    open_office: Office, client: Any, travel: Callable
):
    papers = [("document", document(b"voided before its time"))]
    start = soon()
    page = open_office.publish(open_office.draft(attachments=papers, go_live_at=start))
    pinned = latest(page).files.get()
    open_office.publish(open_office.edit(page, attachments=[], go_live_at=None))

    travel(hours=2)

    assert status(client, pinned.path) == 404


def test_new_slug_moves_an_item_and_redirects(open_office: Office):
    page = open_office.publish(open_office.draft(slug="old"))
    open_office.publish(open_office.edit(page, slug="new"))

    assert path(page) == "/news/new/"
    assert redirects(page) == {"/news/old/"}


def test_section_moves_with_everything_below(open_office: Office):
    below = open_office.publish(open_office.section(open_office.news, title="ย่อย", slug="sub"))
    page = open_office.publish(open_office.draft(below, slug="item"))

    open_office.publish(open_office.edit(open_office.news, slug="press"))

    assert path(page) == "/press/sub/item/"
    assert redirects(below) == {"/news/sub/"}
    assert redirects(page) == {"/news/sub/item/"}
    assert path(open_office.english_news) == "/news/"
    call_command("verify_publications")


def test_section_that_moves_back_does_not_redirect_to_itself(open_office: Office):
    page = open_office.publish(open_office.draft(slug="item"))
    open_office.publish(open_office.edit(open_office.news, slug="press"))
    open_office.publish(open_office.edit(open_office.news, slug="news"))

    assert path(page) == "/news/item/"
    assert redirects(page) == {"/press/item/"}


def test_section_moves_what_is_pending_below(open_office: Office):
    start = soon()
    page = open_office.publish(open_office.draft(slug="item", go_live_at=start))

    open_office.publish(open_office.edit(open_office.news, slug="press"))

    assert path(page) == "/press/item/"
    call_command("verify_publications")


def test_section_moves_what_expired_below(open_office: Office, travel: Callable):
    end = soon()
    page = open_office.publish(open_office.draft(slug="item", expire_at=end))
    travel(hours=2)

    open_office.publish(open_office.edit(open_office.news, slug="press"))

    assert path(page) == "/press/item/"
    call_command("verify_publications")


def test_short_id_survives_every_move(open_office: Office):
    page = open_office.publish(open_office.draft())
    short_id = latest(page).address.short_id
    open_office.publish(open_office.edit(page, slug="elsewhere"))
    open_office.publish(open_office.edit(open_office.news, slug="press"))

    assert latest(page).address.short_id == short_id


def test_short_id_is_the_same_in_both_languages(open_office: Office):
    thai, english = latest(open_office.news).address, latest(open_office.english_news).address

    assert thai.short_id == english.short_id


def test_short_ids_differ_between_items(open_office: Office):
    open_office.publish(open_office.draft())

    addresses = Address.objects.filter(locale="th")
    assert len(set(addresses.values_list("short_id", flat=True))) == addresses.count()


def test_nothing_is_published_below_an_unpublished_section(open_office: Office):
    section = open_office.section(open_office.home, title="ร่าง", slug="draft")
    page = open_office.draft(section)

    with pytest.raises(PermissionDenied):
        open_office.publish(page)

    assert titles(page) == []
    assert not open_office.fresh(page).live


def test_refused_publication_leaves_the_last_signature_unsigned(open_office: Office):
    section = open_office.section(open_office.home, title="ร่าง", slug="draft")
    page = open_office.draft(section)
    with pytest.raises(PermissionDenied):
        open_office.publish(page)

    open_office.publish(section)
    open_office.publisher.sign(page)

    assert path(page) == f"/draft/{page.slug}/"


def test_no_two_items_at_one_address(open_office: Office):
    first = open_office.publish(open_office.draft(slug="same"))
    other = open_office.section(open_office.home, title="อื่น", slug="other")
    first.move(other, pos="last-child")  # the row only: in public it stands where it stood
    second = open_office.draft(slug="same")

    with pytest.raises(PermissionDenied):
        open_office.publish(second)

    assert path(first) == "/news/same/"
    assert titles(second) == []


def test_new_address_cannot_begin_later(open_office: Office):
    page = open_office.publish(open_office.draft(slug="old"))
    start = soon()

    with pytest.raises(PermissionDenied):
        open_office.publish(open_office.edit(page, slug="new", go_live_at=start))

    assert path(page) == "/news/old/"


def test_item_at_a_former_path_ends_the_redirect(open_office: Office):
    moved = open_office.publish(open_office.draft(slug="here"))
    open_office.publish(open_office.edit(moved, slug="there"))
    page = open_office.publish(open_office.draft(slug="here"))

    assert path(page) == "/news/here/"
    assert not FormerPath.objects.filter(path="/news/here/").exists()


def test_withdrawn_section_published_elsewhere_takes_its_items_along(open_office: Office):
    page = open_office.publish(open_office.draft(slug="item"))
    withdraw(open_office, open_office.news)

    open_office.publish(open_office.edit(open_office.news, slug="press"))

    assert path(page) == "/press/item/"
    call_command("verify_publications")


def test_section_is_refused_where_its_item_would_meet_another(open_office: Office):
    open_office.publish(open_office.draft(slug="item"))
    withdraw(open_office, open_office.news)  # its item keeps the address /news/item/
    other = open_office.publish(open_office.section(open_office.home, title="อื่น", slug="other"))
    open_office.publish(open_office.draft(other, slug="item"))
    open_office.edit(open_office.news, slug="old-news").get_latest_revision().publish()

    with pytest.raises(PermissionDenied):
        open_office.publish(open_office.edit(other, slug="news"))


@pytest.mark.parametrize("slug", ["status", "receipts", "feeds"])
def test_page_cannot_stand_where_the_site_itself_answers(open_office: Office, slug: str):
    section = open_office.section(open_office.home, title="หมวด", slug=slug)

    with pytest.raises(PermissionDenied, match=f"/{slug}/"):
        open_office.publish(section)
