"""One's own second factor and sessions, for whoever is signed in. The password is asked for."""

from typing import Any

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.accounts.enrolment import Enrolment
from cms.accounts.policy import rules_of
from cms.accounts.second_factor import RecoveryCode, new_recovery_codes, remove
from cms.accounts.sessions import note_second_factor, sign_out_everywhere
from cms.accounts.sign_in_forms import OwnFirstCodeForm, PasswordForm


@method_decorator(sensitive_post_parameters(), name="dispatch")
class AccountStepView(WagtailAdminTemplateMixin, FormView):
    """A page of one's own account with one form."""

    header_icon = "lock"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Below the account."""
        account = {"url": reverse("wagtailadmin_account"), "label": _("Account")}
        return [*super().get_breadcrumbs_items(), account, {"url": "", "label": self.page_title}]


class PasswordStepView(AccountStepView):
    """Asks for the password before something changes."""

    form_class = PasswordForm
    template_name = "accounts/account/confirm.html"
    explanation: Any = ""
    button: Any = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the person."""
        return {**super().get_form_kwargs(), "person": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what is asked, and why."""
        words = {"explanation": self.explanation, "button": self.button}
        return {**super().get_context_data(**kwargs), **words}


class SecondFactorView(AccountStepView):
    """Sets the second factor up by one's own will."""

    page_title = gettext_lazy("Set up two-factor sign-in")
    template_name = "accounts/account/set_up.html"
    form_class = OwnFirstCodeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the person."""
        return {**super().get_form_kwargs(), "person": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the secret as QR code and as letters."""
        enrolment = Enrolment.of(self.request, self.request.user)
        return super().get_context_data(enrolment=enrolment, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Shows the recovery codes, this once; ends the sessions in other browsers."""
        if rules_of(self.request.user).has_second_factor:
            raise PermissionDenied(_("Your second factor is set up already."))
        codes = Enrolment.of(self.request, self.request.user).complete(form)
        if not codes:
            return self.form_invalid(form)
        note_second_factor(self.request)
        return _show(self.request, codes)


class RecoveryCodesView(PasswordStepView):
    """Replaces one's recovery codes."""

    page_title = gettext_lazy("New recovery codes")
    explanation = gettext_lazy("You get ten new codes. The earlier ones are no longer good.")
    button = gettext_lazy("Make new codes")

    def form_valid(self, form: PasswordForm) -> HttpResponse:
        """Shows them, this once."""
        if not rules_of(self.request.user).has_second_factor:
            raise PermissionDenied(_("Set up your second factor first."))
        return _show(self.request, new_recovery_codes(self.request.user))


class SwitchOffView(PasswordStepView):
    """Switches one's second factor off, where no role requires it."""

    page_title = gettext_lazy("Switch two-factor sign-in off")
    explanation = gettext_lazy("From then on your password alone lets you, or others, in.")
    button = gettext_lazy("Switch off")

    def form_valid(self, form: PasswordForm) -> HttpResponse:
        """Forgets telephone and codes."""
        if rules_of(self.request.user).is_required:
            raise PermissionDenied(_("Your role requires a second factor."))
        remove(self.request.user, "second_factor_removed")
        messages.success(self.request, _("Two-factor sign-in is switched off."))
        return redirect("wagtailadmin_account")


@require_POST
def sign_out_everywhere_view(request: HttpRequest) -> HttpResponse:
    """Ends every session of one's own, this one included."""
    sign_out_everywhere(request.user)
    logout(request)
    messages.success(request, _("You are signed out in every browser."))
    return redirect("wagtailadmin_login")


def unused_codes(user: Any) -> int:
    """How many recovery codes a person has left."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def _show(request: HttpRequest, codes: list[str]) -> HttpResponse:
    context = {"codes": codes, "person": request.user, "next_url": reverse("wagtailadmin_account")}
    return render(request, "accounts/sign_in/recovery_codes.html", context)
