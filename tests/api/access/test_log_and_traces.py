"""The log's fields, and traces where they are asked for."""

import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from api.access import tracing
from api.access.metrics import Meter
from api.frame import Frame, note_query
from graph.errors import DiplomacyError
from graph.logs import log_handler
from graph.settings import Settings


def small_app() -> FastAPI:
    app = FastAPI()

    @app.get("/asked/{name}")
    async def asked(name: str, request: Request) -> str:
        note_query(request, "SELECT * { ?s ?p 'secret' }")
        return name

    app.add_middleware(Frame, meter=Meter())
    return app


Logged = Callable[[str, str], str]


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Logged:
    """What the log says of a request, in a form and for a path."""

    def written(form: str, path: str) -> str:
        requests = logging.getLogger("api.requests")
        monkeypatch.setattr(requests, "handlers", [log_handler(form)])
        monkeypatch.setattr(requests, "level", logging.INFO)
        requests.manager._clear_cache()  # type: ignore[attr-defined]
        with TestClient(small_app()) as client:
            client.get(path, headers={"X-Request-ID": "abc"})
        return capsys.readouterr().err

    return written


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_path_writes_a_line_of_its_own_into_the_log(logged: Logged, form: str) -> None:
    told = logged(form, "/asked/x%0AINFO%20api.requests:%20forged%0D%1B%5B2J%E2%80%A8")
    assert len(told.splitlines()) == 1 and "forged" in told and "\x1b" not in told


def test_a_json_log_has_the_fields_of_a_request_and_never_its_query(logged: Logged) -> None:
    line = logged("json", "/asked/x")
    told = json.loads(line)
    assert {name: told[name] for name in ("request_id", "method", "path", "route", "status", "level", "client")} == {
        "request_id": "abc",
        "client": "testclient",
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


def test_traces_carry_the_route_and_no_query(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    kept = InMemorySpanExporter()
    monkeypatch.setattr(tracing, "_processor", lambda: SimpleSpanProcessor(kept))
    app = small_app()
    tracing.install(app, Settings(data=tmp_path, telemetry=True))
    with TestClient(app) as client:
        client.get("/asked/x?query=hidden")
    (span,) = kept.get_finished_spans()
    assert span.name == "GET /asked/{name}"
    assert "hidden" not in str(dict(span.attributes or {})) and "/asked/x" in str(dict(span.attributes or {}))


def test_telemetry_without_its_packages_says_which_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.instrumentation.fastapi", None)
    with pytest.raises(DiplomacyError, match=r"diplograph\[telemetry\]"):
        tracing.install(small_app(), Settings(data=tmp_path, telemetry=True))


def test_without_the_setting_nothing_is_traced(tmp_path: Path) -> None:
    app = small_app()
    tracing.install(app, Settings(data=tmp_path))
    assert not getattr(app, "_is_instrumented_by_opentelemetry", False)
