"""Setting up a telephone: the secret waits in the session until a code proves that it arrived."""

from typing import Self

import segno
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.accounts.second_factor import address_of, decrypt, encrypt, new_secret, set_up
from cms.accounts.throttle import Purpose, TooManyAttempts, Trial

_KEY = "new_second_factor"


class Enrolment:
    """A secret on its way to a telephone."""

    def __init__(self, request: HttpRequest, person: object, secret: str) -> None:
        self.request, self.person, self.secret = request, person, secret

    @classmethod
    def of(cls, request: HttpRequest, person: object) -> Self:
        """The one that was begun in this session, or a new one."""
        secret = decrypt(request.session.get(_KEY, ""))
        if not secret:
            secret = new_secret()
            request.session[_KEY] = encrypt(secret)
        return cls(request, person, secret)

    @property
    def picture(self) -> str:
        """The QR code as a `data:` address, to be loaded from nowhere."""
        return segno.make(address_of(self.person, self.secret), error="m").svg_data_uri(scale=5)

    @property
    def letters(self) -> str:
        """The secret for typing, in groups of four."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))

    def complete(self, form: forms.Form) -> list[str]:
        """Keeps the secret where the form's code is right, and returns the recovery codes.

        Returns none, with the reason in the form, where it is not.
        """
        try:
            trial = Trial(Purpose.CODE, self.person.get_username())  # type: ignore[attr-defined]
        except TooManyAttempts as error:
            form.add_error("code", error)
            return []
        codes = set_up(self.person, self.secret, form.cleaned_data["code"])
        if codes:
            trial.succeeded()
            del self.request.session[_KEY]
        else:
            trial.failed(self.person)
            form.add_error(
                "code",
                _("This code is not right. Is the clock of your telephone set automatically?"),
            )
        return codes
