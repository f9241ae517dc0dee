"""What an alert tells besides its own fields: both languages, and the messages before it."""

from typing import Any

import graphene
from django.utils import timezone, translation

from cms.publication.models import Publication
from content_api.reader import reader_of
from content_api.scalars import DateTime, Locale
from pages.alert_words import TEXT_PAIRS
from pages.models import Alert

_LABELLED = ("category", "severity", "urgency", "certainty", "response_type", "message_type")
_CHOICES: dict[str, Any] = {name: Alert._meta.get_field(name) for name in _LABELLED}
_LABELS = {name: dict(field.choices) for name, field in _CHOICES.items()}
_TEXT_NAMES = {"title": "headline"}  # CAP's name for it


class AlertInfo(graphene.ObjectType):
    """An alert in one language, as a block `info` of the Common Alerting Protocol."""

    locale = Locale(required=True)
    event = graphene.String(required=True)
    headline = graphene.String(required=True)
    description = graphene.String(required=True, description="What is happening.")
    instruction = graphene.String(required=True, description="What to do.")
    area = graphene.String(required=True)
    category_label = graphene.String(required=True)
    severity_label = graphene.String(required=True)
    urgency_label = graphene.String(required=True)
    certainty_label = graphene.String(required=True)
    response_type_label = graphene.String(required=True)
    message_type_label = graphene.String(required=True)


class AlertReference(graphene.ObjectType):
    """An earlier message about the same danger, which a later one updates or ends."""

    identifier = graphene.String(required=True)
    sent_at = DateTime(required=True)


def alert_fields() -> dict[str, Any]:
    """The fields of `Alert` that no editor fills in."""
    return {
        "identifier": graphene.String(required=True, description="Of this message, for ever."),
        "permanent_id": graphene.String(
            required=True, description="Of the alert, whatever is said of it later."
        ),
        "effective_from": DateTime(required=True),
        "expires_at": DateTime(required=True, description="As it was signed."),
        "effective_until": DateTime(description="When it ended: at `expiresAt`, or replaced."),
        "is_in_force": graphene.Boolean(required=True),
        "info": graphene.Field(
            AlertInfo,
            required=True,
            locale=Locale(required=True, default_value="th"),
            description="What it says in one language: every alert is written in both.",
        ),
        "references": graphene.List(
            graphene.NonNull(AlertReference),
            required=True,
            description="The messages before this one, the first first.",
        ),
        "resolve_identifier": staticmethod(lambda row, info: identifier_of(row)),
        "resolve_permanent_id": staticmethod(lambda row, info: row.address.short_id),
        # Null only in a draft's preview; the contract has it on every alert.
        "resolve_expires_at": staticmethod(
            lambda row, info: row.data["effectiveUntil"] or row.effective_from
        ),
        "resolve_is_in_force": staticmethod(lambda row, info: _is_in_force(row)),
        "resolve_info": staticmethod(lambda row, info, locale: _info(row, locale)),
        "resolve_references": staticmethod(lambda row, info: _references(row)),
    }


def identifier_of(publication: Publication) -> str:
    """CAP's identifier: no spaces, commas, "<" or "&". A draft has none yet."""
    return f"{publication.address.short_id}-{publication.sequence or 0}"


def _is_in_force(publication: Publication) -> bool:
    until = publication.effective_until
    return until is None or until > timezone.now()


def _info(publication: Publication, locale: Any) -> AlertInfo:
    language = getattr(locale, "value", locale)
    fields = {**publication.data["fields"], "title": publication.title}
    texts = {
        _TEXT_NAMES.get(thai, thai): fields[english if language == "en" else thai] or ""
        for thai, english in TEXT_PAIRS.items()
    }
    with translation.override(language):
        labels = {
            f"{name}_label": str(choices.get(fields[name], "")) for name, choices in _LABELS.items()
        }
    return AlertInfo(locale=language, **texts, **labels)


def _references(publication: Publication) -> list[AlertReference]:
    """One query for every alert that was read together with this one."""
    reader = reader_of(publication)
    known = reader.beside["alert_messages"]
    if str(publication.subject) not in known:
        read = [row for row in (publication, *reader.publications) if row.type == "Alert"]
        known.update({str(row.subject): [] for row in read})
        messages = Publication.objects.filter(
            subject__in=list(known), kind=Publication.Kind.PUBLICATION
        )
        for row in messages.select_related("address").defer("snapshot").order_by("sequence"):
            known[str(row.subject)].append(row)
    before = publication.sequence or float("inf")
    return [
        AlertReference(identifier=identifier_of(row), sent_at=row.published_at)
        for row in known[str(publication.subject)]
        if row.sequence < before
    ]
