"""What the API does when something is published, and what it tells caches of it."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from wagtail import hooks

from cms.publication.models import Publication
from cms.schedule.jobs import PeriodicJob


@hooks.register("after_publication")
def make_ready_json(publication: Publication) -> None:
    """Text for the stored operations is made in the background; until then answers do without."""
    from content_api.compiled.jobs import make_for  # the schema is made when all apps are ready

    make_for.enqueue(publication.pk)


@hooks.register("register_periodic_jobs")
def look_after_ready_json() -> list[PeriodicJob]:
    """After an update of the code, or where a worker was killed, some is lacking."""
    from content_api.compiled.jobs import make_missing

    return [PeriodicJob("make_ready_json", make_missing, every=datetime.timedelta(hours=1))]


@hooks.register("find_changed_addresses")
def find_operation_addresses(changes: list[Any]) -> list[str]:
    """For caches that know no tags: the stored operation `page` of each path that changed.

    With the variables in this order, which front ends that use such caches should keep to.
    """
    page = reverse("stored_operation", args=["page"])
    addresses = []
    for path in dict.fromkeys(path for change in changes for path in change.paths):
        language, _slash, rest = path.strip("/").partition("/")
        within = f"/{rest}/" if rest else "/"
        addresses.append(f"{page}?{urlencode({'path': within, 'locale': language.upper()})}")
    return addresses
