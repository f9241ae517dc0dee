"""A withdrawal that is under way can be taken back by who asked, or declined by the second."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cms.publication.models import Publication, Withdrawal
from cms.publication.withdraw import close_withdrawal
from tests.office import Office
from tests.publication.withdrawing import ask, confirm, latest

WHY = "เข้าใจผิด"


@pytest.fixture
def asked(open_office: Office) -> Withdrawal:
    return ask(open_office.approver, latest(open_office.show(open_office.draft())))


def test_who_asked_takes_it_back(open_office: Office, asked: Withdrawal):
    closed = close_withdrawal(asked, open_office.approver.user, WHY)

    assert (closed.outcome, closed.closing_reason) == (Withdrawal.Outcome.TAKEN_BACK, WHY)
    assert asked.publication in Publication.objects.effective()


def test_second_signer_declines_it(open_office: Office, asked: Withdrawal):
    closed = close_withdrawal(asked, open_office.publisher.user, WHY)

    assert (closed.outcome, closed.closed_by) == (
        Withdrawal.Outcome.DECLINED,
        open_office.publisher.user,
    )


@pytest.mark.parametrize("role", ["root", "reporter", "executive", "translator", "administrator"])
def test_nobody_else_ends_it(open_office: Office, asked: Withdrawal, role: str):
    with pytest.raises(PermissionDenied):
        close_withdrawal(asked, getattr(open_office, role).user, WHY)

    assert Withdrawal.objects.under_way().get() == asked


def test_reason_is_needed(open_office: Office, asked: Withdrawal):
    with pytest.raises(PermissionDenied):
        close_withdrawal(asked, open_office.approver.user, "  ")


def test_ended_withdrawal_is_not_confirmed(open_office: Office, asked: Withdrawal):
    close_withdrawal(asked, open_office.approver.user, WHY)

    with pytest.raises(PermissionDenied):
        confirm(open_office.publisher, asked)

    assert asked.publication in Publication.objects.effective()


def test_confirmed_withdrawal_is_not_ended(open_office: Office, asked: Withdrawal):
    confirm(open_office.publisher, asked)

    with pytest.raises(PermissionDenied):
        close_withdrawal(asked, open_office.approver.user, WHY)


def test_it_is_asked_for_again_and_carried_out(open_office: Office, asked: Withdrawal):
    close_withdrawal(asked, open_office.publisher.user, WHY)

    confirm(open_office.publisher, ask(open_office.approver, asked.publication))

    outcomes = Withdrawal.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["declined", "carried-out"]


def test_screen_offers_who_asked_to_take_it_back(
    open_office: Office, asked: Withdrawal, client: Any
):
    client.force_login(open_office.approver.user)
    address = f"/admin/publications/{asked.publication_id}/withdraw/"
    assert client.get(address).context["is_own"]

    client.post(f"{address}close/", {"why": WHY})

    asked.refresh_from_db()
    assert asked.outcome == Withdrawal.Outcome.TAKEN_BACK


def test_screen_is_not_for_others(open_office: Office, asked: Withdrawal, client: Any):
    client.force_login(open_office.reporter.user)

    client.post(f"/admin/publications/{asked.publication_id}/withdraw/close/", {"why": WHY})

    assert Withdrawal.objects.under_way().exists()


def test_record_keeps_what_became_of_it(open_office: Office, asked: Withdrawal, client: Any):
    close_withdrawal(asked, open_office.publisher.user, WHY)
    client.force_login(open_office.approver.user)

    page = client.get(f"/admin/publications/{asked.publication_id}/").content.decode()

    assert WHY in page
