"""A client may spend so many points in a minute; then it is told when to ask again."""

import json

import pytest
from django.core.cache import cache

from content_api.limits.rate import READY, REFUSED

TITLES = "{ news(first: 5) { nodes { title } } }"
COST = 16


@pytest.fixture(autouse=True)
def limited(db, settings):
    settings.GRAPHQL_RATE = 100
    cache.clear()
    yield
    cache.clear()


def ask(client, query=TITLES, **extra):
    return client.post(
        "/graphql/", json.dumps({"query": query}), content_type="application/json", **extra
    )


def left(response) -> int:
    return int(response["RateLimit"].split("r=")[1].split(";")[0])


def test_answer_spends_its_cost(client):
    response = ask(client)

    assert response["RateLimit-Policy"] == '"cost";q=100;w=60'
    assert left(response) == 100 - READY - COST


def test_dear_answers_use_it_up_sooner(client):
    cheap, dear = ask(client, "{ __typename }"), ask(client)

    assert left(cheap) - left(dear) > 100 - left(cheap)


def test_too_much_is_429_with_a_time_to_come_back(client, django_assert_num_queries):
    while left(ask(client)) > 0:
        pass
    with django_assert_num_queries(0):
        response = ask(client)

    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 60
    assert response.json()["errors"][0]["extensions"]["code"] == "LIMIT_RATE"
    assert response["Cache-Control"] == "no-store"


def test_refused_requests_are_not_for_nothing(client):
    assert left(ask(client, "{ nonsense }")) == 100 - READY - REFUSED


def test_stored_operations_count_too(open_office, client):
    assert left(client.get("/graphql/layout/", {"locale": "TH"})) == 0


def test_other_address_has_its_own(client):
    ask(client)

    assert left(ask(client, REMOTE_ADDR="192.0.2.1")) == 100 - READY - COST


def test_addresses_of_one_ipv6_subscriber_share(client):
    ask(client, REMOTE_ADDR="2001:db8::1")

    assert left(ask(client, REMOTE_ADDR="2001:db8::2")) == 100 - 2 * (READY + COST)
    assert left(ask(client, REMOTE_ADDR="2001:db8:0:1::1")) == 100 - READY - COST


def test_behind_a_proxy_the_reader_counts(client, settings):
    settings.BEHIND_PROXY = True
    ask(client, HTTP_X_FORWARDED_FOR="192.0.2.1")

    assert left(ask(client, HTTP_X_FORWARDED_FOR="192.0.2.2")) == 100 - READY - COST


def test_reader_cannot_choose_an_address(client):
    ask(client, HTTP_X_FORWARDED_FOR="192.0.2.1")

    assert left(ask(client, HTTP_X_FORWARDED_FOR="192.0.2.2")) == 100 - 2 * (READY + COST)


def test_key_of_a_trusted_client_has_a_larger_budget(client, settings):
    settings.GRAPHQL_API_KEYS = ["another", "a-key"]
    settings.GRAPHQL_RATE_WITH_KEY = 1000

    assert left(ask(client, HTTP_X_API_KEY="a-key")) == 1000 - READY - COST
    assert left(ask(client, HTTP_X_API_KEY="ก")) == 100 - READY - COST


def test_zero_switches_it_off(client, settings):
    settings.GRAPHQL_RATE = 0
    response = ask(client)

    assert "RateLimit" not in response
    assert response.status_code == 200


def test_site_in_this_process_is_not_limited(open_office, client, settings):
    settings.GRAPHQL_RATE = 1

    for _time in range(3):
        assert client.get("/th/").status_code == 200
