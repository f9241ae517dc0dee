"""Who may sign for which division, and in which capacity."""

import datetime
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import TaskState

from cms.accounts.models import User
from cms.demonstration.clerk import Clerk
from cms.divisions.models import Membership
from cms.publication.models import Publication
from cms.publication.publish import NotSigned, check_signatures
from cms.publication.withdraw import withdrawable_by, withdrawing_role
from cms.signoff.models import Signature, SignedTask
from cms.signoff.roles import Role
from cms.signoff.rounds import standing_signatures
from cms.signoff.signers import entitled_users, signers_of, signing_scope
from cms.snapshot.snapshot import latest_snapshot
from pages.models import Banner, Position
from tests.divided import Divisions
from tests.office import Office, image
from tests.publication.withdrawing import ask, confirm, latest

DAY = datetime.timedelta(days=1)


def at_approver(divisions: Divisions, item=None):
    """An item of finance that waits for the approver."""
    item = item or divisions.draft()
    divisions.finance_reporter.submit(item)
    divisions.finance_reporter.sign(item)
    return item


def names(users) -> set[str]:
    return set(users.values_list("username", flat=True))


def step(item) -> SignedTask:
    """The present step of an item."""
    return type(item).objects.get(pk=item.pk).current_workflow_task.specific


def test_division_signs_for_itself_and_the_publisher_for_all(divisions: Divisions):
    page = at_approver(divisions)
    divisions.finance_head.sign(page)
    divisions.office.publisher.sign(page)

    assert Publication.objects.effective().filter(subject=page.translation_key).exists()


@pytest.mark.parametrize("who", ["works_reporter", "finance_head"])
def test_reporters_step_is_for_reporters_of_the_division(divisions: Divisions, who: str):
    page = divisions.draft()
    divisions.finance_reporter.submit(page)

    with pytest.raises(PermissionDenied):
        getattr(divisions, who).sign(page)


@pytest.mark.parametrize("who", ["works_head", "finance_member", "root"])
def test_approvers_step_is_for_the_head_of_the_division(divisions: Divisions, who: str):
    office = divisions.office
    others = {
        "works_head": divisions.works_head,
        "finance_member": office.member("member", divisions.finance, "approver"),
        "root": office.root,
    }
    page = at_approver(divisions)

    with pytest.raises(PermissionDenied):
        others[who].sign(page)
    assert Signature.objects.filter(user=others[who].user).count() == 0


def test_head_outside_the_approvers_group_does_not_approve(divisions: Divisions):
    clerk = divisions.office.clerk("untitled", "reporter", everywhere=False)
    divisions.office.join(clerk.user, divisions.finance, is_head=True)
    page = at_approver(divisions)

    with pytest.raises(PermissionDenied):
        clerk.sign(page)


def test_approver_of_the_whole_office_approves_for_each_division(divisions: Divisions):
    page = at_approver(divisions)

    divisions.office.approver.sign(page)

    assert step(page).role == Role.PUBLISHER


def test_item_without_a_division_is_the_whole_offices(divisions: Divisions):
    office = divisions.office
    page = office.draft()
    office.reporter.submit(page)
    with pytest.raises(PermissionDenied):
        divisions.finance_reporter.sign(page)
    office.reporter.sign(page)
    with pytest.raises(PermissionDenied):
        divisions.finance_head.sign(page)
    office.approver.sign(page)


def test_acting_head_signs_without_the_group_and_it_stands_in_the_record(
    divisions: Divisions,
):
    acting = divisions.works_reporter
    divisions.office.appoint(acting, divisions.finance)
    page = at_approver(divisions)

    acting.sign(page)

    signature = Signature.objects.get(user=acting.user)
    assert signature.role == Role.APPROVER
    assert "หัวหน้ากองคลัง" in signature.capacity
    assert "12/2570" in signature.capacity
    assert list(Signature.verified())  # the capacity is sealed with the rest
    divisions.office.publisher.sign(page)
    assert Publication.objects.effective().filter(subject=page.translation_key).exists()


def test_own_position_needs_no_capacity(divisions: Divisions):
    page = at_approver(divisions)
    divisions.finance_head.sign(page)

    assert not Signature.objects.exclude(capacity="").exists()


