"""Creates the group of each desk, as every installation has them."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import connection
from wagtail.models import GroupPagePermission, Page

from cms.engagement.channels import DESK_GROUPS, Channel
from cms.engagement.models import Case
from cms.signoff.roles import GROUP_NAMES
from cms.signoff.setup import ensure_roles

# The questions desk drafts questions and answers for publication: it adds pages and edits its own.
_DRAFTING = (Channel.QUESTION,)


def ensure_desks(**kwargs: Any) -> None:
    """After `migrate`: creates missing groups and leaves what an administrator changed."""
    if Case._meta.db_table not in connection.introspection.table_names():
        return  # a partial migration
    ensure_roles()  # permissions and the administrators' group, whichever app's turn it is first
    administrators = Group.objects.get(name=GROUP_NAMES["administrator"])
    for channel, name in DESK_GROUPS.items():
        group, created = Group.objects.get_or_create(name=name)
        if not created:
            continue
        group.permissions.add(_permission("wagtailadmin", "access_admin"))
        group.permissions.add(_permission("engagement", channel.codename))
        administrators.permissions.add(_permission("engagement", "change_desksettings"))
        if channel in _DRAFTING:
            GroupPagePermission.objects.create(
                group=group,
                page=Page.get_first_root_node(),
                permission=_permission("wagtailcore", "add_page"),
            )


def _permission(app_label: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
