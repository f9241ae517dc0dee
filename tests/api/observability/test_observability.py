"""What an operator sees of an answer: metrics, a log of slow ones, and traces."""

import json
import logging

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client import REGISTRY

from content_api.observability import tracing
from content_api.operations import run

SECRET = "0812345678"
QUERY = "query Mine($path: String!) { history(path: $path) { title } }"


def ask(client, query=QUERY, **extra):
    body = {"query": query, "variables": {"path": SECRET}}
    return client.post("/graphql/", json.dumps(body), content_type="application/json", **extra)


def sample(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"prakat_graphql_{name}", labels) or 0.0


def test_stored_operations_are_counted_by_name(open_office, client):
    labels = {"operation": "layout", "via": "http"}
    before = [sample(n, **labels) for n in ("seconds_count", "cost_sum", "sql_queries_sum")]
    client.get("/graphql/layout/", {"locale": "TH"})
    after = [sample(n, **labels) for n in ("seconds_count", "cost_sum", "sql_queries_sum")]

    assert after[0] == before[0] + 1
    assert after[1] > before[1]
    assert after[2] > before[2]


def test_documents_of_readers_share_one_label(db, client):
    before = sample("seconds_count", operation="other", via="http")
    ask(client, "query Unique123 { __typename }")

    assert sample("seconds_count", operation="other", via="http") == before + 1
    assert sample("seconds_count", operation="Unique123", via="http") == 0


def test_site_is_counted_apart(open_office):
    before = sample("seconds_count", operation="layout", via="site")
    run("layout", {"locale": "th"})

    assert sample("seconds_count", operation="layout", via="site") == before + 1


def test_errors_are_counted_by_code(db, client):
    labels = {"operation": "other", "via": "http", "code": "GRAPHQL_PARSE_FAILED"}
    before = sample("errors_total", **labels)
    ask(client, "{")

    assert sample("errors_total", **labels) == before + 1


def test_metrics_are_read_from_this_machine(db, client):
    assert b"prakat_graphql_seconds" in client.get("/metrics").content


@pytest.mark.parametrize(
    "extra",
    [
        {"REMOTE_ADDR": "192.0.2.1"},
        {"REMOTE_ADDR": "nonsense"},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.1"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
    ],
)
def test_metrics_are_not_for_others(db, client, extra):
    assert client.get("/metrics", **extra).status_code == 404


def test_metrics_are_read_with_the_token(db, client, settings):
    settings.METRICS_TOKEN = "a-token"

    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer wrong").status_code == 404
    response = client.get("/metrics", HTTP_AUTHORIZATION="Bearer a-token", REMOTE_ADDR="192.0.2.1")
    assert response.status_code == 200


def test_slow_operation_is_logged_without_values(db, client, settings, caplog):
    settings.GRAPHQL_SLOW_MS = 0.001
    with caplog.at_level(logging.WARNING, "content_api.slow"):
        ask(client)
        ask(client, '{ history(path: "' + SECRET + '") { title } }')
    first, second = (record.getMessage() for record in caplog.records if "Slow" in record.msg)

    assert "other via http" in first
    assert "variables path" in first
    assert SECRET not in first + second


def test_quick_operation_is_not_logged(db, client, settings, caplog):
    settings.GRAPHQL_SLOW_MS = 60_000
    ask(client)

    assert not [record for record in caplog.records if record.name == "content_api.slow"]


@pytest.fixture
def spans(monkeypatch):
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    # A process has one provider for ever, so it is put in the place of the global one.
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    monkeypatch.setattr(tracing, "_tracer", provider.get_tracer("content_api"))
    return exporter.get_finished_spans


def test_answer_is_a_span_of_the_callers_trace(open_office, client, spans):
    parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    client.get("/graphql/layout/", {"locale": "TH"}, headers={"traceparent": parent})
    (span,) = spans()

    assert span.name == "query layout"
    assert f"{span.context.trace_id:032x}" == parent.split("-")[1]
    assert span.attributes["prakat.graphql.sql_queries"] > 0
    assert span.attributes["prakat.graphql.cost"] > 0


def test_failed_answer_is_a_failed_span_without_values(db, client, spans):
    ask(client, '{ history(path: "' + SECRET + '") { nonsense } }')
    (span,) = spans()

    assert span.status.status_code.name == "ERROR"
    assert span.attributes["prakat.graphql.error_codes"] == ("GRAPHQL_VALIDATION_FAILED",)
    assert SECRET not in span.to_json()
