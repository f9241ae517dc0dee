"""Panels that pages and records share."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel


def window_panel(**kwargs: Any) -> FieldRowPanel:
    """From when and until when readers see the item. `kwargs` are the row's, e.g. `heading`.

    Not Wagtail's PublishingPanel: it shows the times only to those who may publish.
    """
    start = _("From when readers see it once all have signed; empty: at once")
    end = _("Until when readers see it; empty: until it is withdrawn")
    return FieldRowPanel(
        [FieldPanel("go_live_at", help_text=start), FieldPanel("expire_at", help_text=end)],
        **kwargs,
    )


class CorrectionNotePanel(FieldPanel):
    """Shown once the item has been public: before, there is nothing to correct."""

    class BoundPanel(FieldPanel.BoundPanel):
        """The panel of one item."""

        def is_shown(self) -> bool:
            """Whether something was published."""
            return super().is_shown() and self.instance.first_published_at is not None