@pytest.mark.parametrize("days", [(-30, -1), (1, 30)])
def test_expired_and_future_appointments_do_not_count(divisions: Divisions, days: tuple):
    since, until = (timezone.localdate() + number * DAY for number in days)
    divisions.office.appoint(divisions.works_head, divisions.finance, since=since, until=until)
    page = at_approver(divisions)

    with pytest.raises(PermissionDenied):
        divisions.works_head.sign(page)


def test_one_person_can_act_in_two_divisions(divisions: Divisions):
    office = divisions.office
    third = office.department(title="กองการศึกษา")
    divisions.office.appoint(divisions.works_head, divisions.finance)
    office.appoint(
        divisions.works_head, third, order_number="13/2570", post_title="หัวหน้ากองการศึกษา"
    )
    pages = [at_approver(divisions), divisions.draft()]
    office.edit(pages[1], user=office.reporter.user, department=third)
    office.reporter.submit(pages[1])
    office.reporter.sign(pages[1])

    for page in pages:
        divisions.works_head.sign(page)

    found = Signature.objects.filter(user=divisions.works_head.user)
    assert [signature.capacity.rsplit(maxsplit=1)[-1] for signature in found] == [
        "12/2570",
        "13/2570",
    ]


def test_appointment_to_the_head_is_none_to_the_executive(divisions: Divisions):
    divisions.office.appoint(divisions.works_head, divisions.finance)
    page = divisions.draft(is_urgent=True, benefits="ก", harms="ข", after_effects="ค")
    at_approver(divisions, page)
    divisions.finance_head.sign(page)

    with pytest.raises(PermissionDenied):
        divisions.works_head.sign(page)


def test_acting_executive_screens(divisions: Divisions):
    divisions.office.appoint(divisions.works_head, None, post_title="นายก")
    page = divisions.draft(is_urgent=True, benefits="ก", harms="ข", after_effects="ค")
    at_approver(divisions, page)
    divisions.finance_head.sign(page)

    divisions.works_head.sign(page)

    assert "นายก" in Signature.objects.get(user=divisions.works_head.user).capacity
    assert step(page).role == Role.PUBLISHER


def test_appointed_person_still_does_not_sign_twice(divisions: Divisions):
    divisions.office.appoint(divisions.finance_reporter, divisions.finance)
    page = at_approver(divisions)

    with pytest.raises(PermissionDenied):
        divisions.finance_reporter.sign(page)


def test_right_that_ends_between_dialog_and_act_is_gone(divisions: Divisions):
    page = at_approver(divisions)
    task_state = divisions.office.fresh(page).current_workflow_task_state
    task = task_state.task.specific
    assert task.get_actions(divisions.office.fresh(page), divisions.finance_head.user)
    term = Membership.objects.get(user=divisions.finance_head.user)
    term.until = timezone.localdate() - DAY
    term.save()

    with pytest.raises(PermissionDenied):
        task.on_action(task_state, divisions.finance_head.user, "approve", token="x")


def test_signature_of_a_right_that_was_taken_back_does_not_publish(divisions: Divisions):
    page = at_approver(divisions)
    divisions.finance_head.sign(page)
    term = Membership.objects.get(user=divisions.finance_head.user)
    term.until = timezone.localdate() - DAY
    term.save()
    before = Office.public()

    with pytest.raises(PermissionDenied):
        divisions.office.publisher.sign(page)

    assert Office.public() == before
    assert not Signature.objects.filter(role=Role.PUBLISHER, subject=page.translation_key).exists()


def test_signatures_of_another_divisions_people_do_not_publish(divisions: Divisions):
    page = at_approver(divisions)
    divisions.finance_head.sign(page)
    state = divisions.office.fresh(page).current_workflow_state
    signatures = standing_signatures(state)
    signatures[1].user_id = divisions.works_head.user.pk
    publisher = Signature(
        role=Role.PUBLISHER,
        user=divisions.office.publisher.user,
        content_hash=signatures[0].content_hash,
        signed_at=timezone.now(),
    )

    with pytest.raises(NotSigned):
        check_signatures(latest_snapshot(page), [*signatures, publisher])


def test_signers_of_names_who_may_sign_now(divisions: Divisions):
    office = divisions.office
    page = divisions.draft()
    divisions.finance_reporter.submit(page)
    assert names(signers_of(step(page), office.fresh(page))) == {"finance-reporter", "reporter"}

    divisions.finance_reporter.sign(page)
    office.appoint(divisions.works_head, divisions.finance)
    assert names(signers_of(step(page), office.fresh(page))) == {
        "finance-head",
        "approver",
        "works-head",
    }
    User.objects.filter(username="approver").update(is_active=False)
    assert "approver" not in names(signers_of(step(page), office.fresh(page)))


