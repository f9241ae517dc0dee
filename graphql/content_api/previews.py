"""Drafts for front ends: the one field that shows one, to whoever presents its key."""

from typing import Any

import graphene
from django.utils.translation import gettext_lazy as _

from cms.publication.models import Publication
from content_api.errors import Code, Refused
from content_api.types import Node


class PreviewQueries:
    """The root field about drafts. No list, search or other field ever reads one."""

    preview = graphene.Field(
        Node,
        description=(
            "The draft whose key stands in the header X-Preview-Token, as `page` would show it."
            " Null without a key; a key that is not valid is an error PREVIEW_TOKEN_INVALID."
            " Never cached."
        ),
    )

    @staticmethod
    def resolve_preview(root: Any, info: Any) -> Publication | None:
        """Among the public pages, in the place where it would stand."""
        reader = info.context.preview_reader
        return reader.draft if reader else None


def no_preview() -> Refused:
    """One answer for every key that opens nothing: it does not tell why."""
    return Refused(
        _("There is no preview for this key. It may have ended, or the draft was changed."),
        Code.PREVIEW_TOKEN_INVALID,
    )
