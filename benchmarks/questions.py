"""How long each named question takes beside the bare driver running the same Cypher: `python -m benchmarks.questions`.

A made world (`benchmarks/made_world.py`) of about so many claims, asked for its busiest state. Ours is what the API does:
values checked and bound, the rows read within limits, the columns made, the body that is sent. The bare driver runs the same
text in a session and collects its rows. Both take turns, with one client and with many, so the ratio is what counts; beside
it stand the milliseconds of processor time that one answer of ours takes more of this process, which other work on the
machine does not disturb. The last column is the processor time of the same question in SPARQL.

With `--folder` the world and the engines' files stay there, and the next run begins at once. With `--recorded` what is asked is
not made but read: the newest snapshot of the folder, such as `benchmarks.record --folder` leaves.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.answers import as_body
from benchmarks.asked_values import given, values
from benchmarks.kept_world import kept_world, recorded_world, running, show
from benchmarks.partner_page import partner_page
from benchmarks.sparql_times import sparql_times
from graph.asking.ask import Limits, ask_cypher_async, rows_read
from graph.asking.binding import bind
from graph.asking.questions import Question, load_questions
from graph.errors import DiplomacyError
from graph.property.bolt_async import AsyncPropertyGraph, open_async
from graph.record.snapshots import Snapshot
from graph.settings import Settings

if TYPE_CHECKING:
    from neo4j import AsyncDriver

_MOST_ALONE, _LEAST_ALONE, _MOST_TOGETHER = 101, 3, 40  # rounds: what answers in milliseconds needs many, its p95 above all
_ENGINES = ["embedded", "neo4j"]
Work = Callable[[], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Asking:
    """What the questions are asked of and with."""

    ours: AsyncPropertyGraph
    bare: AsyncDriver
    limits: Limits
    values: Mapping[str, str]
    clients: int
    seconds: float


def main() -> None:
    """Measure and print a table an engine."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--claims", type=int, default=20_000)
    options.add_argument("--folder", type=Path, default=None, help="where the world is kept; without it, thrown away")
    options.add_argument("--recorded", action="store_true", help="ask the newest snapshot of the folder, not a made world")
    options.add_argument("--engines", nargs="*", default=_ENGINES, choices=_ENGINES)
    options.add_argument("--questions", nargs="*", default=None, help="only these")
    options.add_argument("--clients", type=int, default=16)
    options.add_argument("--seconds", type=float, default=10, help="about so long for each question on each engine")
    options.add_argument("--sparql-seconds", type=float, default=60, help="give up in SPARQL after so long; 0: do not ask")
    options.add_argument("--heap", type=int, default=1024, help="megabytes for an engine")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        measure(chosen, chosen.folder or Path(passing))


def measure(chosen: argparse.Namespace, folder: Path) -> None:
    """All that was chosen, of the world in `folder`."""
    began = time.perf_counter()
    world = recorded_world(folder) if chosen.recorded else kept_world(chosen.claims, folder)
    asked = values(world)
    what = f"snapshot {world.id}" if chosen.recorded else f"world of about {chosen.claims:,} claims"
    say(f"{what} ready in {time.perf_counter() - began:.0f} s; asked with {dict(asked)}")
    settings = Settings(data=folder)
    limits = Limits(120, settings.query_rows, settings.answer_bytes)
    names = [name for name in load_questions() if chosen.questions is None or name in chosen.questions]
    sparql = _sparql(world, names, asked, limits, chosen.sparql_seconds)
    for name in chosen.engines:
        say(show(name, world, folder, made=0 if chosen.recorded else chosen.claims, heap_mb=chosen.heap))
        with running(name, folder, heap_mb=chosen.heap) as settings:
            asyncio.run(_measured(settings, limits, asked, chosen, {name: sparql.get(name) for name in names}))
            if chosen.questions is None:
                say(partner_page(settings, asked))


