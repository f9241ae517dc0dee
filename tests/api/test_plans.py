"""SQLite takes the rows of a list in the order of an index: none is sorted when it is asked for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.ask import ask
from tests.office import Office

ORDERS = ["NEWEST", "OLDEST", "POSTED", "TITLE", "MENU"]
LIST = "query ($order: PageOrder!) { pages(order: $order, %s) { nodes { title } } }"


def plan(query: str, order: str) -> str:
    with CaptureQueriesContext(connection) as captured:
        ask(query, order=order)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {captured[0]['sql']}")
        return "\n".join(row[3] for row in cursor.fetchall())


@pytest.fixture(autouse=True)
def _on_sqlite(open_office: Office) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by statistics, of which a test has none")


@pytest.mark.parametrize("order", ORDERS)
def test_no_list_is_sorted(order: str):
    assert "TEMP B-TREE" not in plan(LIST % "first: 20", order)


def test_nor_are_the_pages_below_a_section():
    assert "TEMP B-TREE" not in plan(LIST % 'filter: {childOf: "/th/news/"}', "MENU")
