"""The type of the log of publications: what happened to the public record, act by act."""

import datetime
from typing import Any

import graphene
from django.apps import apps
from django.utils import translation
from django.utils.text import capfirst
from wagtail.models import Page

from cms.publication.models import Publication
from cms.transparency.log import Action
from content_api.connections import connection
from content_api.scalars import DateTime, Locale
from content_api.types import permanent_path, public_path

_ACTIONS = {
    "PUBLISHED": "It became public.",
    "CHANGED": "Another version took the place of the one before.",
    "WITHDRAWN": "It was withdrawn.",
    "": "What happened to a record.",
}
PublicationAction = graphene.Enum(
    "PublicationAction",
    [(action.name, action.value) for action in Action],
    description=lambda action: _ACTIONS[action.name if action else ""],
)


class LogEntry(graphene.ObjectType):
    """One act of the public record."""

    at = DateTime(required=True, description="From when on readers had it, or had it no more.")
    action = PublicationAction(required=True, description="What happened.")
    type = graphene.String(required=True, description="E.g. NewsPage.")
    type_label = graphene.String(required=True, description="In the language of the record.")
    title = graphene.String(
        required=True, description="As it was called; of a withdrawal, what its note left."
    )
    locale = Locale(required=True, description="The language of the record.")
    permanent_path = graphene.String(
        description="Leads to the page, or says why it is gone; null for a record without a page."
    )
    path = graphene.String(description="Where it stands now; null where it does not.")

    @staticmethod
    def resolve_at(row: Publication, info: Any) -> datetime.datetime:
        """The beginning of its time."""
        return row.effective_from

    @staticmethod
    def resolve_type_label(row: Publication, info: Any) -> str:
        """As in the admin."""
        with translation.override(row.locale):
            return str(capfirst(apps.get_model("pages", row.type)._meta.verbose_name))

    @staticmethod
    def resolve_permanent_path(row: Publication, info: Any) -> str | None:
        """The short address, in this language."""
        model = apps.get_model("pages", row.type)
        return permanent_path(row) if issubclass(model, Page) else None

    @staticmethod
    def resolve_path(row: Publication, info: Any) -> str | None:
        """Of a page that everybody may read."""
        return (public_path(row) or None) if row.stands else None  # type: ignore[attr-defined]


LogConnection = connection("Log", LogEntry)
