"""The people of the office: Django's user with the position (ตำแหน่ง) that a signature shows."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cms.accounts.passwords import FormerPassword
from cms.accounts.policy import SignInPolicy
from cms.accounts.second_factor import RecoveryCode, SecondFactor
from cms.accounts.throttle import Attempts

__all__ = ["Attempts", "FormerPassword", "RecoveryCode", "SecondFactor", "SignInPolicy", "User"]


class User(AbstractUser):
    """A member of the office. Never deleted once they have signed: deactivate instead."""

    position = models.CharField(
        _("position"),
        max_length=200,
        blank=True,
        help_text=_("As it stands in the appointment order, e.g. Director of the Finance Division"),
    )
    position_en = models.CharField(_("position in English"), max_length=200, blank=True)
    # Somebody else set it and knows it; its owner must choose another before doing anything.
    must_change_password = models.BooleanField(default=False, editable=False)
    # Counts each "sign out everywhere": sessions of an earlier number are over.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    # Set on the person of a request by `cms.accounts.sessions`; nowhere else, and never stored.
    second_factor_given = False
    session_mark = ""

    def position_in(self, language_code: str) -> str:
        """The position as text in `language_code` ("th" or "en"), Thai where English is missing."""
        return (self.position_en if language_code == "en" else "") or self.position

    def set_password(self, raw_password: str | None) -> None:
        """Also ends the duty to change it; who sets it for somebody else says so afterwards."""
        super().set_password(raw_password)
        self.must_change_password = False

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """Of password and epoch: sessions end when either changes (Django compares it)."""
        message = f"{self.password}:{self.session_epoch}"
        salt = "cms.accounts.session"
        return salted_hmac(salt, message, secret=secret, algorithm="sha256").hexdigest()
