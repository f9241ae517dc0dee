"""A thousand rows: so many queries for each, and memory that does not grow with them."""

import tracemalloc

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.importing.jobs import start, work_now
from cms.importing.models import ImportRun
from tests.importing.uploads import ROW, checked, csv, uploaded
from tests.office import Office

MEBIBYTE = 1 << 20


def rows(number: int) -> bytes:
    """A CSV of so many rows."""
    return csv([{**ROW, "code": str(one), "title": f"ประกาศ {one}"} for one in range(number)])


def queries_of_import(office: Office, number: int) -> int:
    """How many queries the import of so many rows takes."""
    run = checked(office.reporter, rows(number), "rows.csv", source=f"ทะเบียน {number}")
    start(run)
    with CaptureQueriesContext(connection) as captured:
        work_now(run.pk)
    return len(captured)


def test_each_further_row_costs_the_same_queries(open_office: Office):
    queries_of_import(open_office, 1)  # what is looked up once in a process
    few, some, more = (queries_of_import(open_office, number) for number in (2, 4, 8))

    assert (some - few) / 2 == (more - some) / 4
    assert (some - few) / 2 <= 60


def test_a_thousand_rows_are_checked_in_bounded_memory_with_one_query_each(open_office: Office):
    content = rows(1_000)
    run = uploaded(open_office.reporter, content, "rows.csv")
    tracemalloc.start()
    try:
        with CaptureQueriesContext(connection) as captured:
            work_now(run.pk)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    run.refresh_from_db()
    assert (run.state, run.counts["new"]) == (ImportRun.State.READY, 1_000)
    assert len(captured) <= 1_000 + 60
    assert peak < 60 * MEBIBYTE
