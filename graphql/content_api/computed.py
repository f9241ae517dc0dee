"""Fields that no editor fills in: computed from what was signed, or looked up beside it.

`COMPUTED` names them by GraphQL type; the registry adds them to the types it makes.
"""

from typing import Any

import graphene
from django.utils import translation

from cms.publication.models import Publication
from content_api.alert_fields import alert_fields
from content_api.hearings import hearing_fields
from content_api.laws import law_fields
from content_api.web_links import web_link_fields
from pages.services import DURATION_UNITS, total_durations


class Duration(graphene.ObjectType):
    """A length of time in one unit."""

    amount = graphene.Int(required=True)
    unit = graphene.String(required=True, description="minute, hour, day, working-day or month.")
    unit_label = graphene.String(required=True, description="In the language of the record.")


def _duration_fields() -> dict[str, Any]:
    def resolve_total_duration(publication: Publication, info: Any) -> list[Duration]:
        steps = [step["value"] for step in publication.data["fields"].get("steps") or []]
        labels = dict(DURATION_UNITS)
        with translation.override(publication.locale):
            return [
                Duration(amount=amount, unit=unit, unit_label=str(labels[unit]))
                for amount, unit in total_durations(steps)
            ]

    return {
        "total_duration": graphene.List(
            graphene.NonNull(Duration),
            required=True,
            description="Of all steps together; units that do not convert stand side by side.",
        ),
        "resolve_total_duration": staticmethod(resolve_total_duration),
    }


COMPUTED: dict[str, dict[str, Any]] = {
    "Alert": alert_fields(),
    "ConsultationPage": hearing_fields(),
    "DeskPage": _duration_fields(),
    "LawPage": law_fields(),
    "ServiceManualPage": _duration_fields(),
    "WebLink": web_link_fields(),
}
