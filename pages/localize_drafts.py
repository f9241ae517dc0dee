"""Keeps every path of wagtail-localize to drafts.

Stock wagtail-localize publishes by itself: on submitting a live page, on syncing, on "publish" in
its editor. The public record is safe from that; this keeps the admin's own picture right.
"""

from typing import Any

from wagtail.models import DraftStateMixin
from wagtail_localize.models import TranslationSource


def keep_to_drafts() -> None:
    """Wraps the one method that all of them end in. Called once, when the app is ready."""
    original = TranslationSource.create_or_update_translation

    def create_or_update_translation(
        self: TranslationSource, locale: Any, user: Any = None, publish: bool = True, **kwargs: Any
    ) -> Any:
        model = self.specific_content_type.model_class()
        if issubclass(model, DraftStateMixin):
            publish = False
        return original(self, locale, user=user, publish=publish, **kwargs)

    TranslationSource.create_or_update_translation = create_or_update_translation
