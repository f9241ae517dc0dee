"""What the office promised to keep no longer is deleted; numbers and the log stay."""

import datetime
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.utils import timezone

from cms.engagement.channels import Channel
from cms.engagement.models import Case, CaseCount, CaseEvent, CaseFile
from cms.engagement.reception import receipt, status
from cms.engagement.statistics import monthly_counts
from cms.thai.dates import fiscal_year
from tests.admin import browser
from tests.engagement.desk import desk_url, handler
from tests.engagement.standing import CLIENT, NAME, PICTURE, Form, picture
from tests.office import Office


@pytest.fixture
def expired(question_form: Form) -> Case:
    """A case with a file, kept until yesterday."""
    question_form.send(files={PICTURE["id"]: [picture()]})
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Case.objects.update(delete_after=yesterday)
    return Case.objects.get()


def run(**options: Any) -> str:
    output = StringIO()
    call_command("delete_expired_cases", stdout=output, **options)
    return output.getvalue()


def test_expired_case_goes_with_its_files(expired: Case, django_capture_on_commit_callbacks: Any):
    name = expired.files.get().storage_name

    with django_capture_on_commit_callbacks(execute=True):
        run()

    assert not Case.objects.exists()
    assert not CaseFile.objects.exists()
    assert not CaseFile.storage().exists(name)
    assert receipt(expired.receipt_token) is None
    assert not hasattr(status(expired.reference, CLIENT), "state")


def test_last_day_belongs_to_the_period(expired: Case):
    Case.objects.update(delete_after=timezone.localdate())

    run()

    assert Case.objects.exists()


def test_dry_run_deletes_nothing(expired: Case):
    assert "1 cases would be deleted, 1 of them unanswered" in run(dry_run=True)
    assert Case.objects.exists()


def test_log_stays_without_a_word_of_the_citizen(expired: Case):
    run()

    events = CaseEvent.objects.filter(reference=expired.reference)
    assert [event.kind for event in events] == ["received", "deleted"]
    assert "สมหญิง" not in str(list(events.values()))


def test_numbers_are_the_same_before_and_after(expired: Case, question_form: Form):
    question_form.send()
    year, channels = fiscal_year(timezone.localdate()), [Channel.QUESTION]
    before = monthly_counts(year, channels)

    run()

    assert [row.number for row in before] == [2]
    assert monthly_counts(year, channels) == before
    assert CaseCount.objects.get().count == 1


def test_numbers_of_other_desks_are_not_told(expired: Case):
    run()

    assert monthly_counts(fiscal_year(timezone.localdate()), [Channel.CORRUPTION]) == []


def test_statistics_show_every_month_even_when_there_was_nothing(
    open_office: Office, expired: Case
):
    desk = browser(handler(open_office, "question"))
    soup = BeautifulSoup(desk.get(desk_url("statistics")).content, "html.parser")

    (table,) = soup.select(".desk-numbers table")
    rows = [row.th.text for row in table.tbody.select("tr")]
    first = fiscal_year(timezone.localdate()) - 1
    assert rows[0] == f"ตุลาคม {first}"
    assert len(rows) == 12


def test_file_whose_form_never_came_is_deleted_after_a_day(
    question_form: Form, django_capture_on_commit_callbacks: Any
):
    question_form.send(question_form.typed(**{NAME["id"]: ""}), {PICTURE["id"]: [picture()]})
    name = CaseFile.objects.get().storage_name
    run()
    assert CaseFile.objects.exists()

    CaseFile.objects.update(stored_at=timezone.now() - datetime.timedelta(hours=25))
    with django_capture_on_commit_callbacks(execute=True):
        run()

    assert not CaseFile.objects.exists()
    assert not CaseFile.storage().exists(name)
