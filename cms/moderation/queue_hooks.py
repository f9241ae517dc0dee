"""The queue in the admin: menu, dashboard, reports, and the job of the reminders."""

import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.views.home import (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)

from cms.moderation.queue import Queue
from cms.moderation.queue_reports import VIEW_PERMISSION, UrgentItemsView, WaitingReportView
from cms.moderation.queue_views import queue_of
from cms.moderation.reminders import forget_past, remind
from cms.schedule.jobs import PeriodicJob

_SHOWN = 10
# Wagtail's panels that say a part of what the queue says.
_REPLACED = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)


class QueueMenuItem(MenuItem):
    """Leads to the queue and says how much waits there."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """With the number behind the words, where there is one."""
        count = queue_of(request).count
        label = gettext("To sign (%(count)d)") % {"count": count} if count else str(self.label)
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname
        )


class QueuePanel(Component):
    """On the dashboard: the first of what waits, and the way to all of it."""

    name = "queue"
    template_name = "moderation/queue_panel.html"
    order = 50

    def __init__(self, queue: Queue) -> None:
        self.queue = queue

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The first rows and the numbers."""
        queue, others = self.queue, len(self.queue.with_others)
        return {
            "rows": queue.waiting[:_SHOWN],
            "count": queue.count,
            "others": ngettext(
                "%(count)d item of yours is with others.",
                "%(count)d items of yours are with others.",
                others,
            )
            % {"count": others}
            if others
            else "",
        }


class OverseerMenuItem(MenuItem):
    """For those who may see the flags."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By permission."""
        return request.user.has_perm(VIEW_PERMISSION)


@hooks.register("register_admin_menu_item")
def register_queue_menu_item() -> MenuItem:
    """First of all."""
    return QueueMenuItem(
        _("To sign"),
        reverse("moderation:queue"),
        name="queue",
        icon_name="clipboard-list",
        order=50,
    )


@hooks.register("construct_homepage_panels")
def show_queue(request: HttpRequest, panels: list[Any]) -> None:
    """One panel in the place of Wagtail's two."""
    panels[:] = [panel for panel in panels if not isinstance(panel, _REPLACED)]
    panels.append(QueuePanel(queue_of(request)))


@hooks.register("register_reports_menu_item")
def register_urgent_menu_item() -> MenuItem:
    """Among the reports."""
    url = reverse("urgent_items")
    return OverseerMenuItem(
        _("Urgent items"), url, name="urgent-items", icon_name="warning", order=510
    )


@hooks.register("register_reports_menu_item")
def register_waiting_menu_item() -> MenuItem:
    """Among the reports."""
    return OverseerMenuItem(
        _("Everything that waits for a signature"),
        reverse("waiting_report"),
        name="waiting-report",
        icon_name="time",
        order=505,
    )


@hooks.register("register_admin_urls")
def register_report_urls() -> list[Any]:
    """Both reports."""
    return [
        path("reports/urgent-items/", UrgentItemsView.as_view(), name="urgent_items"),
        path(
            "reports/urgent-items/results/",
            UrgentItemsView.as_view(results_only=True),
            name="urgent_items_results",
        ),
        path("reports/waiting/", WaitingReportView.as_view(), name="waiting_report"),
    ]


@hooks.register("register_periodic_jobs")
def register_reminders() -> list[PeriodicJob]:
    """Every half hour, and each night the rows of what is over."""
    return [
        PeriodicJob("remind_signers", remind, every=datetime.timedelta(minutes=30)),
        PeriodicJob("forget_past_reminders", forget_past, daily_at=datetime.time(3, 40)),
    ]
