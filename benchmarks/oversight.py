"""What the dashboard and the nightly count cost an office with 20,000 publications and 500 items.

Writes into the database that DATABASE_URL names, so give it one of its own:

DATABASE_URL=sqlite:////tmp/oversight.sqlite3 DJANGO_SETTINGS_MODULE=tests.settings \\
    .venv/bin/python -m benchmarks.oversight
"""

import resource
import time
from collections.abc import Callable
from typing import Any

import django

PUBLICATIONS, ITEMS = 20_000, 500


def main() -> None:
    """Makes the record once, then measures."""
    django.setup()
    from django.core.management import call_command
    from django.test import RequestFactory

    from cms.divisions.scope import scope_of
    from cms.oversight.coverage import coverage, totals
    from cms.oversight.history import record_day
    from cms.oversight.home_panels import panels_for

    call_command("migrate", verbosity=0)
    office = _office()
    print(f"{totals(coverage().standings).owed} duties; memory before: {_megabytes()} MB")
    for clerk in (office.reporter, office.executive, office.publisher, office.root):
        user = clerk.user
        user.get_all_permissions()
        scope_of(user)
        request = RequestFactory().get("/")
        request.user = user

        def dashboard(user: Any = user, request: Any = request) -> None:
            for panel in panels_for(user):
                panel.render_html({"request": request})

        _measure(f"dashboard of {user.username}", dashboard)
    from django.utils import timezone

    _measure("nightly count", lambda: record_day(timezone.localdate()))
    print(f"memory after: {_megabytes()} MB")


def _office() -> Any:
    from cms.publication.models import Publication
    from pages.models import DisclosureItem
    from tests.office import Office
    from tests.oversight.duties import owe, show
    from tests.oversight.many import many_publications
    from tests.publication.withdrawing import latest

    office = Office()
    if office.news is None:
        office.open()
    if not Publication.objects.filter(type=DisclosureItem.__name__).exists():
        division = office.publish(office.department())
        item = owe(office, "1.1", responsible_division=division)
        many_publications(latest(show(office, item)), PUBLICATIONS)
        many_publications(latest(item), ITEMS)
    return office


def _measure(name: str, act: Callable[[], Any]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    started = time.process_time()
    with CaptureQueriesContext(connection) as caught:
        act()
    seconds = time.process_time() - started
    print(f"{name}: {len(caught)} queries, {seconds:.2f} s of processor time")


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
