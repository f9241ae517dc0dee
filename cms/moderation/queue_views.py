"""The queue page: what waits for me, since when, how urgent (issue 4)."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.moderation.queue import Queue, Row

FILTERS = {
    "": gettext_lazy("All"),
    "urgent": gettext_lazy("Urgent or sensitive only"),
    "overdue": gettext_lazy("Overdue only"),
}


class QueueView(WagtailAdminTemplateMixin, TemplateView):
    """For everybody in the admin: the own queue."""

    template_name = "moderation/queue.html"
    page_title = gettext_lazy("Waits for your signature")
    header_icon = "clipboard-list"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The dashboard, then this."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Three lists, each with the chosen filter."""
        queue = queue_of(self.request)
        chosen = self.request.GET.get("show", "")
        waiting = filtered(queue.waiting, chosen)
        return {
            **super().get_context_data(**kwargs),
            "filters": [(name, label, name == chosen) for name, label in FILTERS.items()],
            "sections": [
                {
                    "id": "waiting",
                    "heading": _("Waits for your signature"),
                    "rows": waiting,
                    "empty": _("Nothing waits for your signature."),
                },
                {
                    "id": "returned",
                    "heading": _("Returned to you for correction"),
                    "rows": filtered(queue.returned, chosen),
                    "empty": _("Nothing was returned to you."),
                },
                {
                    "id": "others",
                    "heading": _("Yours, and with others now"),
                    "rows": filtered(queue.with_others, chosen),
                    "shows_people": True,
                    "empty": _("Nothing of yours waits for others."),
                },
            ],
            "report_url": reverse("waiting_report")
            if self.request.user.has_perm("signoff.view_flag")
            else "",
        }


def queue_of(request: HttpRequest) -> Queue:
    """The queue of whoever asks, read once in a request: page, panel and menu show the same."""
    queue = getattr(request, "_queue", None)
    if queue is None:
        queue = Queue(request.user)
        request._queue = queue  # type: ignore[attr-defined]
    return queue


def filtered(rows: list[Row], chosen: str) -> list[Row]:
    """The rows that a filter leaves; all where it is none of ours."""
    if chosen == "urgent":
        return [row for row in rows if row.is_pressing]
    if chosen == "overdue":
        return [row for row in rows if row.is_overdue]
    return rows
