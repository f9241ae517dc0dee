"""What a person types to sign in: name and password, the code, a new password, the first code."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm, PasswordChangeForm

from cms.accounts.passwords import confirm_password
from cms.accounts.second_factor import verify
from cms.accounts.throttle import Purpose, TooManyAttempts, blocked_until

_CODE_ATTRIBUTES = {"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}


class SignInForm(LoginForm):
    """Name and password. The limits stand in the backend; here they get their words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")  # Wagtail's own is English everywhere

    def get_invalid_login_error(self) -> ValidationError:
        """Wrong, or when to try again: the same for names that do not exist."""
        if until := blocked_until(Purpose.PASSWORD, self.cleaned_data.get("username") or ""):
            return TooManyAttempts(until)
        return super().get_invalid_login_error()


class CodeForm(forms.Form):
    """The second factor: what the telephone shows, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Six digits from the app on your telephone, or one of your recovery codes."),
        error_messages={"required": _("Type the code.")},
        widget=forms.TextInput(attrs=_CODE_ATTRIBUTES),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_code(self) -> str:
        """Right, and not used before."""
        code = self.cleaned_data["code"]
        if not verify(self.person, code):
            raise ValidationError(_("This code is not right, or was used already."))
        return code


class FirstCodeForm(forms.Form):
    """The code that proves that the telephone has read the secret."""

    code = forms.CharField(
        label=_("Code that the app shows now"),
        max_length=10,
        error_messages={"required": _("Type the code.")},
        widget=forms.TextInput(attrs={**_CODE_ATTRIBUTES, "inputmode": "numeric"}),
    )


class PasswordForm(forms.Form):
    """The password once more, before something changes that guards the account."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        error_messages={"required": _("Type your password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        """The person's own."""
        password = self.cleaned_data["password"]
        confirm_password(self.person, password)
        return password


class OwnFirstCodeForm(FirstCodeForm, PasswordForm):
    """Both, for whoever is signed in: an unattended browser sets nothing up."""

    field_order = ("code", "password")


class OwnPasswordChangeForm(PasswordChangeForm):
    """Wagtail's, in which the present password cannot be guessed either."""

    def clean_old_password(self) -> str:
        """The person's own, and not after many wrong ones."""
        password = self.cleaned_data["old_password"]
        confirm_password(self.user, password)
        return password
