"""The desks in the admin: the menu, and on the dashboard what waits at one's own."""

import datetime
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.ui.components import Component

from cms.engagement.cases import overdue_before
from cms.engagement.channels import Channel
from cms.engagement.mails import KINDS
from cms.engagement.permissions import visible_cases
from cms.engagement.retention import delete_all
from cms.engagement.viewsets import CitizensGroup
from cms.mail.kinds import MailKind
from cms.schedule.jobs import PeriodicJob


@hooks.register("register_admin_viewset")
def register_desks() -> CitizensGroup:
    """The desks and their statistics, in one menu."""
    return CitizensGroup()


@hooks.register("insert_global_admin_css")
def desk_style() -> str:
    """The lists on narrow screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("engagement/desk.css"))


@hooks.register("register_mail_kinds")
def register_case_mails() -> list[MailKind]:
    """To the desks and to the senders."""
    return KINDS


@hooks.register("register_periodic_jobs")
def delete_nightly() -> list[PeriodicJob]:
    """The period that was promised to the senders is kept."""
    return [PeriodicJob("delete_expired_cases", delete_all, daily_at=datetime.time(2, 30))]


class WaitingPanel(Component):
    """How many cases wait at the user's own desks."""

    name = "citizens"
    template_name = "engagement/waiting_panel.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """One row for each desk at which something waits."""
        user = parent_context["request"].user
        overdue = Count("pk", filter=Q(received_at__lt=overdue_before()))
        waiting = visible_cases(user).waiting().order_by().values("channel")
        found = {row["channel"]: row for row in waiting.annotate(waiting=Count("pk"), late=overdue)}
        desks = [
            {
                **found[channel],
                "name": channel.desk,
                "url": f"{reverse(f'citizens_{channel.value}:index')}?waiting=open",
            }
            for channel in Channel
            if channel in found
        ]
        return {"desks": desks}


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Any]) -> None:
    """For those at whose desk something waits."""
    if visible_cases(request.user).waiting().exists():
        panels.append(WaitingPanel())
