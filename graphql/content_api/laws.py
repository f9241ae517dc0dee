"""What the dates of a law say at the moment that a reader asks about."""

import datetime
from typing import Any

import graphene
from django.utils import timezone

from cms.publication.models import Publication
from content_api.blocks import labelled
from content_api.reader import reader_of
from pages.law import Force, force_on

LawForce = graphene.Enum(
    "LawForce",
    [(force.name, force.value) for force in Force],
    description="Whether a law binds, by its dates.",
)


def law_fields() -> dict[str, Any]:
    """`force` and its name, for `LawPage`."""

    def resolve_force_label(publication: Publication, info: Any) -> str:
        return labelled(dict(Force.choices), [_force(publication).value], publication)[0]

    return {
        "force": LawForce(required=True, description="On the day that is asked about."),
        "force_label": graphene.String(required=True, description="In the language of the record."),
        "resolve_force": staticmethod(lambda publication, info: _force(publication).value),
        "resolve_force_label": staticmethod(resolve_force_label),
    }


def _force(publication: Publication) -> Force:
    moment = reader_of(publication).at or timezone.now()
    fields = publication.data["fields"]
    return force_on(
        timezone.localdate(moment), _day(fields["effective_on"]), _day(fields["repealed_on"])
    )


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
