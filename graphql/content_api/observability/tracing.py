"""OpenTelemetry spans of the answers. Where nothing collects them they cost nothing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from opentelemetry import propagate, trace
from opentelemetry.trace import ProxyTracerProvider, SpanKind, StatusCode

if TYPE_CHECKING:
    from content_api.observability.observation import Observation

_tracer = trace.get_tracer("content_api")


def configure() -> None:
    """Sends spans to `OTEL_EXPORTER_OTLP_ENDPOINT`, where that is set.

    Raises `ImproperlyConfigured` where the SDK, which is optional, is not installed. Whoever starts
    the server with `opentelemetry-instrument` has configured it already.
    """
    if not settings.OTEL_EXPORTER_OTLP_ENDPOINT or is_collected():
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise ImproperlyConfigured(
            "OTEL_EXPORTER_OTLP_ENDPOINT needs: pip install opentelemetry-sdk"
            " opentelemetry-exporter-otlp-proto-http"
        ) from error
    provider = TracerProvider()
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)


@contextmanager
def span(seen: "Observation", headers: Mapping[str, str]) -> Iterator[None]:
    """A span around an answer, named and described once the answer is known.

    Attributes as in the semantic conventions for GraphQL servers; the document and the values of
    its variables are left out.
    """
    if not is_collected():
        yield
        return
    carrier = {name.lower(): value for name, value in headers.items()}
    kind = SpanKind.SERVER if seen.via == "http" else SpanKind.INTERNAL
    with _tracer.start_as_current_span(
        "GraphQL", context=propagate.extract(carrier) if carrier else None, kind=kind
    ) as current:
        try:
            yield
        finally:
            current.update_name(f"query {seen.operation}")
            current.set_attributes(
                {
                    "graphql.operation.type": "query",
                    "graphql.operation.name": seen.operation,
                    "prakat.graphql.via": seen.via,
                    "prakat.graphql.cost": seen.cost or 0,
                    "prakat.graphql.cache_hit": seen.is_cached,
                    "prakat.graphql.sql_queries": seen.queries,
                }
            )
            if seen.errors:
                current.set_attribute("prakat.graphql.error_codes", seen.errors)
                current.set_status(StatusCode.ERROR)


def is_collected() -> bool:
    return not isinstance(trace.get_tracer_provider(), ProxyTracerProvider)
