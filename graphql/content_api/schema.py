"""The root of the schema: what a reader can ask."""

from typing import Any

import graphene

from cms.publication.models import Publication
from content_api.alerts import AlertQueries
from content_api.assessments import AssessmentQueries
from content_api.blocks import block_types
from content_api.changes import ChangeQueries
from content_api.dates import FiscalYear, add_formatted_dates, fiscal_year
from content_api.descriptions import describe
from content_api.downloads import DownloadQueries
from content_api.filters import filtered, plain
from content_api.histories import HistoryQueries
from content_api.kinds import KindQueries
from content_api.lists import ListQueries
from content_api.navigation import NavigationQueries
from content_api.official_information import OfficialInformationQueries
from content_api.places import PlaceQueries
from content_api.previews import PreviewQueries
from content_api.reader import reader_at
from content_api.scalars import Locale
from content_api.search import SearchQueries
from content_api.sites import add_site_argument
from content_api.topics import TopicQueries
from content_api.transparency import TransparencyQueries
from content_api.types import object_types
from content_api.verification import VerificationQueries
from content_api.withdrawals import WithdrawalQueries

Department = object_types["Department"]


class Query(
    AlertQueries,
    AssessmentQueries,
    DownloadQueries,
    HistoryQueries,
    ChangeQueries,
    KindQueries,
    ListQueries,
    NavigationQueries,
    OfficialInformationQueries,
    PlaceQueries,
    PreviewQueries,
    SearchQueries,
    TopicQueries,
    TransparencyQueries,
    VerificationQueries,
    WithdrawalQueries,
    graphene.ObjectType,
):
    """Everything that is public; drafts by their keys alone, citizens' data not at all."""

    fiscal_years = graphene.List(
        graphene.NonNull(FiscalYear),
        required=True,
        locale=Locale(required=True, default_value="th"),
        under=graphene.String(description="Only of pages below this path, e.g. /th/agency/."),
        description="The fiscal years that pages are about, latest first.",
    )
    departments = graphene.List(
        graphene.NonNull(Department),
        required=True,
        locale=Locale(required=True, default_value="th"),
        description="The divisions of the office, in their order.",
    )

    @staticmethod
    def resolve_fiscal_years(
        root: Any, info: Any, locale: str, under: str | None = None
    ) -> list[FiscalYear | None]:
        """Small: one for each year."""
        dated = (
            reader_at(info, None)
            .effective()
            .filter(locale=plain(locale), fiscal_year__isnull=False, address__path__isnull=False)
        )
        rows = filtered(dated, {"under": under}, plain(locale))
        years = rows.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
        return [fiscal_year(year, plain(locale)) for year in years]

    @staticmethod
    def resolve_departments(root: Any, info: Any, locale: str) -> list[Publication]:
        """Small: the whole list."""
        reader = reader_at(info, None)
        rows = reader.effective().filter(locale=plain(locale), type="Department")
        return reader.read(rows.order_by("sort_order", "id"))


add_formatted_dates()
add_site_argument(Query)
schema = graphene.Schema(
    query=Query, types=[*object_types.values(), *block_types.values()], auto_camelcase=True
)
describe(schema.graphql_schema)
