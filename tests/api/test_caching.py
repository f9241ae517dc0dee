"""Ready answers: given again while nothing public changed, never one moment longer."""

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client import REGISTRY
from wagtail.models import Site

from cms.publication.models import PublicSettings
from content_api.caching import memory
from tests.office import Office
from tests.publication.withdrawing import withdraw

TITLE = '{ page(path: "/news/", locale: TH) { ... on Page { title } } }'
NEWS = "{ news(locale: TH) { nodes { title signOff { name } } } }"


@pytest.fixture(autouse=True)
def _remembering(settings: Any) -> Any:
    settings.RESPONSE_CACHE_MB = 8
    memory.clear()
    yield
    memory.clear()


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Callable:
    """Lets time pass: `travel(hours=5)` from now on."""

    def go(**delta: float) -> None:
        moment = timezone.now() + datetime.timedelta(**delta)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return go


def get(client: Client, query: str = TITLE, **extra: Any) -> Any:
    return client.get("/graphql/", {"query": query}, **extra)


def post(client: Client, query: str = TITLE, **extra: Any) -> Any:
    body = json.dumps({"query": query})
    return client.post("/graphql/", body, content_type="application/json", **extra)


@pytest.mark.parametrize("ask", [get, post], ids=["GET", "POST"])
def test_second_answer_costs_no_query_but_the_version(
    open_office: Office, client: Client, ask: Any, django_assert_num_queries: Any
):
    first = ask(client)
    with django_assert_num_queries(0):  # the version is read past Django's count
        second = ask(client)

    assert (second.content, second.headers.items()) == (first.content, first.headers.items())


def test_publication_is_seen_at_once(open_office: Office, client: Client):
    before = get(client).content
    open_office.show(open_office.edit(open_office.news, title="ข่าวสาร"))

    assert get(client).content != before
    assert "ข่าวสาร" in get(client).content.decode()


def test_withdrawal_is_seen_at_once(open_office: Office, client: Client):
    page = open_office.show(open_office.draft(title="น้ำท่วม"))
    assert "น้ำท่วม" in get(client, NEWS).content.decode()
    withdraw(open_office, page)

    assert "น้ำท่วม" not in get(client, NEWS).content.decode()


def test_end_of_a_time_window_is_seen_without_any_write(
    open_office: Office, client: Client, travel: Callable
):
    until = timezone.now() + datetime.timedelta(seconds=30)
    open_office.show(open_office.draft(title="น้ำท่วม", expire_at=until))
    assert "น้ำท่วม" in get(client, NEWS).content.decode()
    travel(seconds=31)

    assert "น้ำท่วม" not in get(client, NEWS).content.decode()


def test_beginning_of_a_time_window_is_seen_without_any_write(
    open_office: Office, client: Client, travel: Callable
):
    start = timezone.now() + datetime.timedelta(seconds=30)
    open_office.show(open_office.draft(title="น้ำท่วม", go_live_at=start))
    assert "น้ำท่วม" not in get(client, NEWS).content.decode()
    travel(seconds=31)

    assert "น้ำท่วม" in get(client, NEWS).content.decode()


def test_new_day_is_seen(
    open_office: Office, client: Client, travel: Callable, django_assert_max_num_queries: Any
):
    get(client)
    held = next(iter(memory._answers.values())).horizon.changes_at
    travel(seconds=(held - timezone.now()).total_seconds())

    assert memory.look_up(next(iter(memory._answers))).kept is None


def test_setting_of_the_office_is_seen_at_once(open_office: Office, client: Client):
    open_office.show(open_office.draft())
    before = get(client, NEWS).json()
    site = Site.objects.get(is_default_site=True)
    PublicSettings.objects.update_or_create(site=site, defaults={"show_signer_names": True})

    assert get(client, NEWS).json() != before


def test_errors_are_not_kept(db, client: Client):
    get(client, "{ nothing }")
    get(client, "{ page(locale: TH) { __typename } }")

    assert memory._answers == {}


@pytest.mark.parametrize("header", ["Authorization", "X-Preview-Token", "X-Access-Token"])
def test_request_with_a_key_is_neither_kept_nor_answered_from_memory(
    open_office: Office, client: Client, header: str
):
    get(client, headers={header: "anything"})
    assert memory._answers == {}
    get(client)

    assert get(client, headers={header: "anything"})["Cache-Control"] == "private, no-store"
    assert len(memory._answers) == 1


@pytest.mark.parametrize(
    "extra",
    [
        {"headers": {"Accept": "application/graphql-response+json"}},
        {"headers": {"Host": "localhost"}},
    ],
    ids=["media type", "host"],
)
def test_what_an_answer_may_depend_on_parts_the_answers(
    open_office: Office, client: Client, extra: Any
):
    get(client)
    get(client, **extra)

    assert len(memory._answers) == 2


def test_signed_in_reader_gets_the_same_answer(open_office: Office, client: Client):
    first = get(client)
    client.force_login(open_office.root.user)

    assert get(client).content == first.content
    assert len(memory._answers) == 1


def test_post_answers_are_for_this_server_alone(open_office: Office, client: Client):
    post(client)
    response = post(client)

    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response


def test_memory_is_bounded(open_office: Office, client: Client, settings: Any):
    settings.RESPONSE_CACHE_MB = 1
    for number in range(30):
        memory.keep(memory.look_up(number), b"", 100_000)

    assert sum(kept.size for kept in memory._answers.values()) <= 1_000_000
    assert list(memory._answers)[-1] == 29


def test_hit_tells_browsers_what_every_response_does(open_office: Office, client: Client):
    get(client)

    assert get(client)["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in get(client)["Content-Security-Policy"]


def test_what_one_reader_is_told_is_not_kept(open_office: Office, client: Client, settings: Any):
    settings.GRAPHQL_RATE = 100_000

    assert "RateLimit" in get(client)
    assert "RateLimit" not in get(client)


def test_shared_caches_get_nothing_of_one_reader(
    open_office: Office, client: Client, settings: Any
):
    settings.GRAPHQL_RATE, settings.EDGE_SECONDS = 100_000, 60

    assert "RateLimit" not in get(client)


def test_plain_http_is_led_on_although_the_answer_is_ready(
    open_office: Office, client: Client, settings: Any
):
    get(client, secure=True)
    settings.SECURE_SSL_REDIRECT = True

    assert Client().get("/graphql/", {"query": TITLE}).status_code == 301


def test_hit_is_counted(open_office: Office, client: Client):
    labels = {"operation": "layout", "via": "http", "cache": "hit"}
    before = REGISTRY.get_sample_value("prakat_graphql_answers_total", labels) or 0
    for _time in range(3):
        client.get("/graphql/layout/", {"locale": "TH"})

    assert REGISTRY.get_sample_value("prakat_graphql_answers_total", labels) == before + 2


def test_nothing_is_kept_where_the_setting_says_so(
    open_office: Office, client: Client, settings: Any
):
    settings.RESPONSE_CACHE_MB = 0
    get(client)

    assert memory._answers == {}


def test_document_that_is_left_with_us_is_left_each_time(open_office: Office, client: Client):
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}
    body = json.dumps({"query": TITLE, "extensions": extensions})
    client.post("/graphql/", body, content_type="application/json")

    assert memory._answers == {}
