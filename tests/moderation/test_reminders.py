"""Reminders and escalation: when, to whom, how often. The clock is set by hand."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from cms.mail.models import OutgoingMail
from cms.moderation.models import Reminder, ReminderSettings
from cms.moderation.queue import Queue
from cms.moderation.queue_hooks import register_reminders
from cms.moderation.reminders import forget_past, remind
from cms.schedule.models import Holiday
from cms.signoff.assignments import assign
from tests.admin import browser
from tests.office import Office
from tests.releasing import submitted
from tests.website.reading import urgent

BANGKOK = timezone.get_default_timezone()
MONDAY = datetime.datetime(2026, 11, 23, 8, 30, tzinfo=BANGKOK)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable:
    """Sets the clock: a day of November 2026 (the 23rd is a Monday), an hour and a minute."""

    def go(day: int, hour: int, minute: int = 0) -> None:
        moment = datetime.datetime(2026, 11, day, hour, minute, tzinfo=BANGKOK)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return go


@pytest.fixture
def office(open_office: Office) -> Office:
    """Everybody has an address."""
    for name in ("reporter", "approver", "executive", "publisher", "administrator", "root"):
        give_address(getattr(open_office, name))
    return open_office


def give_address(clerk: Any) -> Any:
    clerk.user.email = f"{clerk.user.username}@office.example"
    clerk.user.save()
    return clerk


def submit(office: Office, item: Any, since: datetime.datetime = MONDAY, by: Any = None) -> Any:
    """Sends an item to the first signature, where it waits since then."""
    (by or office.reporter).submit(item)
    step = office.fresh(item).current_workflow_task_state
    TaskState.objects.filter(pk=step.pk).update(started_at=since)
    OutgoingMail.objects.all().delete()
    return item


def told(kind: str = "signature_overdue") -> set[str]:
    rows = OutgoingMail.objects.filter(kind=kind)
    return {row.to.removesuffix("@office.example") for row in rows}


def test_signers_are_reminded_after_eight_working_hours(office: Office, at: Callable):
    submit(office, office.draft())
    at(24, 9, 29)
    remind()
    assert told() == set()
    at(24, 9, 30)  # a day has seven: 8.30-12 and 13-16.30
    remind()

    assert told() == {"reporter"}


def test_each_step_is_reminded_once(office: Office, at: Callable):
    submit(office, office.draft())
    at(24, 10)
    remind()
    remind()
    at(24, 14)
    remind()

    assert OutgoingMail.objects.filter(kind="signature_overdue").count() == 1


def test_next_step_has_its_own_reminder(office: Office, at: Callable):
    page = submit(office, office.draft())
    at(24, 10)
    remind()
    office.reporter.sign(page)
    step = office.fresh(page).current_workflow_task_state
    TaskState.objects.filter(pk=step.pk).update(started_at=MONDAY)
    remind()

    assert told() == {"reporter", "approver"}


def test_holidays_and_weekends_do_not_count(office: Office, at: Callable):
    Holiday.objects.create(date=datetime.date(2026, 11, 24), name_th="วันหยุด")
    submit(office, office.draft())
    at(25, 9, 29)
    remind()
    assert told() == set()
    at(25, 9, 30)
    remind()

    assert told() == {"reporter"}


def test_ordinary_items_wait_for_the_morning(office: Office, at: Callable):
    submit(office, office.draft())
    at(24, 20)
    remind()
    assert told() == set()
    at(24, 12, 30)  # lunch
    remind()
    assert told() == set()
    at(25, 8, 30)
    remind()

    assert told() == {"reporter"}


def test_urgent_items_do_not(office: Office, at: Callable):
    evening = datetime.datetime(2026, 11, 21, 20, tzinfo=BANGKOK)  # a Saturday
    submit(office, office.draft(**urgent()), evening)
    at(21, 20, 59)
    remind()
    assert told() == set()
    at(21, 21)
    remind()

    assert told() == {"reporter"}
    assert OutgoingMail.objects.get(kind="signature_overdue").state == "waiting"


def test_head_of_the_division_is_told_after_sixteen_working_hours(divisions: Any, at: Callable):
    office = divisions.office
    for clerk in (divisions.finance_head, divisions.works_head, office.approver):
        give_address(clerk)
    submit(office, divisions.draft(), by=divisions.finance_reporter)
    at(25, 10, 29)
    remind()
    assert told("signature_escalated") == set()
    at(25, 10, 30)
    remind()
    remind()

    assert told("signature_escalated") == {"finance-head"}
    assert OutgoingMail.objects.filter(kind="signature_escalated").count() == 1


def test_without_a_division_the_approvers_of_the_whole_office_are_told(
    office: Office, at: Callable
):
    submit(office, office.draft())
    at(26, 10)
    remind()

    assert told("signature_escalated") == {"approver"}


def test_urgent_item_is_escalated_after_two_hours(office: Office, at: Callable):
    submit(office, office.draft(**urgent()))
    at(23, 10, 29)
    remind()
    assert told("signature_escalated") == set()
    at(23, 10, 30)
    remind()

    assert told("signature_escalated") == {"approver"}


def test_escalated_item_is_marked_in_the_queue(office: Office, at: Callable):
    submit(office, office.draft())
    at(26, 10)
    assert not Queue(office.reporter.user).waiting[0].entry.is_escalated
    remind()

    assert Queue(office.reporter.user).waiting[0].entry.is_escalated


def test_assignee_alone_is_reminded(office: Office, at: Callable):
    second = give_address(office.clerk("second", "reporter"))
    page = submit(office, office.draft())
    step = office.fresh(page).current_workflow_task_state
    assign(step, second.user, office.reporter.user, "ลา")
    at(24, 10)
    remind()

    assert told() == {"second"}


def test_whoever_had_a_hand_in_it_is_not_reminded(office: Office, at: Callable):
    both = give_address(office.clerk("both", "reporter", "approver"))
    page = submit(office, office.draft())
    both.sign(page)
    step = office.fresh(page).current_workflow_task_state
    TaskState.objects.filter(pk=step.pk).update(started_at=MONDAY)
    at(24, 10)
    remind()

    assert told() == {"approver"}


def test_release_is_one_mail(office: Office, at: Callable):
    release = submitted(office, office.draft(), office.draft())
    TaskState.objects.filter(status="in_progress").update(started_at=MONDAY)
    OutgoingMail.objects.all().delete()
    at(24, 10)
    remind()
    remind()

    mail = OutgoingMail.objects.get(kind="signature_overdue")
    assert release.title in mail.subject
    assert f"/releases/{release.pk}/" in mail.body


def test_mails_of_a_job_that_was_killed_are_sent_by_the_next(
    office: Office, at: Callable, monkeypatch: pytest.MonkeyPatch
):
    def fail(*args: Any) -> None:
        raise KeyboardInterrupt

    submit(office, office.draft())
    at(24, 10)
    with monkeypatch.context() as patch:
        patch.setattr("cms.moderation.reminders._mail", fail)
        with pytest.raises(KeyboardInterrupt):
            remind()
    assert not Reminder.objects.exists()
    remind()

    assert told() == {"reporter"}


def test_administrator_sets_the_hours(office: Office, at: Callable):
    settings = ReminderSettings.load()
    settings.reminder_hours = 2
    settings.save()
    submit(office, office.draft())
    at(23, 10, 30)
    remind()

    assert told() == {"reporter"}


def test_head_cannot_be_told_before_the_signers(db: Any):
    with pytest.raises(ValidationError):
        ReminderSettings(reminder_hours=8, escalation_hours=8).full_clean()


@pytest.mark.parametrize(("who", "status"), [("administrator", 200), ("approver", 302)])
def test_settings_are_the_administrators(office: Office, who: str, status: int):
    url = reverse("wagtailsettings:edit", args=["moderation", "remindersettings"])

    response = browser(getattr(office, who)).get(url, follow=who == "administrator")
    assert response.status_code == status


def test_rows_of_past_steps_are_forgotten(office: Office, at: Callable):
    page = submit(office, office.draft())
    at(24, 10)
    remind()
    forget_past()
    assert Reminder.objects.count() == 1
    office.reporter.sign(page)
    forget_past()

    assert not Reminder.objects.exists()


def test_job_runs_every_half_hour():
    job = register_reminders()[0]

    assert (job.run, job.every) == (remind, datetime.timedelta(minutes=30))
