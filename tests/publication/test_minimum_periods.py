"""Procurement notices stay public for as long as the law wants."""

import datetime
import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from cms.publication.minimum_periods import protected_until
from cms.publication.models import Publication, Withdrawal
from cms.publication.waiting import waiting_withdrawals
from cms.publication.withdraw import confirm_withdrawal, request_withdrawal
from cms.schedule.working_time import add_working_days
from pages.models import ProcurementPeriod
from tests.office import Office
from tests.publication.withdrawing import REASON, latest, withdraw, withdrawal_token
from tests.website.reading import in_english

GROUND = Withdrawal.Ground.PERSONAL_DATA


def procurement(stage: str = "invitation", **values: Any) -> str:
    value = {"stage": stage, "method": "e-bidding", "budget": "980000.00", **values}
    return json.dumps([{"id": "procurement", "type": "procurement", "value": value}])


def notice(office: Office, stage: str = "invitation", value: Any = None, **fields: Any) -> Any:
    fields["procurement"] = procurement(stage, **(value or {}))
    return office.draft(kind="procurement", **fields)


def midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def last_day(days: int = 5) -> datetime.date:
    return add_working_days(timezone.localdate(), days)


@pytest.mark.parametrize(
    ("budget", "days"),
    [("500000.01", 5), ("5000000", 5), ("5000000.01", 10), ("10000000.01", 12), ("50000001", 20)],
)
def test_period_grows_with_the_budget(open_office: Office, budget: str, days: int):
    page = open_office.publish(notice(open_office, value={"budget": budget}))

    assert protected_until(latest(page)) == last_day(days)


@pytest.mark.parametrize(
    "value", [{"budget": "500000"}, {"method": "specific"}, {"method": "selection"}]
)
def test_notice_without_a_rule_has_no_period(open_office: Office, value: dict[str, str]):
    page = open_office.publish(notice(open_office, value=value))

    assert protected_until(latest(page)) is None


def test_administrator_changes_the_period(open_office: Office):
    ProcurementPeriod.objects.filter(stage="invitation", working_days=5).update(working_days=7)

    page = open_office.publish(notice(open_office))

    assert protected_until(latest(page)) == last_day(7)


def test_rule_of_every_method_holds_for_each(open_office: Office):
    page = open_office.publish(notice(open_office, "winner", {"method": "specific"}))

    assert protected_until(latest(page)) == last_day(7)


def test_time_window_that_ends_too_early_is_refused_at_the_first_signature(open_office: Office):
    page = notice(open_office, expire_at=midnight(last_day()))
    open_office.reporter.submit(page)

    with pytest.raises(PermissionDenied):
        open_office.reporter.sign(page)


def test_time_window_that_ends_with_the_last_day_is_enough(open_office: Office):
    end = midnight(last_day() + datetime.timedelta(days=1))

    assert latest(open_office.publish(notice(open_office, expire_at=end)))


def test_bids_that_close_too_early_are_refused(open_office: Office):
    closes = midnight(last_day()) + datetime.timedelta(hours=16)

    with pytest.raises(PermissionDenied):
        open_office.publish(notice(open_office, value={"closes_at": closes.isoformat()}))


def test_bids_may_close_after_the_last_day(open_office: Office):
    closes = midnight(last_day() + datetime.timedelta(days=1)) + datetime.timedelta(hours=10)

    page = open_office.publish(notice(open_office, value={"closes_at": closes.isoformat()}))

    assert latest(page)


def test_period_counts_from_the_beginning_of_the_time_window(open_office: Office):
    start = timezone.now() + datetime.timedelta(days=30)
    closes = midnight(last_day() + datetime.timedelta(days=2))

    with pytest.raises(PermissionDenied):
        open_office.publish(
            notice(open_office, value={"closes_at": closes.isoformat()}, go_live_at=start)
        )


def test_notice_of_an_earlier_web_site_is_free(open_office: Office):
    closed = timezone.now() - datetime.timedelta(days=300)
    posted_on = timezone.localdate() - datetime.timedelta(days=330)

    page = notice(open_office, value={"closes_at": closed.isoformat()}, posted_on=posted_on)

    assert protected_until(latest(open_office.publish(page))) is None


def test_translation_follows_when_it_can(open_office: Office):
    closes = midnight(last_day() + datetime.timedelta(days=1))
    thai = open_office.publish(notice(open_office, value={"closes_at": closes.isoformat()}))
    ProcurementPeriod.objects.update(working_days=30)

    assert latest(in_english(open_office, thai, "Bids")).locale == "en"


def test_correction_does_not_begin_the_period_anew(
    open_office: Office, monkeypatch: pytest.MonkeyPatch
):
    page = open_office.publish(notice(open_office))
    end, later = last_day(), timezone.now() + datetime.timedelta(days=3)
    monkeypatch.setattr(timezone, "now", lambda: later)

    page = open_office.publish(open_office.edit(page, title="แก้คำผิด"))

    assert latest(page).effective_from == later
    assert protected_until(latest(page)) == end


