"""Lets the administrators set within how many hours an alert is reviewed."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import connection

from cms.alerts.models import AlertSettings
from cms.signoff.roles import GROUP_NAMES
from cms.signoff.setup import ensure_roles

_CODENAME = "change_alertsettings"


def ensure_settings_permission(**kwargs: Any) -> None:
    """After `migrate`: gives the permission once, while no group has it."""
    if AlertSettings._meta.db_table not in connection.introspection.table_names():
        return  # a partial migration
    ensure_roles()  # permissions and groups, whichever app's turn it is first
    permission = Permission.objects.get(content_type__app_label="alerts", codename=_CODENAME)
    if not permission.group_set.exists():
        Group.objects.get(name=GROUP_NAMES["administrator"]).permissions.add(permission)
