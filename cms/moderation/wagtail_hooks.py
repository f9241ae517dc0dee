"""The signers' daily work in the admin: the signing screen, what came back, the checklists."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.mail.kinds import MailKind
from cms.moderation import notices, queue_hooks, queue_notices, reminders  # noqa: F401  # with its hooks
from cms.moderation.release_hooks import register_releases  # noqa: F401  # with its others
from cms.moderation.returned import add_returned_panel
from cms.signoff.checklists import EDIT_PERMISSION


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    """Below `/admin/`."""
    return [path("", include("cms.moderation.urls"))]


@hooks.register("register_mail_kinds")
def register_notices() -> list[MailKind]:
    """The mails of the sign-off."""
    return [*notices.KINDS, *queue_notices.KINDS, *reminders.KINDS]


@hooks.register("construct_homepage_panels")
def show_returned(request: HttpRequest, panels: list[Any]) -> None:
    """To whoever has something to correct."""
    add_returned_panel(request.user, panels)


class ChecklistsMenuItem(MenuItem):
    """Among the settings, for whoever may write checklists."""

    def is_shown(self, request: HttpRequest) -> bool:
        """To the administrator."""
        return request.user.has_perm(EDIT_PERMISSION)


@hooks.register("register_settings_menu_item")
def register_checklists_menu_item() -> MenuItem:
    """What signers confirm."""
    return ChecklistsMenuItem(
        _("Checklists of the signers"),
        reverse("moderation:checklists"),
        name="checklists",
        icon_name="list-ul",
        order=650,
    )
