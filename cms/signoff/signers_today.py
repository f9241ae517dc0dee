"""The report "Who may sign today": for each division and step, with acting appointments."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.divisions.capacity import words_of
from cms.divisions.models import Appointment
from cms.signoff.models import SignedTask
from cms.signoff.roles import Role
from cms.signoff.signers import appointments_at, in_groups, is_by_division, members_at
from pages.models import Department


class SignersTodayView(WagtailAdminTemplateMixin, TemplateView):
    """For everybody in the admin: whom to ask for a signature."""

    template_name = "signoff/signers_today.html"
    page_title = _("Who may sign today")
    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The dashboard, then this."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The whole office first, then each division."""
        order = list(Role)
        steps = sorted(
            SignedTask.objects.filter(active=True), key=lambda step: order.index(Role(step.role))
        )
        divided = [step for step in steps if is_by_division(step)]
        found = {step.role: signers_by_division(step) for step in steps}
        divisions = Department.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        places = [(None, _("Whole office")), *[(item.pk, item.title) for item in divisions]]
        return {
            **super().get_context_data(**kwargs),
            "today": timezone.localdate(),
            "roles": [Role(step.role).label for step in divided],
            "rows": [
                {
                    "title": title,
                    "cells": [
                        (Role(step.role).label, found[step.role].get(pk, [])) for step in divided
                    ],
                }
                for pk, title in places
            ],
            "office": [
                (Role(step.role).label, found[step.role].get(None, []))
                for step in steps
                if step not in divided
            ],
        }


def signers_by_division(step: SignedTask) -> dict[int | None, list[str]]:
    """By the Thai record of a division (None: the whole office) the names of who may sign there."""
    found: dict[int | None, list[str]] = {}
    if is_by_division(step):
        members = members_at(step).filter(user__is_active=True).select_related("user")
        for member in members:
            found.setdefault(member.department_id, []).append(_name(member.user))
    else:
        people = in_groups(step).filter(is_active=True).distinct()
        found[None] = [_name(user) for user in people.order_by("first_name", "pk")]
    if step.role in Appointment.Place.values:
        orders = appointments_at(step).filter(user__is_active=True).select_related("user")
        for order in orders:
            words = words_of(order, get_language() or settings.LANGUAGE_CODE)
            found.setdefault(order.department_id, []).append(f"{_name(order.user)} ({words})")
    return found


def _name(user: Any) -> str:
    return user.get_full_name() or user.username
