"""Strangers' SPARQL, run in processes that are killed when a query takes too long, each on the newest snapshot."""

from __future__ import annotations

import asyncio
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from graph.asking.media import media_type
from graph.asking.sparql_guard import check_sparql, no_graph
from graph.errors import BadQuery, QueryTimeout, StoreUnavailable
from graph.model.files import ROOT
from graph.model.iri import ONTOLOGY
from graph.record.snapshots import current_id
from graph.settings import Settings

_START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class SparqlResult:
    """An answer as bytes of a media type. `truncated`: rows or triples were left out. `snapshot`: of which."""

    body: bytes
    media_type: str
    truncated: bool
    snapshot: str | None


class SparqlPool:
    """`sparql_workers` processes, started when they are first needed. Use it in a `with` block, or call `close`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._threads = ThreadPoolExecutor(settings.sparql_workers, thread_name_prefix="sparql")
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._workers: set[_Worker] = set()
        self._closed = False

    def __enter__(self) -> SparqlPool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def start(self) -> None:
        """Start one worker now, so that the first query does not wait for it."""
        self._idle.put(self._worker(current_id(self._settings.data)))

    def close(self) -> None:
        """End all processes, also those at work."""
        self._closed = True
        for worker in list(self._workers):
            worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in list(self._workers):
            worker.kill()

    async def query(
        self, text: str, accept: str | None = None, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> SparqlResult:
        """`ask` without blocking."""
        asked = time.monotonic()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._ask, text, accept, default_graphs, named_graphs, asked)

    def ask(
        self, text: str, accept: str | None = None, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> SparqlResult:
        """The answer to a stranger's query in the form that an `Accept` header asks for.

        BadQuery: refused, malformed, or no such form. QueryTimeout: over its time, memory or size.
        StoreUnavailable: no worker was free in time, or none can be started.
        """
        return self._threads.submit(self._ask, text, accept, default_graphs, named_graphs, time.monotonic()).result()

    def _ask(
        self, text: str, accept: str | None, default_graphs: Sequence[str], named_graphs: Sequence[str], asked: float
    ) -> SparqlResult:
        settings = self._settings
        if time.monotonic() - asked > settings.query_seconds:
            raise StoreUnavailable("all workers for SPARQL are busy; try again, or raise DIPLOGRAPH_SPARQL_WORKERS")
        checked = check_sparql(text, settings.query_bytes, settings.query_nesting)
        media = media_type(checked.form, accept)
        request = {
            "text": checked.text,
            "media": media,
            "rows": settings.query_rows,
            "size": settings.answer_bytes,
            "seconds": settings.query_seconds,
            "default": list(default_graphs),
            "named": list(named_graphs),
            "graphs": [*checked.graphs, *default_graphs, *named_graphs],
        }
        worker = self._take()
        header, body = worker.ask(request, settings.query_seconds)
        if worker.alive:
            self._idle.put(worker)
        else:
            self._workers.discard(worker)
        if "error" in header:
            raise self._error(header)
        return SparqlResult(body, media, header["truncated"], worker.snapshot)

    def _take(self) -> _Worker:
        """An idle worker on the newest snapshot; those on older ones are ended."""
        newest = current_id(self._settings.data)
        while not self._closed:
            try:
                worker = self._idle.get_nowait()
            except queue.Empty:
                return self._worker(newest)
            if worker.alive and worker.snapshot == newest:
                return worker
            worker.kill()
            self._workers.discard(worker)
        raise StoreUnavailable("the server is stopping")

    def _worker(self, snapshot: str | None) -> _Worker:
        worker = _Worker(self._settings.data, snapshot, self._settings.sparql_memory_mb)
        self._workers.add(worker)
        return worker

    def _error(self, header: dict[str, Any]) -> BadQuery | QueryTimeout:
        settings = self._settings
        match header["kind"]:
            case "query":
                return BadQuery(f"the query is wrong: {_understood(header['error'])}")
            case "graph":
                return BadQuery(no_graph(header["error"]))
            case "size":
                return QueryTimeout(
                    f"the answer is larger than {settings.answer_bytes:,} bytes; add LIMIT, or raise DIPLOGRAPH_ANSWER_BYTES"
                )
            case "time":
                return QueryTimeout(
                    f"the query took more than {settings.query_seconds:g} s and was stopped; simplify it or add LIMIT"
                )
            case _:
                return QueryTimeout(
                    f"the query ended its process, most likely for want of memory ({settings.sparql_memory_mb} MB); simplify it"
                )


class _Worker:
    """One process, and the pipe to it; used by one thread at a time, killed from any."""

    def __init__(self, data: Path, snapshot: str | None, memory: int) -> None:
        self.snapshot = snapshot
        environment = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
        command = [sys.executable, "-m", "graph.asking.sparql_worker", str(data), snapshot or "", str(memory)]
        self._process = subprocess.Popen(  # noqa: S603  (our own module)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**environment, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        )
        header, _ = self._receive(_START_SECONDS)
        if not header.get("ready"):
            self.kill()
            raise StoreUnavailable(f"no worker for SPARQL could be started on snapshot {snapshot}; run `diplograph check`")

    @property
    def alive(self) -> bool:
        """Whether the process can be asked again."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End the process now, whatever it does."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def ask(self, request: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        """The reply to one request; on `error` of kind time or memory the process has ended."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            self.kill()
            return {"error": "gone", "kind": "memory"}, b""
        return self._receive(seconds)

    def _receive(self, seconds: float) -> tuple[dict[str, Any], bytes]:
        out = threading.Event()

        def stop() -> None:
            out.set()
            self._process.kill()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            assert self._process.stdout is not None
            line = self._process.stdout.readline()
            header = json.loads(line) if line.endswith(b"\n") else {}
            body = self._process.stdout.read(header.get("length", 0))
        finally:
            timer.cancel()
        if header and len(body) == header["length"]:
            return header, body
        self.kill()
        return {"error": "stopped", "kind": "time" if out.is_set() else "memory"}, b""


def _understood(error: str) -> str:
    """What a parser says; of a prefix that is not declared it only lists what else could stand there."""
    place, found, _ = error.partition(": expected one of Prefix not found")
    if not found:
        return error
    return f"{place}: a prefix is not declared; begin with PREFIX dip: <{ONTOLOGY}> (/sparql/editor has them all)"