def test_signers_of_leaves_out_who_wrote_the_draft(divisions: Divisions):
    page = divisions.draft(by=divisions.finance_head)
    divisions.finance_reporter.submit(page)
    divisions.finance_reporter.sign(page)

    assert names(signers_of(step(page), divisions.office.fresh(page))) == {"approver"}


def test_both_ends_of_the_rule_agree(divisions: Divisions):
    office = divisions.office
    office.appoint(divisions.works_reporter, divisions.finance)
    office.appoint(divisions.works_head, None, post_title="นายก")
    places = [None, divisions.finance.translation_key, divisions.works.translation_key]

    for task in SignedTask.objects.all():
        for user in User.objects.all():
            scope = signing_scope(user, task)
            for place in places:
                entitled = entitled_users(task, place).filter(pk=user.pk).exists()
                assert scope.covers(place) == entitled, (task, user, place)


def test_each_sees_only_what_waits_for_the_own_division(divisions: Divisions):
    page = at_approver(divisions)
    waiting = TaskState.objects.get(status="in_progress")
    task = step(page)

    def seen(clerk: Clerk) -> list:
        return list(task.get_task_states_user_can_moderate(clerk.user))

    assert seen(divisions.finance_head) == [waiting]
    assert seen(divisions.office.approver) == [waiting]
    assert seen(divisions.works_head) == []
    assert seen(divisions.finance_reporter) == []
    assert seen(divisions.office.root) == []


def test_position_and_the_divisions_own_record_are_signed_by_the_division(
    divisions: Divisions,
):
    office = divisions.office
    position = office.record(
        Position, title="ผู้อำนวยการ", group="administration", department=divisions.finance
    )
    for item in (position, divisions.finance):
        divisions.finance_reporter.submit(item)
        with pytest.raises(PermissionDenied):
            divisions.works_reporter.sign(item)
        divisions.finance_reporter.sign(item)
        assert step(item).get_task_states_user_can_moderate(divisions.finance_head.user)
        assert not step(item).get_task_states_user_can_moderate(divisions.works_head.user)
        divisions.finance_head.sign(item)


def test_record_without_a_division_is_signed_by_the_whole_office(divisions: Divisions):
    banner = divisions.office.record(
        Banner, title="แบนเนอร์", image=image(), image_alt="ก", link_url="https://example.go.th"
    )
    divisions.office.reporter.submit(banner)

    with pytest.raises(PermissionDenied):
        divisions.finance_reporter.sign(banner)
    divisions.office.reporter.sign(banner)


def test_withdrawal_is_signed_for_the_division(divisions: Divisions):
    page = at_approver(divisions)
    divisions.finance_head.sign(page)
    divisions.office.publisher.sign(page)
    publication = latest(page)

    assert withdrawing_role(divisions.works_head.user, publication) is None
    with pytest.raises(PermissionDenied):
        ask(divisions.works_head, publication)
    withdrawal = ask(divisions.finance_head, publication)
    with pytest.raises(PermissionDenied):
        confirm(divisions.works_head, withdrawal)
    seen = Publication.objects.filter(withdrawable_by(divisions.works_head.user))
    assert publication not in seen
    assert publication in Publication.objects.filter(withdrawable_by(divisions.finance_head.user))
    confirm(divisions.office.publisher, withdrawal)


def test_acting_head_withdraws_in_that_capacity(divisions: Divisions):
    divisions.office.appoint(divisions.works_head, divisions.finance)
    page = at_approver(divisions)
    divisions.finance_head.sign(page)
    divisions.office.publisher.sign(page)

    ask(divisions.works_head, latest(page))

    assert "12/2570" in Signature.objects.get(user=divisions.works_head.user).capacity


def test_signatures_of_a_publication_are_those_of_its_division(divisions: Divisions):
    page = at_approver(divisions)
    divisions.finance_head.sign(page)
    divisions.office.publisher.sign(page)

    sequences = json.loads(latest(page).signatures)
    people = Signature.objects.filter(sequence__in=sequences).values_list("user__username")
    assert [name for (name,) in people] == ["finance-reporter", "finance-head", "publisher"]
