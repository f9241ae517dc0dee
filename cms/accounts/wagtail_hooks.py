"""Sign-in in the admin: one's own in the account, others' beside their account, the rules."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db import router
from django.db.models import ProtectedError, QuerySet
from django.db.models.deletion import Collector
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.account import BaseSettingsPanel, ChangePasswordPanel, SettingsTab
from wagtail.admin.widgets.button import Button

from cms.accounts import account_views as views
from cms.accounts.administration import SignInOfView, may_administer
from cms.accounts.models import User
from cms.accounts.policy import rules_of
from cms.accounts.sign_in_forms import OwnPasswordChangeForm
from cms.accounts.viewsets import SignInPolicyViewSet

# Wagtail has no setting for this form.
ChangePasswordPanel.form_class = OwnPasswordChangeForm

security_tab = SettingsTab("security", _("Sign-in and security"), order=150)


class _NoForm:
    """What the account page takes for a form that was not filled in."""

    is_bound = False
    media = Media()

    def is_valid(self) -> bool:
        """Nothing to be wrong."""
        return True


class NoFormPanel(BaseSettingsPanel):
    """A panel of the account that only shows."""

    tab = security_tab

    def get_form(self) -> Any:
        """None to fill in."""
        return _NoForm()


class SecondFactorPanel(NoFormPanel):
    """Whether the second factor is set up; each act has a page that asks for the password."""

    name = "second_factor"
    title = _("Two-factor sign-in")
    order = 550
    template_name = "accounts/account/panel.html"

    def get_context_data(self) -> dict[str, Any]:
        """The person's rules and codes."""
        rules, left = rules_of(self.request.user), views.unused_codes(self.request.user)
        return {"rules": rules, "unused_codes": left}


@hooks.register("register_account_settings_panel")
def register_second_factor_panel(request: HttpRequest, user: Any, profile: Any) -> Any:
    """Among the settings of one's account."""
    return SecondFactorPanel(request, user, profile)


@hooks.register("register_admin_urls")
def register_account_urls() -> list[Any]:
    """One's own pages, and that of the sign-in of somebody else."""
    return [
        path("account/second-factor/", views.SecondFactorView.as_view(), name="second_factor"),
        path("account/recovery-codes/", views.RecoveryCodesView.as_view(), name="recovery_codes"),
        path("account/second-factor/off/", views.SwitchOffView.as_view(), name="second_factor_off"),
        path(
            "account/sign-out-everywhere/",
            views.sign_out_everywhere_view,
            name="sign_out_everywhere",
        ),
        path("users/<int:pk>/sign-in/", SignInOfView.as_view(), name="sign_in_of"),
    ]


@hooks.register("register_user_listing_buttons")
def add_sign_in_button(user: Any, request_user: Any) -> Iterator[Button]:
    """In the list of users, for whoever may."""
    if may_administer(request_user, user):
        url = reverse("sign_in_of", args=[user.pk])
        yield Button(_("Sign-in"), url=url, icon_name="lock", priority=50)


@hooks.register("register_admin_viewset")
def register_sign_in_rules() -> SignInPolicyViewSet:
    """Among the settings."""
    return SignInPolicyViewSet()


@hooks.register("register_permissions")
def register_rule_permissions() -> QuerySet[Permission]:
    """So that they can be given to other groups than the administrators."""
    return Permission.objects.filter(
        content_type__app_label="accounts", content_type__model="signinpolicy"
    )


@hooks.register("insert_global_admin_css")
def sign_in_style() -> str:
    """The QR code and the recovery codes."""
    return format_html('<link rel="stylesheet" href="{}">', static("accounts/sign-in.css"))


@hooks.register("before_delete_user")
def keep_account(request: HttpRequest, user: Any) -> HttpResponse | None:
    """Who signed in, or signed, stays as an account: the records name them."""
    return _refuse_deletion(request, [user])


@hooks.register("before_bulk_action")
def keep_accounts(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """The same where several are chosen in the list."""
    users = [chosen for chosen in objects if isinstance(chosen, User)]
    return _refuse_deletion(request, users) if action_type == "delete" and users else None


def _refuse_deletion(request: HttpRequest, users: list[User]) -> HttpResponse | None:
    try:
        Collector(using=router.db_for_write(User)).collect(users)
    except ProtectedError:
        text = _("An account that the records name is not deleted. Make it inactive instead.")
        messages.error(request, text)
        return redirect("wagtailusers_users:index")
    return None
