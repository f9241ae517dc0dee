"""Urgent and sensitive items: who flags them, what that changes, and how the time is kept."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from cms.mail.models import OutgoingMail
from cms.publication.models import Publication
from cms.signoff.flag_times import median_minutes, timed
from cms.signoff.flagging import flag_item
from cms.signoff.models import Decision, Flag, FlagDecision, Signature
from cms.signoff.rounds import standing_signatures
from tests.admin import browser
from tests.flags import filled_in, flag
from tests.office import Office
from tests.releasing import submitted
from tests.website.reading import urgent


@pytest.fixture
def waiting(open_office: Office) -> Any:
    """An item that waits for the approver."""
    page = open_office.draft()
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    return page


def role_of(item: Any) -> str:
    return Office.fresh(item).current_workflow_task.role


def draft_of(item: Any) -> Any:
    return Office.fresh(item).get_latest_revision_as_object()


def give_addresses(office: Office) -> None:
    for name in ("reporter", "approver", "executive", "publisher", "root"):
        user = getattr(office, name).user
        user.email = f"{name}@office.example"
        user.save()


def told() -> set[str]:
    rows = OutgoingMail.objects.filter(kind="flagged").values_list("to", flat=True)
    return {address.removesuffix("@office.example") for address in rows}


# --- the act ---------------------------------------------------------------------------------


def test_flag_starts_again_at_the_first_signer_with_the_executive_on_the_way(
    open_office: Office, waiting: Any
):
    flag(open_office.approver, waiting)

    assert role_of(waiting) == "reporter"
    assert standing_signatures(open_office.fresh(waiting).current_workflow_state) == []
    for clerk in (open_office.reporter, open_office.approver):
        clerk.sign(waiting)
    assert role_of(waiting) == "executive"


def test_flag_writes_boxes_and_assessment_into_a_new_draft(open_office: Office, waiting: Any):
    before = waiting.latest_revision_id
    flag(open_office.approver, waiting)

    draft = draft_of(waiting)
    assert (draft.is_urgent, draft.is_sensitive) == (True, False)
    assert draft.harms == "อาจตื่นตระหนก"
    assert open_office.fresh(waiting).latest_revision_id != before


def test_flagged_draft_stays_its_authors(open_office: Office, waiting: Any):
    flag(open_office.approver, waiting)

    revision = open_office.fresh(waiting).get_latest_revision()
    assert revision.user == open_office.reporter.user
    open_office.reporter.sign(waiting)
    open_office.approver.sign(waiting)  # who flagged it did not become its author


def test_author_cannot_approve_the_own_draft_after_somebody_flagged_it(open_office: Office):
    author = open_office.clerk("author", "approver", "reporter")
    page = open_office.edit(open_office.draft(), user=author.user, summary="เขียนเอง")
    open_office.reporter.submit(page)
    flag(open_office.reporter, page)
    open_office.reporter.sign(page)

    with pytest.raises(PermissionDenied):
        author.sign(page)


def test_flag_is_a_signature_on_what_the_signer_read(open_office: Office, waiting: Any):
    form = filled_in(open_office.approver, waiting)
    flag(open_office.approver, waiting)

    signature = Signature.objects.last()
    assert signature is not None
    assert (signature.decision, signature.role) == (Decision.FLAG, "approver")
    assert signature.content_hash == form.snapshot.content_hash
    assert signature.comment == "น้ำกำลังท่วม"
    assert Flag.objects.get().signature == signature.sequence
    list(Signature.verified())


def test_reason_stands_in_the_cancelled_step(open_office: Office, waiting: Any):
    step = open_office.fresh(waiting).current_workflow_task_state
    flag(open_office.approver, waiting)

    step.refresh_from_db()
    assert step.status == "cancelled"
    assert "น้ำกำลังท่วม" in step.comment


def test_flagged_item_is_published_with_every_signature(open_office: Office, waiting: Any):
    flag(open_office.approver, waiting)
    for clerk in open_office.signers(draft_of(waiting)):
        clerk.sign(waiting)

    assert Publication.objects.standing().filter(subject=waiting.translation_key).exists()


def test_urgent_item_can_be_flagged_as_sensitive_too(open_office: Office):
    page = open_office.draft(**urgent())
    open_office.reporter.submit(page)

    flag(open_office.reporter, page, is_sensitive="on")

    draft = draft_of(page)
    assert (draft.is_urgent, draft.is_sensitive) == (True, True)


# --- refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["publisher", "executive", "administrator", "root", "overseer"])
def test_who_may_not_sign_the_step_cannot_flag(open_office: Office, waiting: Any, who: str):
    with pytest.raises(PermissionDenied):
        flag(getattr(open_office, who), waiting)

    assert not Flag.objects.exists()
    assert role_of(waiting) == "approver"


def test_other_divisions_head_cannot_flag(divisions: Any):
    page = divisions.draft()
    divisions.finance_reporter.submit(page)
    divisions.finance_reporter.sign(page)

    with pytest.raises(PermissionDenied):
        flag(divisions.works_head, page)


@pytest.mark.parametrize(
    "field", ["password", "reason", "benefits", "harms", "after_effects", "full_name", "is_urgent"]
)
def test_every_part_is_required(open_office: Office, waiting: Any, field: str):
    with pytest.raises(PermissionDenied):
        flag(open_office.approver, waiting, **{field: ""})


def test_wrong_password_flags_nothing(open_office: Office, waiting: Any):
    with pytest.raises(PermissionDenied):
        flag(open_office.approver, waiting, password="wrong")

    assert not Signature.objects.filter(decision=Decision.FLAG).exists()


def test_second_flag_with_the_same_token_is_refused(open_office: Office, waiting: Any):
    form = filled_in(open_office.approver, waiting)
    assert form.is_valid()
    token = form.token()
    flag_item(form.task_state, open_office.approver.user, token)

    with pytest.raises(PermissionDenied):
        flag_item(form.task_state, open_office.approver.user, token)
    assert Flag.objects.count() == 1


def test_same_flag_twice_is_refused(open_office: Office, waiting: Any):
    flag(open_office.approver, waiting)

    with pytest.raises(PermissionDenied):
        flag(open_office.reporter, waiting)


def test_token_of_another_person_is_refused(open_office: Office, waiting: Any):
    colleague = open_office.clerk("second-approver", "approver")
    form = filled_in(open_office.approver, waiting)
    assert form.is_valid()

    with pytest.raises(PermissionDenied):
        flag_item(form.task_state, colleague.user, form.token())


def test_token_for_signing_does_not_flag(open_office: Office, waiting: Any):
    from cms.signoff.signing import issue_token

    form = filled_in(open_office.approver, waiting)
    assert form.is_valid()
    user, content_hash = open_office.approver.user, form.snapshot.content_hash
    token = issue_token(user, [form.task_state.pk, "approve"], content_hash, {"comment": "x"})

    with pytest.raises(PermissionDenied):
        flag_item(form.task_state, user, token)


def test_token_without_an_assessment_is_refused(open_office: Office, waiting: Any):
    form = filled_in(open_office.approver, waiting)
    assert form.is_valid()
    form.cleaned_data["harms"] = " "

    with pytest.raises(PermissionDenied):
        flag_item(form.task_state, open_office.approver.user, form.token())


def test_flag_of_a_changed_draft_is_refused(open_office: Office, waiting: Any):
    form = filled_in(open_office.approver, waiting)
    assert form.is_valid()
    open_office.edit(waiting, title="อีกเรื่อง")

    flag_item(form.task_state, open_office.approver.user, form.token())
    assert not Flag.objects.exists()
    assert role_of(waiting) == "reporter"  # what had been signed was not this


def test_records_without_these_fields_cannot_be_flagged(open_office: Office):
    division = open_office.department()
    open_office.reporter.submit(division)
    url = reverse("moderation:flag", args=[division.current_workflow_task_state.pk])

    response = browser(open_office.reporter).get(url)

    assert response.status_code == 302


def test_item_of_a_release_cannot_be_flagged_alone(open_office: Office):
    page = open_office.draft()
    submitted(open_office, page, open_office.draft())

    with pytest.raises(PermissionDenied):
        flag(open_office.reporter, page)


# --- no way around the executive -------------------------------------------------------------


def test_leaving_the_boxes_out_again_does_not_pass_the_executive(open_office: Office, waiting: Any):
    flag(open_office.approver, waiting)
    open_office.reporter.sign(waiting, action="reject", comment="แก้ไข")
    open_office.edit(waiting, is_urgent=False)
    open_office.reporter.submit(open_office.fresh(waiting))

    with pytest.raises(PermissionDenied):
        open_office.reporter.sign(waiting)


def test_after_the_executive_returned_it_the_author_may_leave_them_out(
    open_office: Office, waiting: Any
):
    flag(open_office.approver, waiting)
    open_office.reporter.sign(waiting)
    open_office.approver.sign(waiting)
    open_office.executive.sign(waiting, action="reject", comment="ไม่เร่งด่วน")
    open_office.edit(waiting, is_urgent=False)
    open_office.reporter.submit(open_office.fresh(waiting))

    for clerk in (open_office.reporter, open_office.approver):
        clerk.sign(waiting)
    assert role_of(waiting) == "publisher"


# --- the time --------------------------------------------------------------------------------


def test_submitting_an_urgent_draft_starts_the_time(open_office: Office):
    page = open_office.draft(**urgent())
    open_office.reporter.submit(page)

    row = Flag.objects.get()
    assert (row.flagged_by, row.signature) == (open_office.reporter.user, None)
    assert (row.is_urgent, row.is_sensitive) == (True, False)


def test_ordinary_submission_starts_none(open_office: Office):
    open_office.reporter.submit(open_office.draft())

    assert not Flag.objects.exists()


def test_executives_signature_stops_the_time(open_office: Office, waiting: Any):
    row = flag(open_office.approver, waiting)
    for clerk in (open_office.reporter, open_office.approver, open_office.executive):
        clerk.sign(waiting)

    outcome = FlagDecision.objects.get(flag=row)
    assert (outcome.decision, outcome.decided_by) == ("approve", open_office.executive.user)


def test_executives_return_stops_it_and_the_next_round_is_timed_anew(open_office: Office):
    page = open_office.draft(**urgent())
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    open_office.approver.sign(page)
    open_office.executive.sign(page, action="reject", comment="แก้ไข")
    open_office.reporter.submit(open_office.fresh(page))

    assert FlagDecision.objects.get().decision == "reject"
    assert Flag.objects.count() == 2
    assert Flag.objects.undecided().count() == 1


def test_returns_of_others_do_not_stop_it(open_office: Office):
    page = open_office.draft(**urgent())
    open_office.reporter.submit(page)
    open_office.reporter.sign(page, action="reject", comment="แก้ไข")
    open_office.reporter.submit(open_office.fresh(page))

    assert Flag.objects.undecided().count() == Flag.objects.count() == 1


def test_author_may_take_the_own_flag_back(open_office: Office):
    page = open_office.draft(**urgent())
    open_office.reporter.submit(page)
    open_office.reporter.sign(page, action="reject", comment="แก้ไข")
    open_office.edit(page, is_urgent=False)
    open_office.reporter.submit(open_office.fresh(page))

    assert FlagDecision.objects.get().decision == "taken-back"
    open_office.reporter.sign(page)


def test_executives_signature_on_a_release_stops_the_time(open_office: Office):
    page = open_office.draft(**urgent())
    release = submitted(open_office, page, open_office.draft())
    for clerk in (open_office.reporter, open_office.approver, open_office.executive):
        clerk.sign_release(release)

    assert FlagDecision.objects.get().decided_by == open_office.executive.user


def test_time_is_counted_in_minutes_and_in_working_hours(db: Any):
    bangkok = timezone.get_default_timezone()
    friday = datetime.datetime(2026, 11, 20, 16, 0, tzinfo=bangkok)
    row = Flag.objects.create(
        subject="00000000-0000-4000-8000-000000000000",
        locale="th",
        title="น้ำท่วม",
        workflow_state_id=1,
        is_urgent=True,
        is_sensitive=False,
        flagged_at=friday,
    )
    monday = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=bangkok)
    FlagDecision.objects.create(flag=row, decision="approve", decided_at=monday)

    times = timed(Flag.objects.select_related("outcome"))
    assert (times[0].minutes, times[0].working_hours) == (65 * 60, 1.0)
    assert median_minutes(times) == 65 * 60


def test_flags_and_decisions_cannot_be_changed(open_office: Office, waiting: Any):
    row = flag(open_office.approver, waiting)
    for clerk in (open_office.reporter, open_office.approver, open_office.executive):
        clerk.sign(waiting)
    assert row is not None

    for statement in (
        "UPDATE signoff_flag SET reason = 'x'",
        "DELETE FROM signoff_flag",
        "UPDATE signoff_flagdecision SET decided_at = '2020-01-01'",
        "DELETE FROM signoff_flagdecision",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert FlagDecision.objects.get().flag == row


# --- who is told -----------------------------------------------------------------------------


def test_executive_and_the_signers_before_are_told_at_once(open_office: Office, waiting: Any):
    give_addresses(open_office)
    flag(open_office.approver, waiting)

    assert told() == {"executive", "reporter"}  # but for whoever flagged it
    assert {mail.state for mail in OutgoingMail.objects.filter(kind="flagged")} == {"waiting"}


def test_whoever_acts_for_the_executive_is_told(open_office: Office, waiting: Any):
    give_addresses(open_office)
    deputy = open_office.clerk("deputy")
    deputy.user.email = "deputy@office.example"
    deputy.user.save()
    open_office.appoint(deputy, None)
    flag(open_office.approver, waiting)

    assert "deputy" in told()


def test_executive_alone_is_told_of_what_the_author_calls_urgent(open_office: Office):
    give_addresses(open_office)
    open_office.reporter.submit(open_office.draft(**urgent()))

    assert told() == {"executive"}


# --- the screens -----------------------------------------------------------------------------


def test_signer_flags_in_the_browser(open_office: Office, waiting: Any):
    client = browser(open_office.approver)
    step = open_office.fresh(waiting).current_workflow_task_state
    url = reverse("moderation:flag", args=[step.pk])
    assert url in client.get(reverse("moderation:sign", args=[step.pk])).content.decode()
    values = dict(filled_in(open_office.approver, waiting).data.items())

    assert client.get(url).status_code == 200
    wrong = client.post(url, {**values, "password": "wrong"})
    assert wrong.status_code == 200
    assert values["reason"] in wrong.content.decode()
    assert client.post(url, values).status_code == 302
    assert Flag.objects.count() == 1


@pytest.mark.parametrize("who", ["publisher", "root"])
def test_form_is_not_shown_to_others(open_office: Office, waiting: Any, who: str):
    step = open_office.fresh(waiting).current_workflow_task_state
    url = reverse("moderation:flag", args=[step.pk])

    assert browser(getattr(open_office, who)).get(url).status_code == 302


def test_signing_screen_and_record_show_the_time(open_office: Office, waiting: Any):
    flag(open_office.approver, waiting)
    step = open_office.fresh(waiting).current_workflow_task_state
    screen = browser(open_office.reporter).get(reverse("moderation:sign", args=[step.pk]))
    assert screen.context["reading"].flags[0].is_decided is False
    assert "น้ำกำลังท่วม" in screen.content.decode()

    for clerk in open_office.signers(draft_of(waiting)):
        clerk.sign(waiting)
    row = Publication.objects.get(subject=waiting.translation_key)
    record = browser(open_office.overseer).get(reverse("publications:record", args=[row.pk]))
    assert [time.is_decided for time in record.context["flags"]] == [True]
    assert WorkflowState.objects.get(pk=step.workflow_state_id).status == "approved"
