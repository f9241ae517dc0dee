"""Reminders of reviews: at the days that were set, once each, to whom it concerns."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.oversight.reviews import PURPOSE, review, review_hash
from cms.signoff.signing import issue_token
from cms.watching import reminders
from cms.watching.due import due_items
from cms.watching.models import SentReminder, WatchingSettings
from cms.watching.reminders import remind_of_reviews
from cms.watching.settings import read_days
from tests.divided import Divisions
from tests.office import Office
from tests.publication.withdrawing import latest, withdraw
from tests.watching.conftest import give_address
from tests.website.reading import in_english, published

DAY = datetime.timedelta(days=1)


def due_in(days: int) -> datetime.date:
    return timezone.localdate() + days * DAY


def days_with_mail(received: Callable, username: str, travel: Callable, days: int) -> list[int]:
    """On which of the next days somebody got a mail; the job runs twice a day."""
    found = []
    for number in range(days):
        before = len(received(username))
        remind_of_reviews()
        remind_of_reviews()
        found += [number] * (len(received(username)) - before)
        travel(days=1)
    return found


def test_reporter_is_reminded_before_and_after_the_day(
    mailed_office: Office, received: Callable, travel: Callable
):
    published(mailed_office, review_due=due_in(31))

    assert days_with_mail(received, "reporter", travel, 66) == [1, 24, 31, 38, 61]


def test_mail_names_the_item_the_day_and_where_it_is_edited(
    mailed_office: Office, received: Callable
):
    page = published(mailed_office, title="แผนพัฒนา", review_due=datetime.date(2020, 6, 20))

    remind_of_reviews()

    ((subject, text),) = received("reporter")
    assert "แผนพัฒนา" in subject
    assert "20 มิถุนายน 2563" in text
    assert f"/admin/pages/{page.pk}/edit/" in text


def test_several_items_are_one_mail(mailed_office: Office, received: Callable):
    for number in range(3):
        published(mailed_office, title=f"แผน {number}", review_due=due_in(0))

    remind_of_reviews()

    ((subject, text),) = received("reporter")
    assert "3" in subject
    assert all(f"แผน {number}" in text for number in range(3))


def test_who_was_away_is_told_of_the_last_stage_alone(mailed_office: Office, received: Callable):
    published(mailed_office, review_due=due_in(-400))

    remind_of_reviews()

    assert len(received("reporter")) == 1
    assert SentReminder.objects.filter(kind="reminder", stage=30).exists()


def test_new_day_of_review_begins_anew(mailed_office: Office, received: Callable, travel: Callable):
    page = published(mailed_office, review_due=due_in(0))
    remind_of_reviews()
    page = mailed_office.edit(page, review_due=due_in(20))
    mailed_office.show(page)

    remind_of_reviews()

    assert len(received("reporter")) == 2


def test_draft_of_a_new_day_changes_nothing_before_it_is_signed(mailed_office: Office):
    page = published(mailed_office, review_due=due_in(3))
    mailed_office.edit(page, review_due=due_in(300), title="ร่างลับ")

    (item,) = due_items(due_in(30))

    assert (item.due_on, item.title) == (due_in(3), "ข่าวทดสอบ")


def test_what_is_not_public_is_not_reviewed(mailed_office: Office):
    mailed_office.draft(review_due=due_in(0))
    withdraw(mailed_office, published(mailed_office, review_due=due_in(0)))

    assert due_items(due_in(30)) == []


def test_both_languages_are_one_item(mailed_office: Office):
    page = published(mailed_office, title="แผน", review_due=due_in(0))
    in_english(mailed_office, page, "Plan")

    assert [item.title for item in due_items(due_in(0))] == ["แผน"]


def review_until(office: Office, page: Any, next_due: datetime.date) -> None:
    """The reporter signs that what is public is still right."""
    publication, user = latest(page), office.reporter.user
    words = {"full_name": "x", "position": "x", "checklist": [], "comment": ""}
    content_hash = review_hash(publication, next_due, "")
    token = issue_token(user, [PURPOSE, publication.pk], content_hash, words)
    review(publication, next_due, "", user, token)


def test_signed_review_moves_the_day(mailed_office: Office):
    page = published(mailed_office, review_due=due_in(-3))
    review_until(mailed_office, page, due_in(20))

    assert due_items(due_in(0)) == []
    assert [item.due_on for item in due_items(due_in(30))] == [due_in(20)]


def test_review_of_another_content_does_not_count(mailed_office: Office):
    page = published(mailed_office, review_due=due_in(-3))
    review_until(mailed_office, page, due_in(90))
    mailed_office.show(mailed_office.edit(page, title="ฉบับแก้ไข"))

    assert [item.due_on for item in due_items(due_in(0))] == [due_in(-3)]


def test_only_the_own_division_is_reminded(
    divisions: Divisions, mailed_office: Office, received: Callable
):
    give_address(divisions.finance_reporter)
    give_address(divisions.works_reporter)
    mailed_office.show(divisions.finance)
    draft = divisions.draft(divisions.finance, review_due=due_in(0))
    mailed_office.show(draft)

    remind_of_reviews()

    assert len(received("finance-reporter")) == 1
    assert received("works-reporter") == received("reporter") == []


def test_chief_administrator_is_told_when_it_is_long_overdue(
    mailed_office: Office, received: Callable, travel: Callable
):
    published(mailed_office, title="แผน", review_due=due_in(2))

    assert days_with_mail(received, "executive", travel, 30) == [17]


def test_days_are_those_of_the_settings(
    mailed_office: Office, received: Callable, travel: Callable
):
    chosen = WatchingSettings.load()
    chosen.days_before, chosen.days_after, chosen.escalation_days = "๒", "", 3
    chosen.full_clean()
    chosen.save()
    published(mailed_office, review_due=due_in(4))

    assert days_with_mail(received, "reporter", travel, 12) == [2]
    assert len(received("executive")) == 1


def test_settings_take_numbers_with_commas():
    assert read_days(" 30, ๗,0 ,7") == [0, 7, 30]


@pytest.mark.parametrize("text", ["สามสิบ", "30 7", "-3", "1.5", "99999"])
def test_settings_refuse_what_is_no_list_of_days(text: str):
    with pytest.raises(ValidationError):
        read_days(text)


@pytest.mark.parametrize(("language", "day"), [("th", "2563"), ("en", "2020")])
def test_mail_is_in_the_language_of_the_reader(
    mailed_office: Office, received: Callable, language: str, day: str
):
    UserProfile.objects.create(user=mailed_office.reporter.user, preferred_language=language)
    published(mailed_office, review_due=datetime.date(2020, 6, 20))

    remind_of_reviews()

    ((_subject, text),) = received("reporter")
    assert day in text


def test_reminder_and_its_note_are_one_act(mailed_office: Office, monkeypatch: Any):
    published(mailed_office, review_due=due_in(0))

    def killed(*args: Any, **kwargs: Any) -> None:
        raise SystemExit("killed")

    monkeypatch.setattr(reminders, "queue_mail", killed)
    with pytest.raises(SystemExit):
        remind_of_reviews()

    assert not SentReminder.objects.exists()
