"""The log's fields, and traces where they are asked for."""

import json
import logging
from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from api.access import tracing
from api.access.metrics import Meter
from api.frame import Frame, note_query
from commands.logs import log_handler
from graph.errors import DiplomacyError
from graph.settings import Settings


def small_app() -> FastAPI:
    app = FastAPI()

    @app.get("/asked/{name}")
    async def asked(name: str, request: Request) -> str:
        note_query(request, "SELECT * { ?s ?p 'secret' }")
        return name

    app.add_middleware(Frame, meter=Meter())
    return app


def test_a_json_log_has_the_fields_of_a_request_and_never_its_query(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = log_handler("json")
    requests = logging.getLogger("api.requests")
    monkeypatch.setattr(requests, "handlers", [handler])
    monkeypatch.setattr(requests, "level", logging.INFO)
    requests.manager._clear_cache()  # type: ignore[attr-defined]
    with TestClient(small_app()) as client:
        client.get("/asked/x", headers={"X-Request-ID": "abc"})
    line = capsys.readouterr().err.strip()
    told = json.loads(line)
    assert {name: told[name] for name in ("request_id", "method", "path", "route", "status", "level")} == {
        "request_id": "abc",
        "method": "GET",
        "path": "/asked/x",
        "route": "/asked/{name}",
        "status": 200,
        "level": "INFO",
    }
    assert len(told["query_hash"]) == 16 and "secret" not in line


def test_an_unknown_form_of_the_log_is_named() -> None:
    with pytest.raises(DiplomacyError, match="DIPLOGRAPH_LOG_FORMAT"):
        log_handler("xml")


def test_traces_carry_the_route(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    kept = InMemorySpanExporter()
    monkeypatch.setattr(tracing, "_processor", lambda: SimpleSpanProcessor(kept))
    app = small_app()
    tracing.install(app, Settings(data=tmp_path, telemetry=True))
    with TestClient(app) as client:
        client.get("/asked/x")
    assert "GET /asked/{name}" in [span.name for span in kept.get_finished_spans()]


def test_without_the_setting_nothing_is_traced(tmp_path: Path) -> None:
    app = small_app()
    tracing.install(app, Settings(data=tmp_path))
    assert not getattr(app, "_is_instrumented_by_opentelemetry", False)
