"""How long one stays signed in, and how it ends."""

import pytest
from django.core.exceptions import PermissionDenied

from cms.accounts.administration import end_sessions
from cms.accounts.models import User
from cms.accounts.sessions import sign_out_everywhere
from cms.signoff.signing import issue_token, read_token
from tests.accounts.conftest import (
    Clock,
    browser_at,
    is_signed_in,
    require_second_factor,
    sign_in,
)
from tests.admin import browser
from tests.office import Office


@pytest.fixture
def client_of_reporter(open_office: Office, clock: Clock):
    client = browser_at()
    sign_in(client, "reporter")
    assert is_signed_in(client)
    return client


def test_idle_session_ends(client_of_reporter, clock: Clock):
    clock.forward(minutes=59)
    assert is_signed_in(client_of_reporter)
    clock.forward(minutes=61)
    assert not is_signed_in(client_of_reporter)


def test_open_editor_alone_is_no_activity(client_of_reporter, clock: Clock):
    for _number in range(7):
        clock.forward(minutes=10)
        client_of_reporter.get("/admin/editing-sessions/1/")

    assert not is_signed_in(client_of_reporter)


def test_busy_session_ends_after_the_working_day(client_of_reporter, clock: Clock):
    for _number in range(16):
        clock.forward(minutes=30)
        assert is_signed_in(client_of_reporter)
    clock.forward(minutes=1)

    assert not is_signed_in(client_of_reporter)


def test_role_may_have_shorter_days(client_of_reporter, open_office: Office, clock: Clock):
    policy = require_second_factor(open_office.reporter.user, hours=1)
    policy.requires_second_factor = False
    policy.save()
    clock.forward(minutes=50)
    assert is_signed_in(client_of_reporter)
    clock.forward(minutes=20)
    assert not is_signed_in(client_of_reporter)


def test_session_without_a_beginning_is_none(client_of_reporter):
    session = client_of_reporter.session
    del session["signed_in_at"]
    session.save()

    assert not is_signed_in(client_of_reporter)


def test_deactivated_person_is_out_at_once(client_of_reporter):
    User.objects.filter(username="reporter").update(is_active=False)

    assert not is_signed_in(client_of_reporter)


def test_sign_out_everywhere_ends_every_session(client_of_reporter):
    other = browser_at("192.0.2.9")
    sign_in(other, "reporter")
    client_of_reporter.post("/admin/account/sign-out-everywhere/")

    assert not is_signed_in(other)
    assert not is_signed_in(client_of_reporter)


def test_sign_out_everywhere_is_no_link(client_of_reporter):
    client_of_reporter.get("/admin/account/sign-out-everywhere/")

    assert is_signed_in(client_of_reporter)


def test_administrator_signs_somebody_out(client_of_reporter, open_office: Office):
    end_sessions(open_office.reporter.user, open_office.administrator.user)

    assert not is_signed_in(client_of_reporter)


def test_new_password_ends_the_other_sessions(client_of_reporter):
    user = User.objects.get(username="reporter")
    user.set_password("another-long-password")
    user.save()

    assert not is_signed_in(client_of_reporter)


def test_session_gets_a_new_name_with_each_step(open_office: Office, clock: Clock):
    client = browser_at()
    client.get("/admin/login/")
    sign_in(client, "reporter")
    first = client.session.session_key
    sign_in(client, "reporter")

    assert client.session.session_key != first


def token(user: User) -> str:
    words = {"full_name": "x", "position": "x", "checklist": [], "comment": ""}
    return issue_token(user, ["test", 1], "0" * 64, words)


def test_confirmed_password_is_void_after_sign_out_everywhere(open_office: Office):
    user = open_office.reporter.user
    made = token(user)
    read_token(made, user, ["test", 1], "0" * 64)
    sign_out_everywhere(user)

    with pytest.raises(PermissionDenied):
        read_token(made, User.objects.get(pk=user.pk), ["test", 1], "0" * 64)


def test_confirmed_password_is_void_after_another_password(open_office: Office):
    user = open_office.reporter.user
    made = token(user)
    user.set_password("another-long-password")
    user.save()

    with pytest.raises(PermissionDenied):
        read_token(made, user, ["test", 1], "0" * 64)


def test_confirmed_password_is_good_in_its_own_session_only(open_office: Office):
    user = open_office.reporter.user
    user.session_mark = "one"
    made = token(user)
    user.session_mark = "another"

    with pytest.raises(PermissionDenied):
        read_token(made, user, ["test", 1], "0" * 64)


def test_public_pages_never_look_at_the_session(client_of_reporter):
    answer = client_of_reporter.get("/th/")

    assert "Cookie" not in answer.headers.get("Vary", "")


def test_rules_cost_no_query_of_their_own(client_of_reporter, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):  # session, person, and two for their permissions
        assert client_of_reporter.get("/admin/login/").url == "/admin/"


def test_account_that_the_records_name_is_not_deleted(client_of_reporter, open_office: Office):
    pk, client = open_office.reporter.user.pk, browser(open_office.root)
    client.post(f"/admin/users/delete/{pk}/")
    client.post(f"/admin/bulk/accounts/user/delete/?id={pk}")

    assert User.objects.filter(pk=pk).exists()


def test_account_that_nothing_names_is_deleted(open_office: Office):
    pk = User.objects.create_user("guest").pk
    browser(open_office.root).post(f"/admin/users/delete/{pk}/")

    assert not User.objects.filter(pk=pk).exists()
