"""Which versions were corrections, and when a translation is behind the Thai original."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.publication.models import Publication
from cms.publication.standing import open_runs, standings
from cms.publication.versions import ORIGINAL, Age, Version, age, corrected_at, histories
from tests.office import Office
from tests.publication.withdrawing import latest, withdraw
from tests.website.reading import in_english

HOUR = datetime.timedelta(hours=1)


def in_an_hour() -> datetime.datetime:
    """Without the parts of a second, of which a draft keeps but three digits."""
    return timezone.now().replace(microsecond=0) + HOUR


def both(office: Office, **fields: Any) -> tuple[Any, Any]:
    page = office.show(office.draft(**fields))
    return page, in_english(office, page, "Title")


def age_of(english: Any, at: datetime.datetime | None = None) -> Age:
    at = at or timezone.now()
    row = Publication.objects.effective(at).get(subject=english.translation_key, locale="en")
    past = histories([english.translation_key])
    version = Version(**{name: getattr(row, name) for name in Version._fields})
    return age(version, past[str(english.translation_key), ORIGINAL], at)


def corrected(page: Any) -> datetime.datetime | None:
    past = histories([page.translation_key])
    return corrected_at(past[str(page.translation_key), "th"], timezone.now())


def test_fresh_translation_is_not_outdated(open_office: Office):
    _thai, english = both(open_office)

    assert age_of(english) == Age()


def test_thai_change_makes_the_translation_outdated_from_that_moment(open_office: Office):
    thai, english = both(open_office)
    before = timezone.now()
    open_office.show(open_office.edit(thai, title="แก้แล้ว"))

    assert age_of(english) == Age(newer_since=latest(thai).effective_from)
    assert age_of(english, at=before) == Age()


def test_further_thai_changes_do_not_move_the_moment(open_office: Office):
    thai, english = both(open_office)
    thai = open_office.show(open_office.edit(thai, title="แก้หนึ่ง"))
    since = latest(thai).effective_from
    open_office.show(open_office.edit(thai, title="แก้สอง"))

    assert age_of(english) == Age(newer_since=since)


def test_translation_that_is_signed_again_is_not_outdated(open_office: Office):
    thai, english = both(open_office)
    open_office.show(open_office.edit(thai, title="แก้แล้ว"))
    open_office.show(open_office.edit(english, title="Changed"))

    assert age_of(english) == Age()


def test_same_thai_content_signed_again_makes_nothing_outdated(open_office: Office):
    thai, english = both(open_office)
    open_office.show(thai)

    assert age_of(english) == Age()


def test_thai_that_returns_to_its_old_words_ends_it(open_office: Office):
    thai, english = both(open_office, title="เดิม")
    thai = open_office.show(open_office.edit(thai, title="แก้แล้ว"))
    open_office.show(open_office.edit(thai, title="เดิม"))

    assert age_of(english) == Age()


def test_thai_change_that_begins_later_counts_from_then(open_office: Office):
    thai, english = both(open_office)
    start = in_an_hour()
    open_office.show(open_office.edit(thai, title="ใหม่", go_live_at=start))

    assert age_of(english) == Age()
    assert age_of(english, at=start) == Age(newer_since=start)


def test_both_languages_that_begin_together_are_equal(open_office: Office):
    thai, english = both(open_office)
    start = in_an_hour()
    open_office.show(open_office.edit(thai, title="ใหม่", go_live_at=start))
    open_office.show(open_office.edit(english, title="New", go_live_at=start))

    assert age_of(english, at=start) == Age()


def test_translation_signed_before_a_thai_change_that_comes_later_is_outdated_then(
    open_office: Office,
):
    thai, english = both(open_office)
    start = in_an_hour()
    open_office.show(open_office.edit(thai, title="ใหม่", go_live_at=start))
    open_office.show(open_office.edit(english, title="Spelling"))

    assert age_of(english) == Age()
    assert age_of(english, at=start) == Age(newer_since=start)


def test_withdrawn_thai_leaves_a_translation_without_its_original(open_office: Office):
    thai, english = both(open_office)
    before = timezone.now()
    note = withdraw(open_office, thai)

    assert age_of(english) == Age(gone_since=note.effective_from)
    assert age_of(english, at=before) == Age()


def test_expired_thai_leaves_a_translation_without_its_original(open_office: Office):
    end = in_an_hour()
    page = open_office.show(open_office.draft(expire_at=end))
    copy = page.copy_for_translation(open_office.english)
    copy.title, copy.expire_at = "Title", None
    copy.save_revision(user=open_office.translator.user)
    english = open_office.show(copy)

    assert age_of(english, at=end + HOUR) == Age(gone_since=end)


def test_translation_that_was_first_is_older_than_the_thai(open_office: Office):
    draft = open_office.draft()
    english = in_english(open_office, draft, "First")
    assert age_of(english) == Age()

    thai = open_office.show(draft)

    assert age_of(english) == Age(newer_since=latest(thai).effective_from)


def test_first_version_is_no_correction(open_office: Office):
    assert corrected(open_office.show(open_office.draft())) is None


def test_correction_is_dated_by_its_beginning(open_office: Office):
    page = open_office.show(open_office.draft())
    page = open_office.show(open_office.edit(page, title="แก้แล้ว"))
    open_office.show(page)  # the same words, signed again

    versions = Publication.objects.filter(subject=page.translation_key).order_by("sequence")
    assert corrected(page) == versions[1].effective_from


def test_correction_of_what_was_withdrawn_is_not_told(open_office: Office):
    page = open_office.show(open_office.draft())
    page = open_office.show(open_office.edit(page, title="แก้แล้ว"))
    withdraw(open_office, page)
    open_office.show(open_office.edit(page, title="อีกครั้ง"))

    assert corrected(page) is None


def test_version_that_never_began_is_not_told(open_office: Office):
    start = in_an_hour()
    page = open_office.show(open_office.draft(go_live_at=start))
    open_office.show(open_office.edit(page, title="อื่น", go_live_at=None))

    assert corrected(page) is None


def test_list_of_the_admin_says_that_a_translation_is_older(open_office: Office):
    thai, english = both(open_office)
    assert standings([english], open_runs([english]))[english.pk].warning == ""

    open_office.show(open_office.edit(thai, title="แก้แล้ว"))

    found = standings([thai, english], open_runs([thai, english]))
    assert found[english.pk].warning
    assert found[thai.pk].warning == ""


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_the_admin_asks_thrice_for_all(open_office: Office, count: int):
    pages = [both(open_office)[1] for _number in range(count)]
    runs = open_runs(pages)

    with CaptureQueriesContext(connection) as captured:
        standings(pages, runs)

    assert len(captured) == 3
