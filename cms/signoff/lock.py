"""What an editor reads on an item that is being signed."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock


class SigningLock(WorkflowLock):
    """Locked for everyone: a changed word would void the signatures."""

    def get_message(self, user: Any) -> str:
        """Which step the item waits at, and how it can be edited again."""
        return format_html(
            # Each part is a whole sentence, so that it can be translated.
            "<b>{}</b> {}",
            _("Being signed, now at: %(step)s.") % {"step": self.task.name},
            _("It cannot be edited unless it is returned for correction or the run is cancelled."),
        )

    def get_description(self, user: Any, can_lock: bool = False) -> str:
        """The same for the side panel."""
        return _("Locked while it is being signed")
