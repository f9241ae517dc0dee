"""Assignments: who says who signs, what that keeps others from, and when it is over."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import PageLogEntry, TaskState

from cms.demonstration.clerk import Clerk
from cms.mail.models import OutgoingMail
from cms.publication.models import Publication
from cms.signoff.assignments import Assignment, assign, candidates_for, unassign
from cms.signoff.models import Signature
from cms.signoff.release_forms import ReleaseSigningForm
from cms.signoff.release_signing import sign_release, sitting_of
from cms.signoff.signing import issue_token
from cms.snapshot.snapshot import latest_snapshot
from tests.admin import browser
from tests.flags import flag
from tests.office import Office
from tests.releasing import signed_by, submitted


@pytest.fixture
def colleague(open_office: Office) -> Clerk:
    """A second approver of the whole office."""
    clerk = open_office.clerk("colleague", "approver")
    clerk.user.email = "colleague@office.example"
    clerk.user.save()
    return clerk


@pytest.fixture
def waiting(open_office: Office) -> Any:
    """An item that waits for the approver."""
    page = open_office.draft()
    open_office.reporter.submit(page)
    open_office.reporter.sign(page)
    return page


def step_of(item: Any) -> TaskState:
    return Office.fresh(item).current_workflow_task_state


def give(item: Any, to: Clerk, by: Clerk, reason: str = "ลาพักร้อน") -> Assignment:
    return assign(step_of(item), to.user, by.user, reason)


# --- who assigns -----------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["approver", "administrator"])
def test_signers_and_the_administrator_assign(
    open_office: Office, waiting: Any, colleague: Clerk, who: str
):
    row = give(waiting, colleague, getattr(open_office, who))

    assert row.to == colleague.user


def test_head_of_the_division_says_who_reports(divisions: Any):
    page = divisions.draft()
    second = divisions.office.member("second-reporter", divisions.finance)
    divisions.finance_reporter.submit(page)

    assert give(page, second, divisions.finance_head).to == second.user


@pytest.mark.parametrize("who", ["reporter", "publisher", "executive", "overseer", "translator"])
def test_others_do_not(open_office: Office, waiting: Any, colleague: Clerk, who: str):
    with pytest.raises(PermissionDenied):
        give(waiting, colleague, getattr(open_office, who))

    assert not Assignment.objects.exists()


def test_head_of_another_division_does_not(divisions: Any):
    page = divisions.draft()
    second = divisions.office.member("second-reporter", divisions.finance)
    divisions.finance_reporter.submit(page)

    with pytest.raises(PermissionDenied):
        give(page, second, divisions.works_head)


def test_reason_is_required(open_office: Office, waiting: Any, colleague: Clerk):
    with pytest.raises(PermissionDenied):
        give(waiting, colleague, open_office.approver, reason=" ")


def test_step_that_is_over_cannot_be_assigned(open_office: Office, waiting: Any, colleague: Clerk):
    step = step_of(waiting)
    open_office.approver.sign(waiting)

    with pytest.raises(PermissionDenied):
        assign(step, colleague.user, open_office.administrator.user, "สาย")


# --- to whom ---------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["publisher", "executive", "root", "overseer"])
def test_nobody_gets_a_right_by_it(open_office: Office, waiting: Any, who: str):
    with pytest.raises(PermissionDenied):
        give(waiting, getattr(open_office, who), open_office.administrator)


def test_who_signed_this_round_or_wrote_the_draft_is_no_candidate(open_office: Office):
    both = open_office.clerk("both", "reporter", "approver")
    author = open_office.clerk("author", "reporter", "approver")
    page = open_office.edit(open_office.draft(), user=author.user, summary="เขียนเอง")
    open_office.reporter.submit(page)
    both.sign(page)

    assert open_office.approver.user in candidates_for(step_of(page))
    for clerk in (both, author):
        with pytest.raises(PermissionDenied):
            give(page, clerk, open_office.administrator)


# --- what it does ----------------------------------------------------------------------------


def test_only_the_assignee_signs(open_office: Office, waiting: Any, colleague: Clerk):
    give(waiting, colleague, open_office.approver)

    with pytest.raises(PermissionDenied):
        open_office.approver.sign(waiting)
    colleague.sign(waiting)
    assert Office.fresh(waiting).current_workflow_task.role == "publisher"


def test_token_made_before_the_assignment_does_not_sign(
    open_office: Office, waiting: Any, colleague: Clerk
):
    step, user = step_of(waiting), open_office.approver.user
    content_hash = latest_snapshot(waiting).content_hash
    words = {
        "full_name": user.get_full_name(),
        "position": user.position,
        "comment": "",
        "checklist": [],
        "checklist_version": 0,
    }
    token = issue_token(user, [step.pk, "approve"], content_hash, words)
    give(waiting, colleague, open_office.approver)
    before = Signature.objects.count()

    with pytest.raises(PermissionDenied):
        step.task.specific.on_action(step, user, "approve", token=token)
    assert Signature.objects.count() == before


def test_others_cannot_return_it_either(open_office: Office, waiting: Any, colleague: Clerk):
    give(waiting, colleague, open_office.approver)

    with pytest.raises(PermissionDenied):
        open_office.approver.sign(waiting, action="reject", comment="แก้ไข")


def test_others_may_still_flag_it(open_office: Office, waiting: Any, colleague: Clerk):
    give(waiting, colleague, open_office.approver)

    assert flag(open_office.approver, waiting) is not None


def test_it_is_over_with_the_step(open_office: Office, waiting: Any, colleague: Clerk):
    give(waiting, colleague, open_office.approver)
    colleague.sign(waiting, action="reject", comment="แก้ไข")
    open_office.reporter.submit(Office.fresh(waiting))
    open_office.reporter.sign(waiting)

    open_office.approver.sign(waiting)


def test_it_can_be_ended(open_office: Office, waiting: Any, colleague: Clerk):
    give(waiting, colleague, open_office.approver)
    with pytest.raises(PermissionDenied):
        unassign(step_of(waiting), open_office.publisher.user)
    unassign(step_of(waiting), open_office.administrator.user)

    open_office.approver.sign(waiting)


def test_account_out_of_use_blocks_nobody(open_office: Office, waiting: Any, colleague: Clerk):
    give(waiting, colleague, open_office.approver)
    colleague.user.is_active = False
    colleague.user.save()

    open_office.approver.sign(waiting)


def test_it_is_passed_on(open_office: Office, waiting: Any, colleague: Clerk):
    give(waiting, colleague, open_office.approver)
    give(waiting, open_office.approver, colleague)

    open_office.approver.sign(waiting)


def test_release_obeys(open_office: Office, colleague: Clerk):
    pages = [open_office.draft(), open_office.draft()]
    release = signed_by(open_office, submitted(open_office, *pages), "reporter")
    give(pages[0], colleague, open_office.approver)
    assert Assignment.objects.count() == 2

    with pytest.raises(PermissionDenied):
        open_office.approver.sign_release(release)
    colleague.sign_release(release)


def test_release_refuses_a_token_made_before(open_office: Office, colleague: Clerk):
    pages = [open_office.draft(), open_office.draft()]
    release = signed_by(open_office, submitted(open_office, *pages), "reporter")
    sitting, user = sitting_of(release), open_office.approver.user
    form = ReleaseSigningForm(signer=user, sitting=sitting)
    words = {
        "full_name": user.get_full_name(),
        "position": user.position,
        "comment": "",
        "checklist": [],
        "checklist_version": form.version,
    }
    token = issue_token(user, sitting.purpose("approve"), form.current_hash, words)
    give(pages[1], colleague, open_office.administrator)

    with pytest.raises(PermissionDenied):
        sign_release(release, user, "approve", token)
    assert not Publication.objects.filter(subject=pages[0].translation_key).exists()


# --- log, mail, screens ----------------------------------------------------------------------


def test_it_is_logged_and_mailed(open_office: Office, waiting: Any, colleague: Clerk):
    give(waiting, colleague, open_office.approver)
    mail = OutgoingMail.objects.get(kind="assigned")
    assert mail.to == "colleague@office.example"
    assert "ลาพักร้อน" in mail.body

    entry = PageLogEntry.objects.filter(action="signoff.assign", page=waiting.pk).get()
    assert entry.user == open_office.approver.user
    assert entry.data["reason"] == "ลาพักร้อน"


def test_it_is_done_in_the_browser(open_office: Office, waiting: Any, colleague: Clerk):
    client = browser(open_office.approver)
    url = reverse("moderation:assign", args=[step_of(waiting).pk])
    assert url in client.get(reverse("moderation:queue")).content.decode()

    assert client.get(url).status_code == 200
    wrong = client.post(url, {"to": open_office.publisher.user.pk, "reason": "x"})
    assert wrong.status_code == 200
    assert client.post(url, {"to": colleague.user.pk, "reason": "x"}).status_code == 302
    assert Assignment.objects.get().to == colleague.user

    client = browser(open_office.administrator)
    assert client.post(url, {"action": "unassign"}).status_code == 302
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("who", ["publisher", "reporter", "overseer"])
def test_form_is_not_for_others(open_office: Office, waiting: Any, colleague: Clerk, who: str):
    client = browser(getattr(open_office, who))
    url = reverse("moderation:assign", args=[step_of(waiting).pk])

    assert client.get(url).status_code == 302
    assert client.post(url, {"to": colleague.user.pk, "reason": "x"}).status_code == 302
    assert not Assignment.objects.exists()
