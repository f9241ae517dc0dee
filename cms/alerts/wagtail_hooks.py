"""Alerts in the admin: the menu, the dashboard, what a message must be, and overdue reviews."""

import datetime
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms.alerts import urls
from cms.alerts.lists import AlertLists
from cms.alerts.overdue import KIND, mail_overdue_reviews
from cms.alerts.reviews import reviewable_by
from cms.mail.kinds import MailKind
from cms.publication.models import Publication
from cms.schedule.jobs import PeriodicJob
from cms.signoff.entries import Entry
from cms.snapshot.snapshot import Snapshot
from pages.alert_codes import MessageType
from pages.models import Alert


class AlertsMenuItem(MenuItem):
    """For who may see alerts."""

    def is_shown(self, request: HttpRequest) -> bool:
        """By the permission of the record."""
        return request.user.has_perm("pages.view_alert")


class AlertsPanel(Component):
    """On the dashboard: the way to issue an alert, and what waits for this person."""

    name = "alerts"
    template_name = "alerts/panel.html"
    order = 10

    def __init__(self, lists: AlertLists) -> None:
        self.lists = lists

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The lists, for the template."""
        may_issue = self.lists.user.has_perm("pages.add_alert")
        return {"lists": self.lists, "may_issue": may_issue}


@hooks.register("register_admin_urls")
def register_addresses() -> list[Any]:
    """Below `/admin/alerts/`."""
    return [path("alerts/", include(urls))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """High up: it is looked for in a hurry."""
    return AlertsMenuItem(
        gettext_lazy("Emergency alerts"), reverse("alerts:index"), icon_name="warning", order=90
    )


@hooks.register("insert_global_admin_css")
def alert_style() -> str:
    """Large buttons and frames on narrow screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("alerts/alerts.css"))


@hooks.register("construct_homepage_panels")
def add_alerts_panel(request: HttpRequest, panels: list[Any]) -> None:
    """For who may issue, release or review alerts."""
    user: Any = request.user
    lists = AlertLists(user)
    if user.has_perm("pages.add_alert") or lists.waiting or lists.mine_to_review:
        panels.append(AlertsPanel(lists))


@hooks.register("find_queue_entries")
def find_reviews(user: Any) -> list[Entry]:
    """What this person must review, for the queue. The signatures of alerts are found there."""
    return [
        Entry(
            title=message.title,
            type=_("Emergency alert"),
            language="",
            step=_("Review after the alert"),
            since=message.published_at,
            due_at=due,
            url=reverse("alerts:review", args=[message.pk]),
            is_urgent=True,
        )
        for message, due in reviewable_by(user)
    ]


@hooks.register("construct_snippet_listing_buttons")
def hide_translation(buttons: list[Any], snippet: Any, user: Any) -> None:
    """An alert holds both languages: there is nothing to translate."""
    if isinstance(snippet, Alert):
        buttons[:] = [button for button in buttons if "/localize/" not in str(button.url)]


@hooks.register("find_signing_problems")
def find_message_problems(snapshot: Snapshot, role: str) -> list[str]:
    """A first message is an alert, every later one an update or the end of it."""
    if snapshot.data["type"] != Alert.__name__:
        return []
    is_first = snapshot.data["fields"]["message_type"] == MessageType.ALERT
    has_earlier = Publication.objects.filter(subject=snapshot.data["subject"]).exists()
    if is_first and has_earlier:
        return [_("This alert was public before. Make it an update of the alert, or its end.")]
    if not is_first and not has_earlier:
        return [_("This alert was never public: there is nothing to update or to end.")]
    return []


@hooks.register("register_mail_kinds")
def register_kinds() -> list[MailKind]:
    """Reviews that are overdue cannot be turned off."""
    label = gettext_lazy("The review of an emergency alert is overdue")
    return [MailKind(KIND, label, is_optional=False)]


@hooks.register("register_periodic_jobs")
def register_jobs() -> list[PeriodicJob]:
    """Looks for overdue reviews."""
    every = datetime.timedelta(minutes=15)
    return [PeriodicJob("mail_overdue_alert_reviews", mail_overdue_reviews, every=every)]
