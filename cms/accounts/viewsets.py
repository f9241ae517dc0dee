"""Wagtail's user screens with the fields of our user model."""

from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

POSITION_FIELDS = {"position", "position_en"}


class OfficeUserEditForm(UserEditForm):
    """Edits an account, including the positions that signatures show."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | POSITION_FIELDS


class OfficeUserCreationForm(UserCreationForm):
    """Creates an account, including the positions that signatures show."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | POSITION_FIELDS


class UserViewSet(WagtailUserViewSet):
    """The user administration of Wagtail with our two forms."""

    template_prefix = "accounts/users/"

    def get_form_class(self, for_update: bool = False) -> type:
        """The form for an existing account (`for_update`) or for a new one."""
        return OfficeUserEditForm if for_update else OfficeUserCreationForm
