"""Wagtail's user screens with our fields, and the sign-in rules of the roles."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from cms.accounts.events import tell
from cms.accounts.policy import SignInPolicy

POSITION_FIELDS = {"position", "position_en"}


class PasswordOfSomebodyElse:
    """Whoever sets another person's password knows it: that person must choose a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.editing_self = kwargs.get("editing_self", False)
        super().__init__(*args, **kwargs)

    def save(self, commit: bool = True) -> Any:
        """Saves the account, with that duty where a password was set."""
        form: Any = self
        is_set = bool(form.cleaned_data.get("password1")) and not self.editing_self
        user = super().save(commit=False)  # type: ignore[misc]
        if is_set:
            user.must_change_password = True
        if commit:
            user.save()
            form.save_m2m()
            if is_set:
                tell("password_set", user=user)
        return user


class OfficeUserEditForm(PasswordOfSomebodyElse, UserEditForm):
    """Edits an account, including the positions that signatures show."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | POSITION_FIELDS


class OfficeUserCreationForm(PasswordOfSomebodyElse, UserCreationForm):
    """Creates an account, including the positions that signatures show."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | POSITION_FIELDS


class UserViewSet(WagtailUserViewSet):
    """The user administration of Wagtail with our two forms."""

    template_prefix = "accounts/users/"

    def get_form_class(self, for_update: bool = False) -> type:
        """The form for an existing account (`for_update`) or for a new one."""
        return OfficeUserEditForm if for_update else OfficeUserCreationForm


class SignInPolicyViewSet(ModelViewSet):
    """Which roles need a second factor, and how long each stays signed in."""

    model = SignInPolicy
    name = "sign_in_rules"
    icon = "lock"
    menu_label = _("Sign-in rules")
    menu_order = 650
    add_to_settings_menu = True
    copy_view_enabled = False
    form_fields = ("group", "requires_second_factor", "session_hours")
    list_display = (
        "group",
        BooleanColumn("requires_second_factor", label=_("second factor required")),
        Column("session_hours", label=_("hours until one must sign in again")),
    )
    search_backend_name = None
