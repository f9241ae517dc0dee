"""Two app configurations: our users, and Wagtail's user administration with our forms in it."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    """The app that holds the user model and the rules of signing in."""

    name = "cms.accounts"
    default = True  # of the two in this module
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from cms.accounts import policy, sessions

        user_logged_in.connect(sessions.begin, dispatch_uid="accounts.sessions")
        for signal in (post_save, post_delete):
            signal.connect(policy.tell_change, policy.SignInPolicy, dispatch_uid="accounts.policy")


class OfficeUsersAppConfig(WagtailUsersAppConfig):
    """`wagtail.users`, with the position fields in its forms."""

    user_viewset = "cms.accounts.viewsets.UserViewSet"
