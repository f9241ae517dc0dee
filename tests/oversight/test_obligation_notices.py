"""Divisions are told of obligations that are new or have changed, once these are public."""

import pytest

from cms.mail.models import OutgoingMail
from cms.oversight.obligation_notices import KIND
from cms.signoff.release_preparing import submit_release
from pages.models import DisclosureItem
from tests.divided import Divisions
from tests.oversight.duties import owe
from tests.releasing import fresh, release_of, signed_by


def told() -> dict[str, str]:
    """Who got a mail about obligations, and its text."""
    mails = OutgoingMail.objects.filter(kind=KIND).select_related("user")
    return {mail.user.username: mail.body for mail in mails}


@pytest.fixture(autouse=True)
def addresses(divisions: Divisions) -> None:
    for clerk in (divisions.finance_reporter, divisions.finance_head, divisions.works_head):
        clerk.user.email = f"{clerk.user.username}@example.go.th"
        clerk.user.save()


def test_a_new_obligation_is_told_to_its_division_alone(divisions: Divisions):
    owe(divisions.office, "1.1", title="งบประมาณ", responsible_division=divisions.finance)

    assert set(told()) == {
        divisions.finance_reporter.user.username,
        divisions.finance_head.user.username,
    }
    assert "1.1 งบประมาณ" in told()[divisions.finance_head.user.username]


def test_an_obligation_of_no_division_is_told_to_all(divisions: Divisions):
    owe(divisions.office, "1.1")

    assert {
        divisions.finance_head.user.username,
        divisions.works_head.user.username,
    } <= set(told())


def test_a_part_belongs_to_the_division_of_the_item_above(divisions: Divisions):
    whole = owe(divisions.office, "1.1", responsible_division=divisions.finance)
    OutgoingMail.objects.all().delete()

    owe(divisions.office, "1.1(1)", parent=whole)

    assert divisions.works_head.user.username not in told()
    assert divisions.finance_head.user.username in told()


def test_a_change_is_told_and_a_draft_is_not(divisions: Divisions):
    office = divisions.office
    item = owe(office, "1.1", responsible_division=divisions.finance)
    OutgoingMail.objects.all().delete()
    draft = office.edit(item, title="ใหม่กว่า")
    before = told()
    office.show(draft)

    assert before == {}
    assert "ใหม่กว่า" in told()[divisions.finance_head.user.username]


def test_what_is_released_together_is_told_in_one_mail(divisions: Divisions):
    office = divisions.office
    items = [
        office.record(DisclosureItem, code=code, title=code, responsible_division=divisions.finance)
        for code in ("1.1", "1.2")
    ]
    release = release_of(office, *items)
    submit_release(release, office.reporter.user)
    signed_by(office, fresh(release), "reporter", "approver", "publisher")

    mails = OutgoingMail.objects.filter(kind=KIND, user=divisions.finance_head.user)
    assert [mail.body.count("1.1") + mail.body.count("1.2") for mail in mails] == [4]