def test_notice_may_go_once_the_period_is_over(
    open_office: Office, monkeypatch: pytest.MonkeyPatch
):
    page = open_office.publish(notice(open_office))
    later = midnight(last_day() + datetime.timedelta(days=1))
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert withdraw(open_office, page).kind == Publication.Kind.WITHDRAWAL


@pytest.mark.parametrize("stage", ["winner", "change", "plan"])
def test_other_notice_does_not_take_its_place_before_the_time(open_office: Office, stage: str):
    page = open_office.publish(notice(open_office))

    with pytest.raises(PermissionDenied):
        open_office.publish(open_office.edit(page, procurement=procurement(stage)))

    assert latest(page).data["fields"]["procurement"][0]["value"]["stage"] == "invitation"


def test_notice_does_not_become_other_news_before_the_time(open_office: Office):
    page = open_office.publish(notice(open_office))

    with pytest.raises(PermissionDenied):
        open_office.publish(open_office.edit(page, kind="general", procurement="[]"))


def test_cancellation_takes_its_place_and_may_be_withdrawn(open_office: Office):
    page = open_office.publish(notice(open_office))

    page = open_office.publish(open_office.edit(page, procurement=procurement("cancellation")))

    assert withdraw(open_office, page).kind == Publication.Kind.WITHDRAWAL


def test_withdrawal_before_the_time_is_refused(open_office: Office):
    publication = latest(open_office.publish(notice(open_office)))
    token = withdrawal_token(open_office.approver, publication)

    with pytest.raises(PermissionDenied):
        request_withdrawal(publication, REASON, open_office.approver.user, token)

    assert not Withdrawal.objects.exists()


def test_withdrawal_of_the_translation_is_free(open_office: Office):
    english = in_english(open_office, open_office.publish(notice(open_office)), "Bids")

    assert withdraw(open_office, english).locale == "en"


def ask_on_a_ground(office: Office, publication: Publication, ground: str = GROUND) -> Withdrawal:
    user = office.approver.user
    token = withdrawal_token(office.approver, publication, ground=ground)
    return request_withdrawal(publication, REASON, user, token, ground)


def confirm_as(clerk: Any, withdrawal: Withdrawal) -> Publication:
    token = withdrawal_token(clerk, withdrawal.publication, ground=withdrawal.ground)
    return confirm_withdrawal(withdrawal, clerk.user, token)


def test_executive_lets_it_go_on_a_ground(open_office: Office):
    publication = latest(open_office.publish(notice(open_office)))
    withdrawal = ask_on_a_ground(open_office, publication)
    assert list(waiting_withdrawals(open_office.executive.user)) == [withdrawal]
    assert not waiting_withdrawals(open_office.publisher.user).exists()

    note = confirm_as(open_office.executive, withdrawal)

    assert note.data["ground"] == GROUND
    call_command("verify_publications")


def test_publisher_does_not_let_it_go(open_office: Office):
    publication = latest(open_office.publish(notice(open_office)))
    withdrawal = ask_on_a_ground(open_office, publication)

    with pytest.raises(PermissionDenied):
        confirm_as(open_office.publisher, withdrawal)

    assert publication in Publication.objects.effective()


def test_unknown_ground_is_refused(open_office: Office):
    publication = latest(open_office.publish(notice(open_office)))

    with pytest.raises(PermissionDenied):
        ask_on_a_ground(open_office, publication, "because")


def test_ground_removed_between_the_signatures_is_refused(open_office: Office):
    publication = latest(open_office.publish(notice(open_office)))
    withdrawal = ask_on_a_ground(open_office, publication)
    Withdrawal.objects.update(ground="")
    withdrawal.refresh_from_db()

    with pytest.raises(PermissionDenied):
        confirm_as(open_office.publisher, withdrawal)

    assert publication in Publication.objects.effective()


def test_executive_signs_no_other_withdrawal(open_office: Office):
    publication = latest(open_office.publish(open_office.draft()))
    token = withdrawal_token(open_office.approver, publication)
    withdrawal = request_withdrawal(publication, REASON, open_office.approver.user, token)

    with pytest.raises(PermissionDenied):
        confirm_as(open_office.executive, withdrawal)


def test_executives_dialog_names_the_ground(open_office: Office, client: Any):
    publication = latest(open_office.publish(notice(open_office)))
    ask_on_a_ground(open_office, publication)
    client.force_login(open_office.executive.user)

    response = client.get(f"/admin/publications/{publication.pk}/withdraw/")

    assert response.status_code == 200
    assert response.context["form"].fields["ground"].disabled