def _sparql(world: Snapshot, names: list[str], asked: Mapping[str, str], limits: Limits, most: float) -> Mapping[str, str]:
    if not most:
        return {}
    found = {}
    with sparql_times(world.folder / "store", limits, most) as times:
        for name in names:
            seconds = times.seconds(name, given(load_questions()[name], asked))
            found[name] = f"> {most:.0f} s" if seconds is None else f"{1000 * seconds:,.1f} ms"
            say(f"SPARQL {name:<24} {found[name]:>12}")
    return found


async def _measured(
    settings: Settings, limits: Limits, asked: Mapping[str, str], chosen: argparse.Namespace, sparql: Mapping[str, Any]
) -> None:
    from neo4j import AsyncGraphDatabase, exceptions  # it brings numpy, whose threads our modules limit before: as in the API

    async with open_async(settings) as ours:
        auth = (ours.connection.reader, ours.connection.reader_password)
        async with AsyncGraphDatabase.driver(ours.connection.uri, auth=auth) as bare:
            asking = Asking(ours, bare, limits, asked, chosen.clients, chosen.seconds)
            head = f"{'question':<22} {'rows':>6} {'bare p50':>10} {'ratio':>6} {'own ms':>8}"
            say(f"{head} | {chosen.clients} clients: {'p50':>5} {'p95':>5} | {'SPARQL':>12}")
            for name, times in sparql.items():
                try:
                    say(f"{await _line(load_questions()[name], asking)} | {times or '':>12}")
                except (DiplomacyError, exceptions.Neo4jError) as error:  # too long, or too many at once
                    say(f"{name:<22} {str(error)[:200]}")


async def _line(question: Question, asking: Asking) -> str:
    raw = given(question, asking.values)
    database, bound = asking.ours.connection.database, bind(question, raw)
    given_too = bound.cypher_values(rows_read(bound, asking.limits))

    async def asked() -> int:
        answer = await ask_cypher_async(bind(question, raw), asking.ours, asking.limits, "made")
        as_body(answer, "cypher")
        return len(answer.rows)

    async def run() -> int:
        async with asking.bare.session(database=database, default_access_mode="READ") as session:
            result = await session.run(bound.cypher, given_too)
            return len([record.data() async for record in result])

    rows = await asked()
    began = time.perf_counter()
    await run()
    once = time.perf_counter() - began
    least = _LEAST_ALONE if once < asking.seconds else 1
    alone = await _turns((run, asked), 1, min(_MOST_ALONE, max(least, int(asking.seconds / 3 / once))))
    middle = [statistics.median(clock for clock, _ in times) for times in alone]
    spent = [statistics.median(own for _, own in times) for times in alone]
    first = f"{question.name:<22} {rows:>6} {1000 * middle[0]:>7,.1f} ms {middle[1] / middle[0]:>6.2f}"
    return f"{first} {1000 * (spent[1] - spent[0]):>8.2f} | {await _together((run, asked), asking, once)}"


async def _together(works: tuple[Work, Work], asking: Asking, once: float) -> str:
    """The ratios at p50 and p95 of many clients at once; nothing for what would take minutes."""
    rounds = min(_MOST_TOGETHER, int(1 + asking.seconds / (once * asking.clients)))
    if once * asking.clients > 12 * asking.seconds:
        return f"{'':>10} {'–':>5} {'–':>5}"
    quantiles = [
        statistics.quantiles([clock for clock, _ in times], n=20) for times in await _turns(works, asking.clients, rounds)
    ]
    middle, late = quantiles[1][9] / quantiles[0][9], quantiles[1][18] / quantiles[0][18]
    return f"{'':>10} {middle:>5.2f} {late:>5.2f}"


async def _turns(works: tuple[Work, Work], clients: int, rounds: int) -> list[list[tuple[float, float]]]:
    """Clock and own processor time of each answer, the works by turns, the first of a round by turns too."""
    times: list[list[tuple[float, float]]] = [[], []]
    for number in range(rounds):
        for place in (0, 1) if number % 2 == 0 else (1, 0):
            used = time.process_time()
            clocks = await asyncio.gather(*(_timed(works[place]) for _ in range(clients)))
            spent = (time.process_time() - used) / clients
            times[place] += [(clock, spent) for clock in clocks]
    return times


async def _timed(work: Work) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
