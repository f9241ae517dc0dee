"""What an editor reads on an item that is being signed."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock
from wagtail.models import WorkflowState

from cms.signoff.action_menu import signing_url
from cms.signoff.releases import place_of_run
from cms.signoff.roles import Role


class SigningLock(WorkflowLock):
    """Locked for everyone: a changed word would void the signatures."""

    def get_message(self, user: Any) -> str:
        """Which step the item waits at, and how it can be edited again."""
        run = self.object.current_workflow_state
        return format_html(
            # Each part is a whole sentence, so that it can be translated.
            '<b>{}</b> {} <a href="{}">{}</a>',
            _("Being signed, now at: %(step)s.") % {"step": Role(self.task.role).label},
            _("It cannot be edited unless it is returned for correction or the run is cancelled."),
            _release_url(run) or signing_url(run.current_task_state_id),
            _("See what is being signed"),
        )

    def get_description(self, user: Any, can_lock: bool = False) -> str:
        """The same for the side panel."""
        return _("Locked while it is being signed")


def _release_url(run: WorkflowState) -> str:
    """The release that the item is signed with; empty for a single item."""
    place = place_of_run(run)
    return reverse("releases:detail", args=[place.release_id]) if place else ""
