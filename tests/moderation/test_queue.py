"""The queue: what waits for whom, what of mine is elsewhere, and what it costs to ask."""

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from cms.audit.models import AuditEvent
from cms.moderation.queue import Queue, Row, everything_that_waits
from cms.publication.models import Publication
from cms.signoff.assignments import assign
from tests.admin import browser
from tests.alerts import alerting
from tests.flags import flag
from tests.office import Office
from tests.releasing import submitted
from tests.website.reading import urgent, words

QUEUE = "/admin/queue/"


def titles(rows: list[Row]) -> list[str]:
    return [row.entry.title for row in rows]


def waits_for(clerk: Any) -> list[str]:
    return titles(Queue(clerk.user).waiting)


def step_of(item: Any) -> TaskState:
    return Office.fresh(item).current_workflow_task_state


def age(item: Any, hours: float) -> None:
    """Lets an item have waited at its present step for so many hours."""
    moment = timezone.now() - datetime.timedelta(hours=hours)
    TaskState.objects.filter(pk=step_of(item).pk).update(started_at=moment)


# --- what waits for me -----------------------------------------------------------------------


def test_item_waits_for_who_may_sign_the_present_step(open_office: Office):
    page = open_office.draft(title="ขุดลอกคลอง")
    open_office.reporter.submit(page)
    assert waits_for(open_office.reporter) == ["ขุดลอกคลอง"]
    assert waits_for(open_office.approver) == []
    open_office.reporter.sign(page)

    assert waits_for(open_office.reporter) == []
    assert waits_for(open_office.approver) == ["ขุดลอกคลอง"]
    assert waits_for(open_office.root) == []


def test_divisions_see_their_own(divisions: Any):
    page = divisions.draft(title="เก็บภาษี")
    divisions.finance_reporter.submit(page)
    divisions.finance_reporter.sign(page)

    assert waits_for(divisions.finance_head) == ["เก็บภาษี"]
    assert waits_for(divisions.works_head) == []


def test_who_signed_this_round_or_wrote_it_is_not_waited_for(open_office: Office):
    both = open_office.clerk("both", "reporter", "approver")
    page = open_office.draft()
    open_office.reporter.submit(page)
    both.sign(page)
    own = open_office.edit(open_office.draft(), user=both.user, summary="เขียนเอง")
    open_office.reporter.submit(own)
    open_office.reporter.sign(own)

    assert waits_for(both) == []


def test_list_agrees_with_what_may_be_signed(divisions: Any):
    office = divisions.office
    pages = [divisions.draft(title=f"เรื่องที่ {n}", summary=str(n)) for n in range(2)]
    pages.append(office.draft(title="ของทั้งสำนักงาน"))
    for page in pages:
        office.reporter.submit(page)
    office.reporter.sign(pages[1])
    clerks = [office.reporter, office.approver, divisions.finance_reporter, divisions.works_head]

    for clerk in clerks:
        allowed = {
            page.title
            for page in map(office.fresh, pages)
            if page.current_workflow_task.specific.get_actions(page, clerk.user)
        }
        assert set(waits_for(clerk)) == allowed


def test_whoever_acts_for_the_executive_is_waited_for(open_office: Office):
    deputy = open_office.clerk("deputy", everywhere=False)
    open_office.appoint(deputy, None)
    page = open_office.draft(title="น้ำท่วม", **urgent())
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    open_office.approver.sign(page)

    assert waits_for(deputy) == ["น้ำท่วม"]


def test_release_is_one_entry(open_office: Office):
    release = submitted(open_office, open_office.draft(), open_office.draft(**urgent()))

    rows = Queue(open_office.reporter.user).waiting
    assert titles(rows) == [release.title]
    assert rows[0].entry.is_urgent
    assert rows[0].entry.url == reverse("releases:detail", args=[release.pk])


def test_release_does_not_wait_for_who_may_not_sign_all_of_it(divisions: Any):
    submitted(divisions.office, divisions.draft(), divisions.draft(department=divisions.works))

    assert waits_for(divisions.finance_reporter) == []


def test_withdrawal_waits_for_the_second_signature(open_office: Office):
    page = open_office.publish(open_office.draft(title="ประกาศเก่า"))
    row = Publication.objects.standing().get(subject=page.translation_key)
    open_office.publisher.request_withdrawal(row, "ผิดพลาด")

    assert waits_for(open_office.approver) == ["ประกาศเก่า"]
    assert waits_for(open_office.publisher) == []


