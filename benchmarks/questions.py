"""How long each named question takes beside the bare driver running the same Cypher: `python -m benchmarks.questions`.

A made world (`benchmarks/made_world.py`) of about so many claims, asked for its busiest state. Ours is what the API does:
values checked and bound, the rows read within limits, the columns made, the answer as the JSON object that is sent.
The bare driver runs the same text in a session and collects its rows. Both take turns, with one client and with sixteen,
so the ratio is what counts.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase

from benchmarks.made_view import MadeChanges, MadeView
from benchmarks.made_world import made_world
from benchmarks.projection import _engine
from graph.asking.ask import Limits, ask_cypher_async
from graph.asking.binding import Bound, bind
from graph.asking.formats import as_object
from graph.asking.questions import Question, load_questions
from graph.errors import DiplomacyError
from graph.model.iri import short
from graph.property.bolt import PropertyGraph, open_graph
from graph.property.bolt_async import open_async
from graph.property.projection import project
from graph.property.schema_file import statements
from graph.settings import Settings

ROUNDS = 5
_KINDS = {"accord": "Accord", "commission": "Commission", "fact": "Accord", "one": "Meeting"}
_BUSIEST = "MATCH (s:State)<-[:PARTY]-(a) RETURN s.code AS code, count(*) AS n ORDER BY n DESC, code LIMIT 2"


def main() -> None:
    """Measure and print a table an engine."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--claims", type=int, default=20_000)
    options.add_argument("--engines", nargs="+", default=["embedded", "neo4j"], choices=["embedded", "neo4j"])
    options.add_argument("--questions", nargs="*", default=None, help="only these")
    options.add_argument("--clients", type=int, default=16)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        view = MadeView("made", made_world(chosen.claims, Path(folder) / "store"), MadeChanges(None, (), ()))
        _say(f"world of about {chosen.claims:,} claims made in {time.perf_counter() - began:.0f} s")
        for name in chosen.engines:
            with _engine(name, Path(folder)) as settings, open_graph(settings) as graph:
                for command in statements():
                    graph.schema(command)
                began = time.perf_counter()
                done = project(view, graph)
                took = time.perf_counter() - began
                _say(f"{name}: {done.nodes:,} nodes, {done.relationships:,} relationships projected in {took:.0f} s")
                asyncio.run(_measure(settings, _values(graph), chosen))


async def _measure(settings: Settings, values: Mapping[str, str], chosen: argparse.Namespace) -> None:
    async with open_async(settings) as ours:
        auth = (ours.connection.reader, ours.connection.reader_password)
        async with AsyncGraphDatabase.driver(ours.connection.uri, auth=auth) as bare:
            limits = Limits(120, settings.query_rows, settings.answer_bytes)
            await _table(ours, bare, ours.connection.database, limits, values, chosen)


def _values(graph: PropertyGraph) -> Mapping[str, str]:
    states = [row["code"] for row in graph.read(_BUSIEST).dictionaries()]
    values = {"state": states[0], "partner": states[-1], "date": "2024-06-30", "as_of": "2024-06-30"}
    for name, label in _KINDS.items():
        rows = graph.read(f"MATCH (n:`{label}`) RETURN n.id AS id ORDER BY id LIMIT 1").dictionaries()
        values[name] = short(str(rows[0]["id"])) if rows else "accord/none"
    source = graph.read("MATCH (n:Source) RETURN n.id AS id ORDER BY id LIMIT 1").dictionaries()
    values["source"] = short(str(source[0]["id"])).partition("/")[2] if source else "0" * 64
    return values


async def _table(ours, bare: AsyncDriver, database: str, limits: Limits, values, chosen) -> None:  # type: ignore[no-untyped-def]
    _say(f"{'question':<24} {'rows':>6} {'bare p50':>9} {'ratio':>6}   {chosen.clients} clients: ratio p50, p95")
    for question in load_questions().values():
        if chosen.questions is None or question.name in chosen.questions:
            try:
                bound = bind(question, _given(question, values))
            except DiplomacyError as error:
                _say(f"{question.name:<24} not asked: {error}")
                continue
            await _line(question, bound, ours, bare, database, limits, chosen.clients)


def _given(question: Question, values: Mapping[str, str]) -> dict[str, str]:
    by_type = {"fact": values["fact"], "date": values["date"]}
    required = {name: one for name, one in question.parameters.items() if one.required}
    return {name: values.get(name) or by_type.get(one.type, values["state"]) for name, one in required.items()}


async def _line(question: Question, bound: Bound, ours, bare, database, limits: Limits, clients: int) -> None:  # type: ignore[no-untyped-def]
    rows = 0

    async def asked() -> None:
        nonlocal rows
        answer = await ask_cypher_async(bound, ours, limits, "made")
        rows = len(json.loads(json.dumps(as_object(answer)))["rows"]) if rows == 0 else rows
        json.dumps(as_object(answer), ensure_ascii=False)

    async def run() -> None:
        async with bare.session(database=database, default_access_mode=READ_ACCESS) as session:
            result = await session.run(question.cypher, dict(bound.values))
            [record.data() async for record in result]

    try:
        await asked()
        await run()
    except DiplomacyError as error:
        _say(f"{question.name:<24} {error}")
        return
    alone, together = [[], []], [[], []]  # type: ignore[var-annotated]
    for _ in range(ROUNDS):
        for place, work in enumerate((run, asked)):
            alone[place].append((await _times(work, 1))[0])
            together[place] += await _times(work, clients)
    bare_one, our_one = (statistics.median(times) for times in alone)
    quantiles = [statistics.quantiles(times, n=20) for times in together]
    middle, late = quantiles[1][9] / quantiles[0][9], quantiles[1][18] / quantiles[0][18]
    _say(f"{question.name:<24} {rows:>6} {1000 * bare_one:>6.1f} ms {our_one / bare_one:>6.2f}   {middle:>6.2f} {late:>6.2f}")


async def _times(work: Callable[[], Awaitable[None]], clients: int) -> list[float]:
    async def one() -> float:
        began = time.perf_counter()
        await work()
        return time.perf_counter() - began

    return list(await asyncio.gather(*(one() for _ in range(clients))))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
