"""Which passwords are taken, and who must choose a new one."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cms.accounts.models import FormerPassword, User
from tests.accounts.conftest import browser_at, is_signed_in, sign_in
from tests.admin import browser
from tests.office import PASSWORD, Office

GOOD = "เมฆขาวลอยเหนือทุ่งนา"
NEW_PASSWORD_PAGE = "/admin/login/password/"


@pytest.mark.parametrize(
    "password",
    [
        "too-short",
        "1234567890123",
        "password1234",
        "ยฟหหไนพกๅ/-ภ",  # password1234, typed on Thai keys
        "รหัสผ่าน12345",
        "isylzjko12345",  # รหัสผ่าน, typed on Latin keys
        "เจ้าหน้าที่!!",
        "reporter1234",
    ],
)
def test_common_and_short_ones_are_refused(open_office: Office, password: str):
    with pytest.raises(ValidationError):
        validate_password(password, open_office.reporter.user)


@pytest.mark.parametrize("password", [GOOD, "correct horse battery"])
def test_long_ones_are_taken_in_any_language(open_office: Office, password: str):
    validate_password(password, open_office.reporter.user)


def test_last_five_are_refused(open_office: Office):
    user = open_office.reporter.user
    passwords = [f"{GOOD}{number}" for number in range(6)]
    for password in passwords:
        user.set_password(password)
        user.save()

    for password in passwords[1:]:
        with pytest.raises(ValidationError):
            validate_password(password, user)
    validate_password(passwords[0], user)


def test_present_one_is_refused_although_it_was_set_otherwise(open_office: Office):
    with pytest.raises(ValidationError):
        validate_password(PASSWORD, open_office.reporter.user)


def test_no_more_hashes_are_kept_than_needed(open_office: Office):
    user = open_office.reporter.user
    for number in range(9):
        user.set_password(f"{GOOD}{number}")
        user.save()

    assert FormerPassword.objects.filter(user=user).count() == 5


def set_password(office: Office, person: User, password: str) -> None:
    """The administrator fills in the form of the account."""
    url = reverse("wagtailusers_users:edit", args=[person.pk])
    values = {
        "username": person.username,
        "email": "reporter@office.example",
        "first_name": person.first_name,
        "last_name": person.last_name,
        "is_active": "on",
        "groups": [group.pk for group in person.groups.all()],
        "password1": password,
        "password2": password,
    }
    answer = browser(office.administrator).post(url, values)
    assert answer.status_code == 302, answer.context["form"].errors


def test_who_got_a_password_from_an_administrator_must_choose_another(open_office: Office):
    person = open_office.reporter.user
    set_password(open_office, person, GOOD)
    client = browser_at()
    assert sign_in(client, "reporter", GOOD).url == NEW_PASSWORD_PAGE
    assert not is_signed_in(client)

    same = client.post(NEW_PASSWORD_PAGE, {"new_password1": GOOD, "new_password2": GOOD})
    assert same.context["form"].errors
    own = {"new_password1": f"{GOOD}!", "new_password2": f"{GOOD}!"}
    assert client.post(NEW_PASSWORD_PAGE, own).url == "/admin/"
    assert is_signed_in(client)
    person.refresh_from_db()
    assert not person.must_change_password


def test_nobody_signs_with_a_password_that_somebody_else_knows(open_office: Office):
    page = open_office.draft()
    open_office.reporter.submit(page)
    open_office.reporter.user.must_change_password = True
    open_office.reporter.user.save()

    with pytest.raises(PermissionDenied):
        open_office.reporter.sign(page)


def test_new_accounts_must_choose_one(open_office: Office):
    values = {
        "username": "somchai",
        "email": "somchai@office.example",
        "first_name": "สมชาย",
        "last_name": "ตัวอย่าง",
        "password1": GOOD,
        "password2": GOOD,
    }
    answer = browser(open_office.administrator).post(reverse("wagtailusers_users:add"), values)
    assert answer.status_code == 302, answer.context["form"].errors

    assert User.objects.get(username="somchai").must_change_password


def test_editing_an_account_without_a_password_asks_nothing_of_its_owner(open_office: Office):
    set_password(open_office, open_office.reporter.user, "")

    assert not User.objects.get(username="reporter").must_change_password
