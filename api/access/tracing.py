"""Traces for OpenTelemetry, where the extra `telemetry` is installed and the setting asks for them."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from fastapi import FastAPI

from graph.errors import DiplomacyError
from graph.settings import Settings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor


def install(app: FastAPI, settings: Settings) -> None:
    """Trace each request and send the spans as the `OTEL_*` variables say; DiplomacyError where the extra is missing."""
    if not settings.telemetry:
        return
    if importlib.util.find_spec("opentelemetry.instrumentation") is None:
        raise DiplomacyError("DIPLOGRAPH_TELEMETRY needs more packages: pip install 'diplograph[telemetry]', or unset it")
    from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    provider = TracerProvider(resource=Resource.create({"service.name": "diplograph"}))
    provider.add_span_processor(_processor())
    FastAPIInstrumentor.instrument_app(app, tracer_provider=provider)


def _processor() -> SpanProcessor:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    return BatchSpanProcessor(OTLPSpanExporter())
