"""Whoever guesses passwords or codes waits longer and longer; whoever belongs here gets in."""

import datetime

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cms.accounts import throttle
from cms.accounts.administration import unlock
from cms.accounts.client import _present
from cms.accounts.models import Attempts, User
from cms.accounts.passwords import confirm_password
from cms.accounts.throttle import ACCOUNT, ADDRESS, PAIR, Purpose, TooManyAttempts, Trial
from tests.accounts.conftest import Clock, browser_at, is_signed_in, sign_in
from tests.admin import browser
from tests.office import PASSWORD, Office
from tests.signoff.test_checklist import dialog

HOME, STRANGER = "203.0.113.5", "198.51.100.7"


@pytest.fixture(autouse=True)
def _no_request():
    mark = _present.set(None)
    yield
    _present.reset(mark)


@pytest.fixture
def at(rf):
    """Requests that come from an address."""

    def come_from(address: str) -> None:
        _present.set(rf.get("/", REMOTE_ADDR=address))

    return come_from


def fail(times: int, username: str = "reporter") -> None:
    for _number in range(times):
        Trial(Purpose.PASSWORD, username).failed()


def waits(username: str = "reporter") -> datetime.datetime | None:
    return throttle.blocked_until(Purpose.PASSWORD, username)


def failures_at_account(username: str = "reporter") -> int:
    return Attempts.objects.get(
        address="", purpose="password", account=throttle._hash("account", username)
    ).failures


def test_five_wrong_ones_are_free_and_then_one_waits(db, clock: Clock, at):
    at(HOME)
    fail(PAIR.free - 1)
    assert waits() is None
    fail(1)
    assert waits() == clock.now + datetime.timedelta(seconds=30)
    with pytest.raises(TooManyAttempts):
        Trial(Purpose.PASSWORD, "reporter")


def test_each_further_one_doubles_the_delay_up_to_an_hour(db, clock: Clock, at):
    at(HOME)
    fail(PAIR.free)
    delays = []
    for _number in range(9):
        delays.append((waits() - clock.now).total_seconds())
        clock.now = waits()
        fail(1)

    assert delays[:4] == [30, 60, 120, 240]
    assert max(delays) == 3600


def test_waiting_is_over_when_it_is_said_to_be(db, clock: Clock, at):
    at(HOME)
    fail(PAIR.free)
    clock.now = waits()

    Trial(Purpose.PASSWORD, "reporter")


def test_a_stranger_elsewhere_keeps_nobody_out(db, clock: Clock, at):
    at(STRANGER)
    fail(PAIR.free)
    at(HOME)

    assert waits() is None


def test_many_strangers_make_one_wait_a_quarter_of_an_hour_at_most(db, clock: Clock, at):
    for number in range(60):
        at(f"198.51.100.{number}")
        row = Attempts(purpose="password", account="x", address="", failures=number)
        assert ACCOUNT.delay(row.failures) <= datetime.timedelta(minutes=15)
        clock.now = max(waits() or clock.now, clock.now)
        fail(1)
    at("192.0.2.200")

    assert waits() is not None
    assert waits() - clock.now <= datetime.timedelta(minutes=15)


def test_who_signed_in_from_here_lately_does_not_wait_for_strangers(db, clock: Clock, at):
    at(HOME)
    Trial(Purpose.PASSWORD, "reporter").succeeded()
    for number in range(ACCOUNT.free):
        at(f"198.51.100.{number}")
        fail(1)
    at(HOME)
    assert waits() is None
    clock.forward(days=31)
    for number in range(ACCOUNT.free):
        at(f"198.51.100.{number}")
        fail(1)
    at(HOME)
    assert waits() is not None


def test_one_address_that_tries_many_accounts_waits(db, clock: Clock, at):
    at(STRANGER)
    for number in range(ADDRESS.free):
        fail(1, f"user{number}")

    assert waits("somebody-else") is not None


def test_success_forgets_the_failures_of_this_address_alone(db, clock: Clock, at):
    at(HOME)
    fail(PAIR.free - 1)
    Trial(Purpose.PASSWORD, "reporter").succeeded()
    fail(PAIR.free - 1)
    assert waits() is None
    assert failures_at_account() == 2 * (PAIR.free - 1)


def test_success_leaves_the_waiting_of_others_at_the_address_as_it_was(db, clock: Clock, at):
    at(HOME)
    for number in range(ADDRESS.free):
        fail(1, f"user{number}")
    clock.now = waits("reporter")
    Trial(Purpose.PASSWORD, "reporter").succeeded()

    assert waits("somebody-else") is None


def test_a_day_without_failures_forgets(db, clock: Clock, at):
    at(HOME)
    fail(PAIR.free)
    clock.forward(hours=25)
    fail(PAIR.free - 1)

    assert waits() is None


def test_attempts_at_the_same_moment_all_count(db, clock: Clock, at):
    at(HOME)
    for _number in range(PAIR.free):
        Trial(Purpose.PASSWORD, "reporter")  # none of them is answered yet

    with pytest.raises(TooManyAttempts):
        Trial(Purpose.PASSWORD, "reporter")


