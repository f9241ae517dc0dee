"""The pages of signing in: password, code, new password, second factor for the first time."""

from typing import Any

from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from wagtail.admin.views.account import LoginView
from wagtail.users.models import UserProfile

from cms.accounts import pending
from cms.accounts.enrolment import Enrolment
from cms.accounts.sign_in_forms import CodeForm, FirstCodeForm, SignInForm


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class SignInView(LoginView):
    """Wagtail's page, which signs nobody in before every step is done."""

    def get_form_class(self) -> type:
        """With our words for limits."""
        return SignInForm

    def form_valid(self, form: Any) -> HttpResponse:
        """To the steps after the password."""
        is_remembered = form.cleaned_data.get("remember", False)
        pending.begin(self.request, form.get_user(), self.get_success_url(), is_remembered)
        return pending.go_on(self.request)


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class StepView(FormView):
    """A step after the password: for whoever is at it, and for nobody else."""

    name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Leads elsewhere whoever is at another step."""
        self.person = pending.pending_person(request)
        if self.person is None or pending.next_step(request) != self.name:
            return pending.go_on(request)
        language = UserProfile.get_for_user(self.person).get_preferred_language()
        with override(language):
            response = super().dispatch(request, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response


class CodeView(StepView):
    """Asks for the second factor."""

    name = "sign_in_code"
    template_name = "accounts/sign_in/code.html"
    form_class = CodeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the person."""
        return {**super().get_form_kwargs(), "person": self.person}

    def form_valid(self, form: CodeForm) -> HttpResponse:
        """Goes on."""
        pending.note(self.request, self.person, second_factor=True)
        return pending.go_on(self.request)


class NewPasswordView(StepView):
    """Asks for a password of one's own, as somebody else set the present one."""

    name = "sign_in_password"
    template_name = "accounts/sign_in/password.html"
    form_class = SetPasswordForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the person."""
        return {**super().get_form_kwargs(), "user": self.person}

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        """Keeps it and goes on."""
        pending.note(self.request, form.save())
        return pending.go_on(self.request)


class SetUpView(StepView):
    """Sets the second factor up, as a role of the person requires it."""

    name = "sign_in_set_up"
    template_name = "accounts/sign_in/set_up.html"
    form_class = FirstCodeForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the secret as QR code and as letters."""
        enrolment = Enrolment.of(self.request, self.person)
        return super().get_context_data(enrolment=enrolment, **kwargs)

    def form_valid(self, form: FirstCodeForm) -> HttpResponse:
        """Shows the recovery codes, this once."""
        enrolment = Enrolment.of(self.request, self.person)
        codes = enrolment.complete(form)
        if not codes:
            return self.form_invalid(form)
        pending.note(self.request, self.person, second_factor=True)
        context = {"codes": codes, "person": self.person, "next_url": reverse("sign_in_go_on")}
        return render(self.request, "accounts/sign_in/recovery_codes.html", context)


@never_cache
def go_on(request: HttpRequest) -> HttpResponse:
    """From the recovery codes to the admin; only where somebody is on the way there."""
    if pending.pending_person(request) is None:
        return redirect("wagtailadmin_login")
    return pending.go_on(request)
