"""What is public under each part of sections 7 and 9 of the Official Information Act."""

from typing import Any

import graphene
from django.db.models import Count, Q
from django.utils import translation

from content_api.filters import OfficialInformationSection as Section
from content_api.filters import plain
from content_api.scalars import Locale
from pages.code_lists import OfficialInformationSection


class OfficialInformationCount(graphene.ObjectType):
    """A part of the Act and how many public pages fulfil it."""

    section = Section(required=True)
    label = graphene.String(required=True, description="In the language that was asked for.")
    count = graphene.Int(required=True)


class OfficialInformationQueries:
    """The root field about the Act."""

    official_information = graphene.List(
        graphene.NonNull(OfficialInformationCount),
        required=True,
        locale=Locale(required=True, default_value="th"),
        description="All thirteen parts of sections 7 and 9, also those with nothing yet.",
    )

    @staticmethod
    def resolve_official_information(
        root: Any, info: Any, locale: str
    ) -> list[OfficialInformationCount]:
        """One query for all parts."""
        language = plain(locale)
        rows = info.context.reader().effective().filter(locale=language)
        rows = rows.filter(address__path__isnull=False).exclude(official_information="")
        counts = rows.aggregate(
            **{
                part.name: Count("pk", filter=Q(official_information__contains=f"|{part.value}|"))
                for part in OfficialInformationSection
            }
        )
        with translation.override(language):
            return [
                OfficialInformationCount(
                    section=part.value, label=str(part.label), count=counts[part.name]
                )
                for part in OfficialInformationSection
            ]
