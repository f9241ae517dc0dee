"""The administrator's screens in the settings menu."""

from typing import Any

from wagtail import hooks

from cms.divisions.viewsets import AppointmentViewSet, MembershipViewSet

viewsets = [MembershipViewSet(), AppointmentViewSet()]


@hooks.register("register_admin_viewset")
def register_divisions() -> list[Any]:
    """Members of divisions, acting appointments and deputies."""
    return viewsets
