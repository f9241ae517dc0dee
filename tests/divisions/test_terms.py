"""Memberships and appointments hold on their days, and nobody rewrites the past."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.divisions.models import Appointment, Membership
from tests.divided import Divisions
from tests.office import LONG_AGO

TODAY = timezone.localdate
DAY = datetime.timedelta(days=1)


def appointment(divisions: Divisions, **fields) -> Appointment:
    """An acting appointment to finance that nothing is wrong with, but for `fields`."""
    values = {
        "user": divisions.works_head.user,
        "kind": "acting",
        "for_role": "approver",
        "department": divisions.finance,
        "post_title": "หัวหน้ากองคลัง",
        "order_number": "12/2570",
        "since": TODAY(),
        "until": TODAY() + 7 * DAY,
    }
    return Appointment(**{**values, **fields})


def test_right_appointment_is_accepted(divisions: Divisions):
    appointment(divisions).full_clean()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"order_number": ""}, "order_number"),
        ({"until": None}, "until"),
        ({"department": None}, "department"),
        ({"for_role": "executive"}, "department"),
        ({"until": datetime.date(2020, 1, 1)}, "until"),
        ({"until": datetime.date(2570, 1, 31)}, "until"),
    ],
)
def test_appointment_that_says_too_little_or_wrongly_is_refused(
    divisions: Divisions, fields: dict, wrong: str
):
    with pytest.raises(ValidationError) as refusal:
        appointment(divisions, **fields).full_clean()

    assert wrong in refusal.value.error_dict


def test_deputy_needs_neither_order_nor_last_day(divisions: Divisions):
    appointment(divisions, kind="deputy", order_number="", until=None).full_clean()


def test_account_that_cannot_enter_is_not_appointed(divisions: Divisions):
    outsider = divisions.office.clerk("outsider", everywhere=False)

    with pytest.raises(ValidationError) as refusal:
        appointment(divisions, user=outsider.user).full_clean()

    assert "user" in refusal.value.error_dict


def test_term_holds_from_its_first_to_its_last_day(divisions: Divisions):
    user = divisions.finance_head.user
    term = Membership(user=user, since=TODAY() - 2 * DAY, until=TODAY() + 2 * DAY)

    assert [term.is_in_force(TODAY() + n * DAY) for n in (-3, -2, 0, 2, 3)] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_membership_of_the_same_division_does_not_overlap(divisions: Divisions):
    again = Membership(user=divisions.finance_head.user, department=divisions.finance)

    with pytest.raises(ValidationError):
        again.full_clean()


@pytest.mark.parametrize("name", ["is_head", "since", "user_id", "department_id"])
def test_term_that_has_begun_is_not_rewritten(divisions: Divisions, name: str):
    term = Membership.objects.get(user=divisions.finance_reporter.user)
    changed = {
        "is_head": True,
        "since": LONG_AGO - DAY,
        "user_id": divisions.works_head.user.pk,
        "department_id": divisions.works.pk,
    }
    setattr(term, name, changed[name])

    with pytest.raises(ValidationError):
        term.save()


def test_term_that_has_begun_can_end_today_or_at_once(divisions: Divisions):
    term = Membership.objects.get(user=divisions.finance_reporter.user)

    for last_day in (TODAY() + 30 * DAY, TODAY(), TODAY() - DAY):
        term.until = last_day
        term.full_clean()
        term.save()

    assert not Membership.objects.in_force().filter(pk=term.pk).exists()


def test_term_does_not_end_before_people_signed_by_it(divisions: Divisions):
    term = Membership.objects.get(user=divisions.finance_reporter.user)
    term.until = TODAY() - 2 * DAY

    with pytest.raises(ValidationError):
        term.save()


def test_mistake_can_be_ended_on_its_first_day(divisions: Divisions):
    term = divisions.office.join(divisions.works_head.user, divisions.finance, since=TODAY())
    term.until = TODAY() - DAY

    term.full_clean()
    term.save()

    assert not term.is_in_force()


def test_term_that_is_over_stays_as_it_was(divisions: Divisions):
    user = divisions.works_head.user
    term = divisions.office.join(user, divisions.finance, until=TODAY() - 9 * DAY)
    term.until = None

    with pytest.raises(ValidationError):
        term.save()


def test_term_that_has_begun_is_not_deleted(divisions: Divisions):
    term = Membership.objects.get(user=divisions.finance_reporter.user)

    with pytest.raises(ValidationError):
        term.delete()

    assert Membership.objects.filter(pk=term.pk).exists()


def test_first_day_cannot_be_moved_to_delete_a_term(divisions: Divisions):
    term = Membership.objects.get(user=divisions.finance_reporter.user)
    term.since = TODAY() + DAY

    with pytest.raises(ValidationError):
        term.delete()


def test_term_that_has_not_begun_can_be_changed_and_deleted(divisions: Divisions):
    term = divisions.office.join(
        divisions.works_head.user, divisions.finance, since=TODAY() + 5 * DAY
    )
    term.is_head = True
    term.save()

    term.delete()

    assert not Membership.objects.filter(pk=term.pk).exists()
