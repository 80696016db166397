"""Serve one data folder with uvicorn, and ask a served one everything once."""

from __future__ import annotations

import json
import logging
import os
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from graph.asking.questions import load_questions
from graph.errors import DiplomacyError, FolderInUse, StoreUnavailable
from graph.logs import set_up_log
from graph.serving import serving
from graph.settings import Settings, from_environment
from graph.workspace import Workspace

log = logging.getLogger(__name__)

_PAGES = (
    "/",
    "/?lang=en",
    "/network",
    "/states",
    "/states/MAR",
    "/states/RWA?lang=en",
    "/sources",
    "/search?q=mar",
    "/questions",
    "/questions/accords?state=MAR",
    "/docs",
    "/openapi.json",
)
_DOORS = (
    "/healthz",
    "/readyz",
    "/api/v1/questions",
    "/api/v1/states/MAR",
    "/api/v1/network?state=MAR",
    "/api/v1/search?q=mar",
    "/id/state/MAR.ttl",
)


_NONE = "accord/0000000000000000"

# Our own log has a line a request; uvicorn's would hold the text of queries, and be no JSON.
_QUIET: dict[str, Any] = {"server_header": False, "log_config": None, "access_log": False}


def app_from_environment() -> FastAPI:
    """The application as a worker process makes it: its settings and its log come from the environment alone."""
    set_up_log()
    return create_app(from_environment())


def run(settings: Settings) -> None:
    """Serve until stopped; FolderInUse when the folder is served already, StoreUnavailable when the port is taken."""
    _require_free(settings.host, settings.port)
    with serving(settings.data, settings.host, settings.port):
        _catch_up(settings)
        if settings.workers == 1:
            uvicorn.run(create_app(settings), host=settings.host, port=settings.port, **_QUIET)
            return
        _hand_down(settings)
        uvicorn.run(
            "api.server:app_from_environment",
            factory=True,
            workers=settings.workers,
            host=settings.host,
            port=settings.port,
            **_QUIET,
        )


def _catch_up(settings: Settings) -> None:
    """Show the record's newest state. A load that is under way does this itself when it ends."""
    workspace = Workspace(settings)
    try:
        if not workspace.is_current():
            log.info("%s", workspace.sync().summary())
    except FolderInUse as error:
        log.warning("serving what is there while it is written: %s", error)


def _require_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise StoreUnavailable(f"{host}:{port} cannot be served on ({error.strerror}); choose another --port") from error


def _hand_down(settings: Settings) -> None:
    for name in ("data", "host", "port"):
        os.environ[f"DIPLOGRAPH_{name.upper()}"] = str(getattr(settings, name))


def check_all(settings: Settings) -> list[str]:
    """Serve on a free port, ask every page and every question once, and give a line for each; DiplomacyError on a failure."""
    with _served(settings) as address:
        facts = [line.fact for line in Workspace(settings).overview()]
        # the page of every fact, so that no sentence is left which the pages cannot show
        pages = (f"/entities/{fact}" for fact in facts)
        return [_get(address, path) for path in (*_PAGES, *_DOORS, *_questions(facts), *pages)]


def _questions(facts: Sequence[str]) -> Iterator[str]:
    """The address of each question, with a value for every parameter that it needs: things of the graph where it has such."""
    by_kind = {fact.partition("/")[0]: fact for fact in reversed(facts)}
    values = {"state": "MAR", "partner": "RWA", "as_of": "2025-06", "source": 64 * "0", "fact": next(iter(facts), _NONE)}
    for question in load_questions().values():
        required = [name for name, parameter in question.parameters.items() if parameter.required]
        needed = {name: by_kind.get(name) or values.get(name, _NONE) for name in required}
        for via in ("cypher", "sparql"):
            yield f"/api/v1/questions/{question.name}?{urllib.parse.urlencode({**needed, 'via': via})}"


@contextmanager
def _served(settings: Settings) -> Iterator[str]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            _wait(server, thread, settings.engine_start_seconds)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join()


def _wait(server: uvicorn.Server, thread: threading.Thread, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not server.started:
        if not thread.is_alive() or time.monotonic() > end:
            raise StoreUnavailable("the server did not start; the lines above say why")
        time.sleep(0.02)


def _get(address: str, path: str) -> str:
    began = time.monotonic()
    try:
        with urllib.request.urlopen(address + path, timeout=60) as response:  # noqa: S310 (our own address)
            body = response.read()
    except urllib.error.HTTPError as error:
        raise DiplomacyError(f"GET {path} answered {error.code}: {error.read()[:500].decode(errors='replace')}") from error
    rows = f", {len(json.loads(body)['rows'])} rows" if path.startswith("/api/v1/questions/") else ""
    return f"GET {path}: 200, {len(body):,} bytes{rows}, {1000 * (time.monotonic() - began):.0f} ms"
