"""People hear of what concerns how they sign in, whoever did it."""

import pytest

from cms.accounts.administration import reset_second_factor
from cms.accounts.models import SecondFactor
from cms.accounts.second_factor import encrypt, new_recovery_codes, new_secret
from cms.mail.models import MailPreference, OutgoingMail
from tests.office import Office


@pytest.fixture
def office(open_office: Office) -> Office:
    user = open_office.reporter.user
    user.email = "reporter@office.example"
    user.save()
    return open_office


def test_person_whose_second_factor_is_reset_gets_a_mail(office: Office):
    user = office.reporter.user
    SecondFactor.objects.create(user=user, secret=encrypt(new_secret()), last_step=0)
    reset_second_factor(user, office.administrator.user)

    mail = OutgoingMail.objects.get(kind="account_security")
    assert mail.to == "reporter@office.example"


def test_nobody_can_turn_these_mails_off(office: Office):
    user = office.reporter.user
    MailPreference.objects.create(user=user, kind="account_security", delivery="never")
    new_recovery_codes(user)

    assert OutgoingMail.objects.filter(kind="account_security").count() == 1


def test_mail_holds_no_code(office: Office):
    codes = new_recovery_codes(office.reporter.user)
    body = OutgoingMail.objects.get(kind="account_security").body

    assert not any(code in body for code in codes)