def test_urgent_items_come_first_then_the_longest_waiting(open_office: Office):
    for title, hours, fields in (
        ("ใหม่", 1, {}),
        ("เก่า", 9, {}),
        ("ด่วน", 0, urgent()),
    ):
        page = open_office.draft(title=title, **fields)
        open_office.reporter.submit(page)
        age(page, hours)

    assert waits_for(open_office.reporter) == ["ด่วน", "เก่า", "ใหม่"]


def test_assigned_step_waits_for_the_assignee_alone(open_office: Office):
    colleague = open_office.clerk("colleague", "approver")
    page = open_office.draft()
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    assign(step_of(page), colleague.user, open_office.approver.user, "ลาพักร้อน")

    assert waits_for(open_office.approver) == []
    assert waits_for(colleague) == [page.title]


# --- mine, elsewhere -------------------------------------------------------------------------


def test_what_came_back_is_listed_with_the_reason(open_office: Office):
    page = open_office.draft(title="ประกาศ")
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    open_office.approver.sign(page, action="reject", comment="วันที่ผิด")

    row = Queue(open_office.reporter.user).returned[0]
    assert row.entry.title == "ประกาศ"
    assert "วันที่ผิด" in row.entry.note


def test_what_i_signed_is_with_others_now(open_office: Office):
    page = open_office.draft(title="ประกาศ")
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)

    row = Queue(open_office.reporter.user).with_others[0]
    assert row.entry.title == "ประกาศ"
    assert open_office.approver.user.get_full_name() in row.entry.people
    assert Queue(open_office.publisher.user).with_others == []


# --- time ------------------------------------------------------------------------------------


def test_urgent_item_is_overdue_after_an_hour_by_day_and_by_night(open_office: Office):
    page = open_office.draft(**urgent())
    open_office.reporter.submit(page)
    assert not Queue(open_office.reporter.user).waiting[0].is_overdue
    age(page, 1.1)

    assert Queue(open_office.reporter.user).waiting[0].is_overdue


def test_ordinary_item_is_overdue_after_working_hours(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)
    age(page, 24 * 14)

    row = Queue(open_office.reporter.user).waiting[0]
    assert row.is_overdue
    assert row.hours < 24 * 14


def test_time_since_the_flag_runs_in_the_queue(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)
    flag(open_office.reporter, page)

    row = Queue(open_office.reporter.user).waiting[0]
    assert row.entry.flagged_at is not None
    assert row.minutes == 0


# --- the page --------------------------------------------------------------------------------


def test_page_links_to_the_signing_screen(open_office: Office):
    page = open_office.draft(title="ขุดลอกคลอง")
    open_office.reporter.submit(page)

    html = browser(open_office.reporter).get(QUEUE).content.decode()
    found = BeautifulSoup(html, "html.parser")
    link = found.select_one("section[aria-labelledby=queue-waiting] .queue-title a")
    assert link is not None
    assert words(link) == "ขุดลอกคลอง"
    assert link["href"] == reverse("moderation:sign", args=[step_of(page).pk])


@pytest.mark.parametrize(("show", "expected"), [("", 2), ("urgent", 1), ("overdue", 1), ("x", 2)])
def test_filters(open_office: Office, show: str, expected: int):
    for fields in ({}, urgent()):
        page = open_office.draft(**fields)
        open_office.reporter.submit(page)
    age(page, 5)

    sections = browser(open_office.reporter).get(QUEUE, {"show": show}).context["sections"]
    assert len(sections[0]["rows"]) == expected


def test_menu_says_how_many_wait(open_office: Office):
    client = browser(open_office.reporter)
    assert "(1)" not in client.get(QUEUE).content.decode()
    open_office.reporter.submit(open_office.draft())

    assert "(1)" in client.get(QUEUE).content.decode()


def test_dashboard_has_one_panel_for_it(open_office: Office):
    page = open_office.draft(title="ขุดลอกคลอง")
    open_office.reporter.submit(page)

    response = browser(open_office.reporter).get(reverse("wagtailadmin_home"))
    names = [getattr(panel, "name", "") for panel in response.context["panels"]]
    assert names.count("queue") == 1
    assert not {"workflow_objects_to_moderate", "user_objects_in_workflow_moderation"} & set(names)
    assert "ขุดลอกคลอง" in response.content.decode()


