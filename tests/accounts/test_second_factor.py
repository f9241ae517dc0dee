"""Signing in with a telephone: set-up, codes, recovery codes, and what a role requires."""

import base64
import datetime
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from cms.accounts.administration import reset_second_factor
from cms.accounts.models import RecoveryCode, SecondFactor, User
from cms.accounts.second_factor import (
    _matching_step,
    new_recovery_codes,
    new_secret,
    set_up,
    verify,
)
from cms.accounts.throttle import ACCOUNT, PAIR, TooManyAttempts
from cms.signoff.models import Signature
from tests.accounts.conftest import (
    Clock,
    browser_at,
    is_signed_in,
    require_second_factor,
    sign_in,
)
from tests.accounts.totp import totp
from tests.office import PASSWORD, Office

CODE_PAGE, SET_UP_PAGE = "/admin/login/code/", "/admin/login/second-factor/"
OWN_PAGE = "/admin/account/second-factor/"


def give_code(client: Client, code: str) -> object:
    return client.post(CODE_PAGE, {"code": code})


@pytest.mark.parametrize(
    ("at", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(at: int, code: str, monkeypatch):
    """The values of RFC 6238, appendix B, by the test's own reckoning and by ours."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    now = datetime.datetime.fromtimestamp(at, datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)

    assert totp(secret, at) == code
    assert _matching_step(secret, code, after=-1) == at // 30


def test_password_alone_does_not_sign_in(person: User, secret: str):
    client = browser_at()
    answer = sign_in(client, "reporter")

    assert answer.url == CODE_PAGE
    assert not is_signed_in(client)
    assert "_auth_user_id" not in client.session


def test_code_signs_in(person: User, secret: str, clock: Clock):
    client = browser_at()
    sign_in(client, "reporter")
    answer = give_code(client, totp(secret, clock.seconds))

    assert answer.url == "/admin/"
    assert is_signed_in(client)


def test_code_page_is_for_those_with_a_password_only(person: User, secret: str, clock: Clock):
    client = browser_at()

    assert give_code(client, totp(secret, clock.seconds)).url == "/admin/login/"
    assert not is_signed_in(client)


def test_password_is_forgotten_after_ten_minutes(person, secret, clock: Clock, monkeypatch):
    client = browser_at()
    sign_in(client, "reporter")
    clock.forward(minutes=11)
    give_code(client, totp(secret, clock.seconds))

    assert not is_signed_in(client)


def test_changed_password_voids_the_step_between(person: User, secret: str, clock: Clock):
    client = browser_at()
    sign_in(client, "reporter")
    person.set_password("another-long-password")
    person.save()
    give_code(client, totp(secret, clock.seconds))

    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("drift", "is_taken"), [(-60, False), (-30, True), (30, True), (60, False)]
)
def test_clock_may_be_a_step_off(person: User, secret: str, clock: Clock, drift, is_taken):
    clock.now = clock.now.replace(second=10)

    assert verify(person, totp(secret, clock.seconds + drift)) is is_taken


def test_code_is_good_once(person: User, secret: str, clock: Clock):
    code = totp(secret, clock.seconds)

    assert verify(person, code)
    assert not verify(person, code)


def test_code_of_an_earlier_step_is_no_good_after_a_later_one(person, secret: str, clock: Clock):
    earlier = totp(secret, clock.seconds - 30)

    assert verify(person, totp(secret, clock.seconds))
    assert not verify(person, earlier)


def test_the_code_that_set_it_up_does_not_sign_in(open_office: Office, clock: Clock):
    person, secret = open_office.reporter.user, new_secret()
    code = totp(secret, clock.seconds)
    assert set_up(person, secret, code)

    assert not verify(person, code)


def test_thai_digits_and_spaces_are_taken(person: User, secret: str, clock: Clock):
    code = totp(secret, clock.seconds).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))

    assert verify(person, f"{code[:3]} {code[3:]}")


def test_wrong_codes_are_slowed_down(person: User, secret: str, clock: Clock):
    client = browser_at()
    sign_in(client, "reporter")
    for _number in range(PAIR.free):
        give_code(client, "000000")
    page = give_code(client, totp(secret, clock.seconds))

    assert not is_signed_in(client)
    assert page.context["form"].errors["code"].as_data()[0].code == "too_many_attempts"


def test_wrong_codes_in_commands_are_slowed_down_too(person: User, secret: str, clock: Clock):
    for _number in range(ACCOUNT.free):
        assert not verify(person, "000000")

    with pytest.raises(TooManyAttempts):
        verify(person, totp(secret, clock.seconds))


def test_recovery_code_signs_in_once(person: User, secret: str):
    code = new_recovery_codes(person)[0]
    client = browser_at()
    sign_in(client, "reporter")
    give_code(client, code.lower())
    assert is_signed_in(client)

    assert not verify(person, code)
    assert RecoveryCode.objects.filter(user=person, used_at=None).count() == 9


def test_new_recovery_codes_void_the_earlier_ones(person: User, secret: str):
    earlier = new_recovery_codes(person)
    new_recovery_codes(person)

    assert not verify(person, earlier[0])


def test_recovery_codes_of_others_are_no_good(open_office: Office, person: User, secret: str):
    codes = new_recovery_codes(open_office.approver.user)

    assert not verify(person, codes[0])


def test_database_holds_neither_secret_nor_codes(person: User, secret: str):
    codes = new_recovery_codes(person)
    kept = str(list(SecondFactor.objects.values())) + str(list(RecoveryCode.objects.values()))

    assert secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_secret_of_another_key_is_a_wrong_code(person, secret, clock: Clock, settings):
    settings.SECRET_KEY = "another"

    assert not verify(person, totp(secret, clock.seconds))


def test_secret_of_a_former_key_is_still_read(person, secret, clock: Clock, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert verify(person, totp(secret, clock.seconds))


# --- what a role requires ---------------------------------------------------------------------


def shown_secret(page: object) -> str:
    found = re.search(r'sign-in-secret">([A-Z2-7 ]+)<', page.content.decode())
    return found[1].replace(" ", "")


def test_role_leads_to_the_set_up_and_nowhere_else(person: User, clock: Clock):
    require_second_factor(person)
    client = browser_at()

    assert sign_in(client, "reporter").url == SET_UP_PAGE
    for path in ("/admin/", "/admin/account/", "/admin/pages/", "/admin/reports/audit-log/"):
        assert client.get(path).url.startswith("/admin/login/")
    assert client.get(SET_UP_PAGE).status_code == 200


def test_set_up_shows_recovery_codes_once_and_signs_in(person: User, clock: Clock):
    require_second_factor(person)
    client = browser_at()
    sign_in(client, "reporter")
    secret = shown_secret(client.get(SET_UP_PAGE))
    page = client.post(SET_UP_PAGE, {"code": totp(secret, clock.seconds)})
    codes = page.context["codes"]
    assert len(codes) == 10
    assert client.get("/admin/login/go-on/").url == "/admin/"

    assert is_signed_in(client)
    assert verify(person, codes[3])


def test_set_up_with_a_wrong_code_keeps_nothing(person: User, clock: Clock):
    require_second_factor(person)
    client = browser_at()
    sign_in(client, "reporter")
    secret = shown_secret(client.get(SET_UP_PAGE))
    page = client.post(SET_UP_PAGE, {"code": "000000"})

    assert page.context["form"].errors
    assert shown_secret(client.get(SET_UP_PAGE)) == secret
    assert not SecondFactor.objects.exists()


def test_whoever_has_one_cannot_set_up_another_with_the_password_alone(
    person: User, secret: str, clock: Clock
):
    require_second_factor(person)
    client = browser_at()
    sign_in(client, "reporter")

    assert client.get(SET_UP_PAGE).url == CODE_PAGE
    assert client.post(SET_UP_PAGE, {"code": "123456"}).url == CODE_PAGE


def test_new_rule_ends_sessions_without_a_second_factor(person: User, clock: Clock):
    client = browser_at()
    sign_in(client, "reporter")
    assert is_signed_in(client)
    require_second_factor(person)

    assert not is_signed_in(client)


def test_rule_of_another_role_does_not_concern_me(open_office: Office, clock: Clock):
    require_second_factor(open_office.approver.user)
    client = browser_at()
    sign_in(client, "reporter")

    assert is_signed_in(client)


def test_signing_without_it_is_refused_whatever_door_is_used(open_office: Office, person: User):
    page = open_office.draft()
    open_office.reporter.submit(page)
    require_second_factor(person)
    before = Signature.objects.count()

    with pytest.raises(PermissionDenied):
        open_office.reporter.sign(page)
    assert Signature.objects.count() == before


def test_signing_with_it_works(open_office: Office, person: User):
    page = open_office.draft()
    open_office.reporter.submit(page)
    require_second_factor(person)
    open_office.reporter.user.second_factor_given = True
    open_office.reporter.sign(page)

    assert open_office.fresh(page).current_workflow_task.role == "approver"


def test_superuser_without_groups_needs_none_by_rule(open_office: Office, clock: Clock):
    client = browser_at()
    sign_in(client, "root")

    assert is_signed_in(client)


# --- one's own will ---------------------------------------------------------------------------


def signed_in(username: str = "reporter") -> Client:
    client = browser_at()
    sign_in(client, username)
    return client


def test_own_set_up_needs_the_password(person: User, clock: Clock):
    client = signed_in()
    secret = shown_secret(client.get(OWN_PAGE))
    code = totp(secret, clock.seconds)
    client.post(OWN_PAGE, {"code": code, "password": "wrong-password"})
    assert not SecondFactor.objects.exists()

    page = client.post(OWN_PAGE, {"code": code, "password": PASSWORD})
    assert len(page.context["codes"]) == 10
    assert is_signed_in(client)


def test_own_set_up_ends_the_sessions_in_other_browsers(person: User, clock: Clock):
    client, other = signed_in(), signed_in()
    secret = shown_secret(client.get(OWN_PAGE))
    client.post(OWN_PAGE, {"code": totp(secret, clock.seconds), "password": PASSWORD})

    assert not is_signed_in(other)


def test_it_is_switched_off_with_the_password(person: User, secret: str, clock: Clock):
    client = signed_in()
    give_code(client, totp(secret, clock.seconds))
    client.post("/admin/account/second-factor/off/", {"password": "wrong-password"})
    assert SecondFactor.objects.exists()
    client.post("/admin/account/second-factor/off/", {"password": PASSWORD})

    assert not SecondFactor.objects.exists()
    assert not RecoveryCode.objects.exists()


def test_it_is_not_switched_off_where_a_role_requires_it(person, secret: str, clock: Clock):
    require_second_factor(person)
    client = signed_in()
    give_code(client, totp(secret, clock.seconds))
    client.post("/admin/account/second-factor/off/", {"password": PASSWORD})

    assert SecondFactor.objects.exists()


def test_administrator_resets_it_and_ends_the_sessions(open_office, person, secret, clock: Clock):
    client = signed_in()
    give_code(client, totp(secret, clock.seconds))
    reset_second_factor(person, open_office.administrator.user)

    assert not is_signed_in(client)
    sign_in(client, "reporter")
    assert is_signed_in(client)


def test_nobody_resets_their_own_or_a_superusers(open_office: Office, person, secret: str):
    for user, whose in (
        (open_office.administrator.user, open_office.administrator.user),
        (open_office.administrator.user, open_office.root.user),
        (open_office.approver.user, person),
    ):
        with pytest.raises(PermissionDenied):
            reset_second_factor(whose, user)

    assert SecondFactor.objects.exists()