def test_a_count_that_another_process_makes_meanwhile_is_not_lost(
    db, clock: Clock, at, monkeypatch
):
    at(HOME)
    fail(1)
    read = throttle._rows

    def read_and_be_overtaken(purpose, keys):
        rows = read(purpose, keys)
        monkeypatch.setattr(throttle, "_rows", read)
        fail(1)  # the other process, between reading and counting
        return rows

    monkeypatch.setattr(throttle, "_rows", read_and_be_overtaken)
    fail(1)

    assert {row.failures for row in Attempts.objects.exclude(failed_at=None)} == {3}


def test_passwords_and_codes_are_counted_apart(db, clock: Clock, at):
    at(HOME)
    fail(PAIR.free)

    Trial(Purpose.CODE, "reporter")


def test_no_name_is_kept_in_the_counts(db, at):
    at(HOME)
    fail(1, "my-secret-password")

    kept = str(list(Attempts.objects.values()))
    assert "my-secret-password" not in kept
    assert HOME not in kept


def test_every_door_that_asks_for_a_password_is_counted(open_office: Office, clock, at):
    at(HOME)
    for _number in range(PAIR.free):
        assert authenticate(None, username="reporter", password="wrong") is None

    assert authenticate(None, username="reporter", password=PASSWORD) is None
    with pytest.raises(TooManyAttempts):
        confirm_password(open_office.reporter.user, PASSWORD)


def test_names_that_do_not_exist_get_the_same_answers(open_office: Office, clock: Clock):
    def answers(username: str) -> list[str]:
        client, found = browser_at(f"192.0.2.{len(username)}"), []
        for _number in range(PAIR.free + 1):
            page = sign_in(client, username, "wrong-password")
            found.append(str(page.context["form"].non_field_errors()))
        return found

    assert answers("reporter") == answers("nobody-at-all")


def test_page_says_when_to_try_again(open_office: Office, clock: Clock):
    client = browser_at()
    for _number in range(PAIR.free):
        page = sign_in(client, "reporter", "wrong-password")
    moment = datetime.timedelta(seconds=30 + 59) + clock.now
    shown = timezone.localtime(moment).strftime("%H:%M")
    assert shown in str(page.context["form"].non_field_errors())
    page = sign_in(client, "reporter")
    assert not is_signed_in(client)
    assert shown in str(page.context["form"].non_field_errors())


def test_signing_dialog_counts_too(open_office: Office, clock: Clock):
    page = open_office.draft()
    open_office.reporter.submit(page)
    form_class = dialog(open_office, page, "reporter")
    for _number in range(PAIR.free):
        form = form_class({"password": "wrong-password"})
        assert "password" in form.errors
    assert failures_at_account() == PAIR.free
    for _number in range(ACCOUNT.free - PAIR.free):
        assert "password" in form_class({"password": "wrong"}).errors

    with pytest.raises(PermissionDenied):
        open_office.reporter.sign(page)


def test_present_password_cannot_be_guessed_in_the_account(open_office: Office, clock: Clock):
    client = browser(open_office.reporter)
    new = "เมฆขาวลอยเหนือทุ่งนา"
    names = {"password-new_password1": new, "password-new_password2": new}
    for _number in range(PAIR.free):
        client.post("/admin/account/", {**names, "password-old_password": "wrong-password"})
    client.post("/admin/account/", {**names, "password-old_password": PASSWORD})

    assert User.objects.get(username="reporter").check_password(PASSWORD)


def test_administrator_unlocks(open_office: Office, clock: Clock, at):
    at(HOME)
    fail(PAIR.free)
    unlock(open_office.reporter.user, open_office.administrator.user)

    assert waits() is None


def test_others_do_not_unlock(open_office: Office, clock: Clock, at):
    at(HOME)
    fail(PAIR.free)
    with pytest.raises(PermissionDenied):
        unlock(open_office.reporter.user, open_office.publisher.user)
    browser(open_office.publisher).post(
        f"/admin/users/{open_office.reporter.user.pk}/sign-in/", {"act": "unlock"}
    )

    assert waits() is not None


def test_old_counts_are_deleted_and_known_addresses_kept(db, clock: Clock, at):
    at(HOME)
    fail(1, "somebody")
    Trial(Purpose.PASSWORD, "reporter").succeeded()
    clock.forward(days=2)
    throttle.forget_old_attempts()

    assert not Attempts.objects.filter(succeeded_at=None).exists()
    assert Attempts.objects.exclude(address="").exclude(account="").count() == 1


def test_inactive_people_are_told_what_all_are_told(open_office: Office, clock: Clock):
    User.objects.filter(username="reporter").update(is_active=False)
    right = sign_in(browser_at("192.0.2.1"), "reporter")
    wrong = sign_in(browser_at("192.0.2.2"), "reporter", "wrong-password")

    assert str(right.context["form"].errors) == str(wrong.context["form"].errors)
