"""Requests a second of one look-up: the API's address of a state beside a bare FastAPI route that does the same look-up.

Run it as `python -m benchmarks.api FOLDER [--seconds 4] [--clients 16] [--rounds 5]`, FOLDER being a loaded data folder. Both
serve from a process of their own under uvicorn; rounds alternate. On a machine that does other things at the same time the
second ratio says more: processor time a request, of the bare route to the API.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.browse import Browser
from api.forms_of_things import as_resource
from api.models import Resource
from graph.asking.index import index
from graph.model.terms import load_ontology
from graph.record import snapshots
from graph.settings import Settings

PATH = "/api/v1/states/MAR"


def make_bare(data: Path) -> FastAPI:
    """One route and nothing else: the look-up, its model, its JSON."""
    app, ontology = FastAPI(), load_ontology()
    snapshot = snapshots.current(data)
    assert snapshot is not None
    store = snapshot.store

    @app.get("/api/v1/states/{code}")
    async def state(code: str) -> Resource:
        thing = Browser(store, ontology).thing(f"state/{code.upper()}")
        assert thing is not None
        return as_resource(thing)

    return app


def serve(which: str, data: Path, port: int) -> None:
    """Serve one of the two until killed."""
    app = make_bare(data) if which == "bare" else create_app(Settings(data=data, port=port))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)


@contextlib.contextmanager
def served(which: str, data: Path) -> Iterator[tuple[int, psutil.Process]]:
    """One of the two in a process of its own, and its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.api", str(data), "--serve", which, "--port", str(port)])
    try:
        for _ in range(1200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(120)


async def one_client(port: int, end: float, latencies: list[float]) -> None:
    """Ask again and again on one connection until the time is over."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n\r\n".encode()
    while (began := time.perf_counter()) < end:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        latencies.append(time.perf_counter() - began)
    writer.close()


async def measured(server: tuple[int, psutil.Process], clients: int, seconds: float) -> tuple[float, float, list[float]]:
    """Requests a second, processor time a request, and each one's latency."""
    (port, process), latencies = server, []
    began, used = time.perf_counter(), sum(process.cpu_times()[:2])
    await asyncio.gather(*(one_client(port, began + seconds, latencies) for _ in range(clients)))
    spent = sum(process.cpu_times()[:2]) - used
    return len(latencies) / (time.perf_counter() - began), spent / len(latencies), latencies


def compare(data: Path, clients: int, seconds: float, rounds: int) -> None:
    """Both in turn; the ratios of each round, and their medians."""
    with snapshots.current(data) as snapshot:  # type: ignore[union-attr]
        index(snapshot)  # else the API makes it while it is measured
    with served("bare", data) as bare, served("api", data) as api:
        for server in (bare, api):
            asyncio.run(measured(server, clients, 1))
        rates, costs = [], []
        for number in range(rounds):
            first, cheap, _ = asyncio.run(measured(bare, clients, seconds))
            second, dear, latencies = asyncio.run(measured(api, clients, seconds))
            rates.append(second / first)
            costs.append(cheap / dear)
            middle, late = (1000 * statistics.quantiles(latencies, n=100)[place] for place in (49, 94))
            print(f"round {number + 1}: bare {first:,.0f}/s at {1e6 * cheap:.0f} µs, "
                  f"api {second:,.0f}/s at {1e6 * dear:.0f} µs; "
                  f"ratios {rates[-1]:.2f} and {costs[-1]:.2f}; api p50 {middle:.1f} ms, p95 {late:.1f} ms")  # fmt: skip
        print(f"median ratios: requests a second {statistics.median(rates):.2f}, processor time {statistics.median(costs):.2f} "
              f"({clients} clients)")  # fmt: skip


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--serve", choices=("bare", "api"))
    parser.add_argument("--port", type=int, default=0)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve, given.data, given.port)
    else:
        compare(given.data, given.clients, given.seconds, given.rounds)


if __name__ == "__main__":
    main()
