"""Which divisions a person edits for."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.accounts.models import User
from cms.divisions.capacity import capacity_of
from cms.divisions.heads import heads_of
from cms.divisions.scope import scope_of
from tests.divided import Divisions
from tests.office import Office

DAY = datetime.timedelta(days=1)


def fresh(clerk) -> User:
    """The account as another request would load it."""
    return User.objects.get(pk=clerk.user.pk)


@pytest.mark.parametrize(
    "role", ["publisher", "executive", "translator", "overseer", "administrator", "root"]
)
def test_some_roles_cover_everything(open_office: Office, role: str):
    user = fresh(getattr(open_office, role))
    user.memberships.all()._raw_delete("default")

    assert scope_of(user).everything


def test_member_covers_the_division_in_every_language(divisions: Divisions):
    english = divisions.finance.copy_for_translation(divisions.office.english)
    english.save()
    scope = scope_of(fresh(divisions.finance_reporter))

    assert scope.covers(divisions.finance.translation_key)
    assert scope.covers_ids({divisions.finance.pk, english.pk})
    assert not scope.covers(divisions.works.translation_key)
    assert not scope.covers_ids({divisions.finance.pk, divisions.works.pk})


def test_member_of_a_division_does_not_cover_what_belongs_to_none(divisions: Divisions):
    scope = scope_of(fresh(divisions.finance_reporter))

    assert not scope.covers(None)
    assert not scope.covers_ids({None})


def test_member_of_the_whole_office_covers_everything(divisions: Divisions):
    assert scope_of(fresh(divisions.office.reporter)).everything


@pytest.mark.parametrize("role", ["reporter", "approver"])
def test_nobody_without_a_membership_covers_anything(open_office: Office, role: str):
    newcomer = open_office.clerk("newcomer", role, everywhere=False)

    assert not scope_of(newcomer.user)


@pytest.mark.parametrize("days", [(-30, -1), (1, 30)])
def test_expired_and_future_memberships_do_not_count(divisions: Divisions, days: tuple):
    clerk = divisions.office.clerk("newcomer", "reporter", everywhere=False)
    since, until = (timezone.localdate() + number * DAY for number in days)
    divisions.office.join(clerk.user, divisions.finance, since=since, until=until)

    assert not scope_of(fresh(clerk))


def test_inactive_account_covers_nothing(divisions: Divisions):
    User.objects.filter(pk=divisions.office.publisher.user.pk).update(is_active=False)

    assert not scope_of(fresh(divisions.office.publisher))


def test_appointment_gives_no_right_to_edit(divisions: Divisions):
    divisions.office.appoint(divisions.works_head, divisions.finance)

    assert not scope_of(fresh(divisions.works_head)).covers(divisions.finance.translation_key)


def test_scope_is_asked_for_once_a_request(divisions: Divisions):
    user = fresh(divisions.finance_reporter)
    scope_of(user)

    with CaptureQueriesContext(connection) as captured:
        scope_of(user)

    assert len(captured) == 0


def test_scope_costs_the_same_for_many_divisions(divisions: Divisions):
    with CaptureQueriesContext(connection) as one:
        scope_of(fresh(divisions.finance_reporter))
    for number in range(5):
        department = divisions.office.department(title=f"กองที่ {number}")
        divisions.office.join(divisions.finance_reporter.user, department)
    with CaptureQueriesContext(connection) as many:
        scope_of(fresh(divisions.finance_reporter))

    assert len(one) == len(many)


def test_heads_are_the_head_and_whoever_acts_for_the_head(divisions: Divisions):
    divisions.office.appoint(divisions.works_reporter, divisions.finance)

    assert heads_of(divisions.finance.translation_key) == [
        divisions.finance_head.user,
        divisions.works_reporter.user,
    ]
    assert heads_of(None) == []


def test_capacity_names_post_and_order_in_the_language_of_the_item(divisions: Divisions):
    divisions.office.appoint(divisions.works_head, divisions.finance)
    key = divisions.finance.translation_key

    thai = capacity_of(divisions.works_head.user, "approver", key, "th")
    english = capacity_of(divisions.works_head.user, "approver", key, "en")

    assert "หัวหน้ากองคลัง" in thai
    assert "12/2570" in thai
    assert "Head of the Finance Division" in english


def test_capacity_is_empty_in_the_own_position(divisions: Divisions):
    divisions.office.appoint(divisions.works_head, divisions.finance)
    user = divisions.works_head.user

    assert capacity_of(user, "approver", divisions.works.translation_key, "th") == ""
    assert capacity_of(user, "reporter", divisions.finance.translation_key, "th") == ""
    assert capacity_of(user, "approver", None, "th") == ""
    assert capacity_of(user, "executive", divisions.finance.translation_key, "th") == ""


def test_acting_counts_before_a_deputy(divisions: Divisions):
    office, clerk = divisions.office, divisions.works_head
    office.appoint(clerk, divisions.finance, kind="deputy", order_number="1/2570", until=None)
    office.appoint(clerk, divisions.finance, order_number="2/2570")

    found = capacity_of(clerk.user, "approver", divisions.finance.translation_key, "th")

    assert "2/2570" in found
