"""An answer that takes too long is stopped, wherever it is, and leaves nothing behind."""

import json
import time

import pytest
from django.db import connection

from content_api.errors import Code, Refused
from content_api.limits.deadline import check_time, limited_time
from content_api.schema import schema

ENDLESS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT sum(i) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.fetchall()


def test_endless_query_is_stopped(db):
    began = time.monotonic()
    with pytest.raises(Refused) as refused, limited_time(0.2):
        run(ENDLESS[connection.vendor])

    assert refused.value.code == Code.LIMIT_TIME
    assert time.monotonic() - began < 30


def test_connection_is_as_before_afterwards(db):
    with limited_time(0.2):
        run("SELECT 1")
    time.sleep(0.25)
    run("SELECT 1")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("0",)


def test_no_query_begins_once_the_time_is_over(db, django_assert_num_queries):
    def late_query() -> None:
        time.sleep(0.02)
        run("SELECT 1")

    with pytest.raises(Refused), limited_time(0.01), django_assert_num_queries(0):
        late_query()


def test_without_a_limit_nothing_is_checked(db):
    with limited_time(0):
        check_time()
    check_time()


def test_what_goes_wrong_otherwise_stays_what_it_is(db):
    with pytest.raises(ZeroDivisionError), limited_time(5):
        1 / 0  # noqa: B018


def test_slow_answer_is_one_error_and_no_data(open_office, client, settings, monkeypatch):
    """The far edge is the clock: a resolver that takes its time."""
    field = schema.graphql_schema.query_type.fields["fiscalYears"]
    resolve = field.resolve
    monkeypatch.setattr(field, "resolve", lambda *a, **k: time.sleep(0.05) or resolve(*a, **k))
    settings.GRAPHQL_TIMEOUT = 0.02
    response = client.post(
        "/graphql/",
        json.dumps({"query": "{ fiscalYears { be } navigation { title } }"}),
        content_type="application/json",
    )

    assert response.status_code == 503
    assert response.json()["errors"][0]["extensions"]["code"] == "LIMIT_TIME"
    assert "data" not in response.json()
