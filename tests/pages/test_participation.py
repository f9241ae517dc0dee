"""Rules of events, answers, hearings and redirects."""

import datetime
import json

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pages.models import ConsultationPage, EventPage, ManagedRedirect, QuestionAnswerPage
from tests.office import Office

DAY = datetime.date(2026, 11, 24)


def event(**fields) -> EventPage:
    begins = timezone.make_aware(datetime.datetime(2026, 11, 24, 9))
    fields = {"starts_at": begins, "ends_at": begins, "place": "หอประชุม", **fields}
    return EventPage(title="ประชุม", slug="meeting", **fields)


def answer(**fields) -> QuestionAnswerPage:
    fields = {"asked_on": DAY, "answered_on": DAY, "question": "เมื่อใด", **fields}
    return QuestionAnswerPage(title="คำถาม", slug="question", **fields)


def refused(item) -> list[str]:
    with pytest.raises(ValidationError) as error:
        item.clean()
    return list(error.value.message_dict)


def test_event_does_not_end_before_it_begins(db):
    before = timezone.make_aware(datetime.datetime(2026, 11, 24, 8))

    assert refused(event(ends_at=before)) == ["ends_at"]


def test_event_of_a_buddhist_year_is_refused(db):
    year = timezone.make_aware(datetime.datetime(2569, 11, 24, 9))

    assert refused(event(starts_at=year, ends_at=year)) == ["starts_at", "ends_at"]


def test_answer_does_not_come_before_its_question(db):
    assert refused(answer(answered_on=DAY - datetime.timedelta(days=1))) == ["answered_on"]


def test_answer_is_posted_on_its_day(db):
    page = answer()
    page.clean()

    assert page.posted_on == DAY


def test_answer_keeps_the_day_that_an_editor_gave(db):
    page = answer(posted_on=DAY + datetime.timedelta(days=3))
    page.clean()

    assert page.posted_on == DAY + datetime.timedelta(days=3)


def test_hearing_has_a_first_and_a_last_day(open_office: Office):
    field = {"id": "1", "type": "multi_line_field", "value": {"label": "ความเห็น", "required": True}}
    hearing = open_office.page(
        open_office.home,
        ConsultationPage,
        body="[]",
        form_fields=json.dumps([field]),
        purpose="ก",
        legal_basis="ข",
        recipients="ค",
    )

    with pytest.raises(ValidationError) as error:
        hearing.clean_for_signing()
    assert set(error.value.message_dict) >= {"accepts_from", "accepts_until"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("old-news/12", "/old-news/12/"),
        ("/th/old/", "/old/"),
        ("/index.php", "/index.php/"),
        ("https://www.example.go.th/en/data/1/", "/data/1/"),
        ("/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7/", "/ข่าว/"),
    ],
)
def test_old_address_is_kept_as_a_path_within_the_language(typed: str, kept: str):
    redirect = ManagedRedirect(old_path=typed)
    redirect.clean()

    assert redirect.old_path == kept
