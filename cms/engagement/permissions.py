"""Who may see and handle which cases. Every view, count, search and export asks here."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from cms.engagement.cases import Case, CaseQuerySet
from cms.engagement.channels import Channel


def handled_channels(user: Any) -> list[Channel]:
    """The channels at whose desks a user works, in order.

    Corruption complaints are for the members of their own group: a superuser who is not one of
    them does not see that there are any.
    """
    if not user.is_active:
        return []
    return [channel for channel in Channel if _handles(user, channel)]


def may_handle(user: Any, channel: str) -> bool:
    """Whether a user works at the desk of a channel."""
    return user.is_active and _handles(user, Channel(channel))


def check_handler(user: Any, channel: str) -> None:
    """Raises `PermissionDenied` unless the user works at the desk of this channel."""
    if not may_handle(user, channel):
        raise PermissionDenied


def visible_cases(user: Any) -> CaseQuerySet:
    """Every case that a user may see."""
    return Case.objects.of(handled_channels(user))


def handlers_of(channel: str) -> QuerySet[Any]:
    """The active members of the groups that work at a desk."""
    wanted = _granting(Channel(channel), "groups__permissions__")
    return get_user_model().objects.filter(wanted, is_active=True).distinct().order_by("pk")


def _handles(user: Any, channel: Channel) -> bool:
    if channel != Channel.CORRUPTION:
        return user.has_perm(channel.permission)
    # Not `has_perm`, which is true for every superuser.
    return Permission.objects.filter(_granting(channel), group__user=user).exists()


def _granting(channel: Channel, prefix: str = "") -> Q:
    return Q(
        **{
            f"{prefix}codename": channel.codename,
            f"{prefix}content_type__app_label": "engagement",
        }
    )