def test_queue_costs_the_same_however_much_waits(open_office: Office):
    def submit(number: int) -> None:
        for _time in range(number):
            page = open_office.draft()
            open_office.reporter.submit(page)
            returned = open_office.draft()
            open_office.reporter.submit(returned)
            open_office.reporter.sign(returned, action="reject", comment="แก้ไข")
            other = open_office.draft()
            open_office.reporter.submit(other)
            open_office.reporter.sign(other)
            row = open_office.publish(open_office.draft())
            row = Publication.objects.standing().get(subject=row.translation_key)
            open_office.approver.request_withdrawal(row, "ผิดพลาด")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(QUEUE).status_code == 200
        return len(captured)

    client = browser(open_office.reporter)
    submit(1)
    queries()
    few = queries()
    submit(3)
    assert queries() == few
    client = browser(open_office.publisher)
    queries()
    many = queries()
    submit(1)
    assert queries() == many


def test_releases_cost_the_same_however_many_wait(open_office: Office):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(QUEUE).status_code == 200
        return len(captured)

    client = browser(open_office.reporter)
    submitted(open_office, open_office.draft(), open_office.draft())
    queries()
    few = queries()
    submitted(open_office, *[open_office.draft() for _number in range(4)])

    assert queries() == few


# --- for overseers ---------------------------------------------------------------------------


def test_overseer_sees_everything_that_waits(divisions: Any):
    page = divisions.draft(title="เก็บภาษี")
    divisions.finance_reporter.submit(page)

    html = browser(divisions.office.overseer).get(reverse("waiting_report")).content.decode()
    assert "เก็บภาษี" in html
    assert divisions.finance_reporter.user.get_full_name() in html
    rows = everything_that_waits(divisions.office.overseer.user)
    assert titles(rows) == ["เก็บภาษี"]
    assert (rows[0].entry.url, rows[0].entry.assign_url) == ("", "")


def test_administrator_finds_there_the_way_to_assign(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)
    url = reverse("moderation:assign", args=[step_of(page).pk])

    client = browser(open_office.administrator)
    assert url in client.get(reverse("waiting_report")).content.decode()
    assert client.get(url).status_code == 200


def test_alert_is_urgent_whatever_it_says(open_office: Office):
    alert = alerting.draft(open_office)
    open_office.reporter.submit(alert)

    row = Queue(open_office.reporter.user).waiting[0]
    assert row.entry.is_urgent
    assert browser(open_office.reporter).get(row.entry.url).status_code == 200


def test_released_alert_waits_for_its_review(open_office: Office):
    alerting.released(open_office)

    rows = Queue(open_office.executive.user).waiting
    assert len(rows) == 1
    assert rows[0].entry.due_at is not None
    assert waits_for(open_office.approver) == []


@pytest.mark.parametrize("name", ["waiting_report", "urgent_items"])
@pytest.mark.parametrize("who", ["reporter", "approver", "publisher", "translator"])
def test_reports_are_not_for_everybody(open_office: Office, name: str, who: str):
    response = browser(getattr(open_office, who)).get(reverse(name))

    assert response.status_code == 302


@pytest.mark.parametrize("who", ["overseer", "executive", "administrator"])
def test_report_of_urgent_items_has_times_and_median(open_office: Office, who: str):
    page = open_office.draft(title="น้ำท่วม", **urgent())
    open_office.publish(page)
    waiting = open_office.draft(title="ไฟไหม้", **urgent())
    open_office.reporter.submit(waiting)

    response = browser(getattr(open_office, who)).get(reverse("urgent_items"))
    html = response.content.decode()
    assert "น้ำท่วม" in html
    assert "ไฟไหม้" in html
    assert response.context["median"] == 0


def test_export_of_urgent_items_is_logged_and_harmless(open_office: Office):
    page = open_office.draft(title="=cmd()", **urgent())
    open_office.reporter.submit(page)

    response = browser(open_office.overseer).get(reverse("urgent_items"), {"export": "csv"})
    text = b"".join(response).decode()  # type: ignore[arg-type]
    assert "'=cmd()" in text
    assert AuditEvent.objects.filter(
        kind=AuditEvent.Kind.EXPORTED, user=open_office.overseer.user
    ).exists()
