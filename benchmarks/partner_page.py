"""What the partners of a state take, in one call of the API and as a page, beside the bare driver gathering the same.

Over HTTP, of an application of its own. The map gives what three questions answer, whose Cypher the driver runs one after the
other; the page gathers the same facts as the first of them, and the driver runs that one. All take turns.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from fastapi.testclient import TestClient
from neo4j import Driver, GraphDatabase

from api.app import create_app
from benchmarks.asked_values import given
from graph.asking.binding import bind
from graph.asking.questions import question
from graph.property.bolt import open_graph
from graph.settings import Settings

_ALONE, _TOGETHER, _CLIENTS = 5, 2, 16
_LONGEST = 1.5
"""Seconds that the driver may take alone: of what takes longer, an engine refuses some of many at once."""
_GATHERED = ("partner_map", "partner_changes", "commission_calendar")
_ADDRESSES = {"/api/v1/partners/{}": _GATHERED, "/states/{}": _GATHERED[:1]}
Work = Callable[[], object]


def partner_page(settings: Settings, asked: Mapping[str, str]) -> str:
    """Milliseconds of the partner map (JSON) and of the partner page (HTML) of the state asked for, beside the driver's."""
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as client, open_graph(settings) as graph:
        reached = graph.connection
        with GraphDatabase.driver(reached.uri, auth=(reached.reader, reached.reader_password)) as bare:
            lines = [
                _compared(client, address.format(asked["state"]), _driven(bare, reached.database, names, asked))
                for address, names in _ADDRESSES.items()
            ]
    return "\n".join(lines)


def _driven(bare: Driver, database: str, names: Sequence[str], asked: Mapping[str, str]) -> Work:
    bound = [bind(question(name), given(question(name), asked)) for name in names]

    def run() -> int:
        rows = 0
        for one in bound:
            with bare.session(database=database, default_access_mode="READ") as session:
                rows += len([record.data() for record in session.run(one.cypher, dict(one.values))])
        return rows

    return run


def _compared(client: TestClient, address: str, run: Work) -> str:
    def ask() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text

    first = _timed(ask)  # it makes the index
    _timed(run)
    alone = [[_timed(work) for work in (run, ask)] for _ in range(_ALONE)]
    driver, ours = (statistics.median(times) for times in zip(*alone, strict=True))
    told = f"{address}: {1000 * ours:,.0f} ms (first {first:.1f} s), driver {1000 * driver:,.0f} ms, ratio {ours / driver:.2f}"
    if driver > _LONGEST:
        return f"{told}; {_CLIENTS} clients: –"
    quantiles = [statistics.quantiles(_together(work), n=20) for work in (run, ask)]
    middle, late = (quantiles[1][place] / quantiles[0][place] for place in (9, 18))
    return f"{told}; {_CLIENTS} clients: p50 {middle:.2f}, p95 {late:.2f}"


def _together(work: Work) -> list[float]:
    """How long each of many at once took."""
    with ThreadPoolExecutor(_CLIENTS) as pool:
        return [took for _ in range(_TOGETHER) for took in pool.map(lambda _: _timed(work), range(_CLIENTS))]


def _timed(work: Work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
