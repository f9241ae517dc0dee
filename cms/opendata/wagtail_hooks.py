"""Open data in the admin: the check of uploads, the work after a publication, the list of it."""

import datetime
from typing import Any

from wagtail import hooks

from cms.opendata.checks import check_upload
from cms.opendata.jobs import free_stale, request_conversions, request_missing
from cms.opendata.viewsets import ConversionViewSet
from cms.publication.models import Publication
from cms.schedule.jobs import PeriodicJob

viewset = ConversionViewSet()


@hooks.register("register_admin_viewset")
def register_conversions() -> ConversionViewSet:
    """The list of conversions, for those who may see the public record."""
    return viewset


@hooks.register("check_resource_file")
def check_resource_file(document: Any, kind: str) -> None:
    """Called by the blocks of a dataset when an editor saves."""
    check_upload(document, kind)


@hooks.register("register_periodic_jobs")
def look_after_conversions() -> list[PeriodicJob]:
    """Puts back what a killed worker left; asks nightly for what a killed process did not."""
    return [
        PeriodicJob("free_stale_conversions", free_stale, every=datetime.timedelta(minutes=2)),
        PeriodicJob("request_missing_conversions", request_missing, daily_at=datetime.time(3, 0)),
    ]


@hooks.register("after_publication")
def convert_resources(publication: Publication) -> None:
    """Every format of a dataset's resources is made from the files that were signed for."""
    request_conversions(publication)
