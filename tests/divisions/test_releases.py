"""A release is signed by people who may sign every one of its items."""

import pytest
from django.core.exceptions import PermissionDenied

from cms.demonstration.clerk import Clerk
from cms.signoff.models import Signature
from cms.signoff.release_preparing import cancel_release
from tests.divided import Divisions
from tests.releasing import submitted


def test_release_of_one_division_is_signed_by_its_people(divisions: Divisions):
    office = divisions.office
    release = submitted(office, divisions.draft(), divisions.draft())
    office.appoint(divisions.works_head, divisions.finance)

    sign(divisions.finance_reporter, release)
    with pytest.raises(PermissionDenied):
        sign(divisions.works_reporter, release)
    sign(divisions.works_head, release)

    signatures = Signature.objects.filter(user=divisions.works_head.user)
    assert len(signatures) == 2
    assert all("12/2570" in signature.capacity for signature in signatures)


def test_release_of_two_divisions_is_signed_by_the_whole_office(divisions: Divisions):
    office = divisions.office
    pages = [divisions.draft(), divisions.draft(divisions.works)]
    release = submitted(office, *pages)

    for clerk in (divisions.finance_reporter, divisions.works_reporter):
        with pytest.raises(PermissionDenied):
            sign(clerk, release)
    sign(office.reporter, release)
    for clerk in (divisions.finance_head, divisions.works_head):
        with pytest.raises(PermissionDenied):
            sign(clerk, release)
    sign(office.approver, release)


def test_reporter_of_another_division_does_not_cancel_a_release(divisions: Divisions):
    release = submitted(divisions.office, divisions.draft(), divisions.draft())

    with pytest.raises(PermissionDenied):
        cancel_release(release, divisions.works_reporter.user)

    cancel_release(release, divisions.finance_reporter.user)


def sign(clerk: Clerk, release: object) -> None:
    clerk.sign_release(release)
