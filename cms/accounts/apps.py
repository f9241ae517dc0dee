"""Two app configurations: our users, and Wagtail's user administration with our forms in it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    """The app that holds the user model."""

    name = "cms.accounts"
    verbose_name = _("Accounts")


class OfficeUsersAppConfig(WagtailUsersAppConfig):
    """`wagtail.users`, with the position fields in its forms."""

    user_viewset = "cms.accounts.viewsets.UserViewSet"
