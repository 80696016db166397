"""Traces for OpenTelemetry, where the extra `telemetry` is installed and the setting asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import FastAPI

from graph.errors import DiplomacyError
from graph.settings import Settings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor
    from opentelemetry.trace import Span

_WITH_QUERY = ("http.url", "http.target", "url.full", "url.query")  # by the old names of attributes, and by the new


def install(app: FastAPI, settings: Settings) -> None:
    """Trace each request, a span each without the text of its query, and send them as the `OTEL_*` variables say.

    DiplomacyError where the extra is missing.
    """
    if not settings.telemetry:
        return
    try:
        from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
    except ModuleNotFoundError as error:
        remedy = "pip install 'diplograph[telemetry]', or unset it"
        raise DiplomacyError(f"DIPLOGRAPH_TELEMETRY needs more packages ({error}): {remedy}") from error

    provider = TracerProvider(resource=Resource.create({"service.name": "diplograph"}))
    provider.add_span_processor(_processor())
    FastAPIInstrumentor.instrument_app(
        app, tracer_provider=provider, server_request_hook=_without_query, exclude_spans=["receive", "send"]
    )


def _without_query(span: Span, scope: dict[str, Any]) -> None:
    """A query string may be somebody's SPARQL: as in the log, it is nobody else's business."""
    for name in _WITH_QUERY:
        value = getattr(span, "attributes", {}).get(name)
        if value is not None:
            span.set_attribute(name, "" if name == "url.query" else value.partition("?")[0])


def _processor() -> SpanProcessor:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    return BatchSpanProcessor(OTLPSpanExporter())
