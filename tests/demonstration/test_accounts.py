"""The demonstration's clerks type their passwords hundreds of times."""

from unittest.mock import patch

from cms.accounts.models import User
from cms.demonstration.accounts import remember_password_checks


def clerk() -> User:
    user = User(username="clerk")
    user.set_password("right")
    return remember_password_checks(user)


def test_wrong_password_is_refused_after_a_right_one():
    user = clerk()

    assert user.check_password("right")
    assert not user.check_password("wrong")
    assert user.check_password("right")


def test_other_objects_of_the_account_check_for_themselves():
    user = clerk()
    user.check_password("right")

    other = User(username="clerk", password=user.password)
    with patch("django.contrib.auth.hashers.verify_password", return_value=(False, False)):
        assert user.check_password("right")
        assert not other.check_password("right")
