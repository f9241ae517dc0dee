"""Signing in with a password, however it is asked for: guesses are slowed down here."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from cms.accounts.policy import with_rules
from cms.accounts.throttle import Purpose, TooManyAttempts, Trial


class ThrottledBackend(ModelBackend):
    """Django's own, with limits that know no difference between real and invented names."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Any:
        """The person, or None. Raises `PermissionDenied` while one must wait."""
        if username is None or password is None:
            return None
        try:
            trial = Trial(Purpose.PASSWORD, username)
        except TooManyAttempts as error:
            raise PermissionDenied(error.message) from error
        # Takes as long for a name that does not exist.
        user = super().authenticate(request, username=username, password=password, **kwargs)
        if user:
            trial.succeeded()
        else:
            trial.failed()
        return user

    def get_user(self, user_id: Any) -> Any:
        """The person of a session with their sign-in rules, in one query; None: deactivated."""
        people = with_rules(get_user_model()._default_manager.filter(pk=user_id))
        user = people.first()
        return user if user and self.user_can_authenticate(user) else None
