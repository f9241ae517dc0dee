"""What is beyond a limit is refused over HTTP before anything runs, with a code and in words."""

import json
import sys

import pytest

from content_api.documents import prepared
from content_api.limits import documents as limits
from tests.api.limits.greedy import COSTLY, GREEDY, fields, nested

ACCEPT = "application/graphql-response+json"


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Documents are remembered with what was wrong with them, by the limits of that time."""
    prepared.cache_clear()
    yield
    prepared.cache_clear()


def post(client, query, variables=None, **headers):
    return client.post(
        "/graphql/",
        json.dumps({"query": query, "variables": variables}),
        content_type="application/json",
        headers={"Accept": ACCEPT, **headers},
    )


@pytest.mark.parametrize(("query", "code"), GREEDY.values(), ids=GREEDY)
def test_greedy_document_is_refused_before_it_runs(
    db, client, query, code, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = post(client, query)

    assert response.status_code in (400, 413)
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == code
    assert "data" not in response.json()


@pytest.mark.parametrize(("query", "code"), GREEDY.values(), ids=GREEDY)
def test_refusing_is_little_work(db, client, query, code):
    """Counted in calls of Python functions, which do not depend on how busy a machine is."""
    post(client, "{ __typename }")  # what the first request ever loads
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        post(client, query)
    finally:
        sys.setprofile(None)

    assert calls < 50_000


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"a": "x", "b": [0] * 2000}, "LIMIT_SIZE"),
        ({"a": json.loads("[" * 100 + "]" * 100)}, "LIMIT_DEPTH"),
        ({"f": {"and": [{"or": [[{"a": [[[[[[[[[[[[1]]]]]]]]]]]]}]]}]}}, "LIMIT_DEPTH"),
    ],
)
def test_greedy_variables_are_refused(db, client, variables, code, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = post(client, "query($a: String) { history(path: $a) { title } }", variables)

    assert response.json()["errors"][0]["extensions"]["code"] == code


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ('{ history(path: "a\x00") { title } }', None),
        (r'{ history(path: "a\u0000") { title } }', None),
        (r'{ history(path: "a\u{00}") { title } }', None),
        ("query($a: String) { history(path: $a) { title } }", {"a": "a\x00"}),
        ("query($a: [String!]!) { records(type: $a) { totalCount } }", {"a": ["a", "\x00"]}),
    ],
)
def test_character_that_no_database_has_is_refused(
    db, client, query, variables, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = post(client, query, variables)

    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_batch_is_refused(db, client):
    response = client.post("/graphql/", "[{}, {}]", content_type="application/json")

    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BATCHING_NOT_SUPPORTED"


def test_variable_page_size_is_counted_before_it_is_read(db, client, django_assert_num_queries):
    query = "query($n: Int!) { news(first: $n) { nodes { " + COSTLY + " } } }"
    with django_assert_num_queries(0):
        response = post(client, query, {"n": 10_000})

    assert response.json()["errors"][0]["extensions"]["code"] == "LIMIT_COST"


def test_refusal_says_which_limit(db, client):
    (error,) = post(client, nested(20)).json()["errors"]

    assert error["message"] == "The document is deeper than 14 levels."


def test_introspection_is_answered(db, client):
    assert post(client, "{ __schema { queryType { name } } }").json()["data"]


def test_introspection_can_be_switched_off(db, client, settings):
    settings.GRAPHQL_INTROSPECTION = False
    response = post(client, "{ ...F } fragment F on Query { __schema { queryType { name } } }")

    assert response.json()["errors"][0]["extensions"]["code"] == "INTROSPECTION_DISABLED"
    assert post(client, "{ __typename }").json()["data"] == {"__typename": "Query"}


def test_limits_are_settings(db, client, settings):
    settings.GRAPHQL_MAX_ALIASES = 1
    response = post(client, "{ a: __typename b: __typename }")

    assert response.json()["errors"][0]["extensions"]["code"] == "LIMIT_ALIASES"


def test_cost_stands_in_the_answer(open_office, client, settings):
    response = post(client, "{ news(first: 5) { nodes { title } } }").json()

    assert response["extensions"]["cost"] == {
        "requested": 16,
        "maximum": settings.GRAPHQL_MAX_COST,
    }


def test_cost_of_a_stored_operation_stands_in_its_answer(open_office, client):
    response = client.get("/graphql/news/", {"locale": "TH", "first": "5"}).json()

    assert response["extensions"]["cost"]["requested"] > 0


def test_site_in_this_process_is_told_no_cost(open_office):
    from content_api.operations import run

    assert "cost" not in (run("layout", {"locale": "th"}).extensions or {})


def test_validation_begins_after_the_limits(db, client, monkeypatch):
    """The far edge: graphql-core, whose validation is what the limits are there for."""

    def fail(*_args, **_kwargs):
        raise AssertionError("validated before it was measured")

    monkeypatch.setattr("content_api.documents.validate", fail)
    response = post(client, fields(limits.MAX_COMPARISONS // 40, "__typename"))

    assert response.json()["errors"][0]["extensions"]["code"] == "LIMIT_COST"
