"""What a second process gains: the program's own runner, once every process has loaded its words, to the last result.

Wall-clock time says what it gains on this machine now; processor time says what it would gain on one with nothing else to do.
"""

from __future__ import annotations

import itertools
import os
import resource
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.reading.speed import say
from graph.model.claims import Source
from loaders.run import Item, read_all

_WARM = 64  # readings after which every process is at work: one may have loaded its words a moment before another


@dataclass(frozen=True, slots=True)
class Run:
    """One run: articles a second by the clock, and processor seconds an article, workers included."""

    rate: float
    processor: float


def measure(sources: Sequence[Source], processes: int, rounds: int) -> None:
    """Measure and print; the best of three runs each."""
    items = list(sources) * max(1, rounds)
    one = best(items, 1)
    many = best(items, processes)
    say(f"{len(items)} readings, {os.cpu_count()} processors")
    say(f"1 process: {one.rate:,.0f} articles/s, {one.processor * 1000:.2f} ms of processor time each")
    say(f"{processes} processes: {many.rate:,.0f} articles/s, {many.processor * 1000:.2f} ms of processor time each")
    say(f"gain by the clock: {many.rate / one.rate:.2f} times")
    say(f"gain by processor time: {processes * one.processor / many.processor:.2f} times, were every processor free")


def best(items: Iterable[Item], processes: int) -> Run:
    """The quickest of three runs."""
    every = [run(items, processes) for _ in range(3)]
    return Run(max(one.rate for one in every), min(one.processor for one in every))


def run(items: Iterable[Item], processes: int) -> Run:
    """One run; loading the words is left out, by the clock and in processor time."""
    before = processor()
    results = read_all(items, processes)
    warm = sum(1 for _ in itertools.islice(results, _WARM))
    started, loading = time.perf_counter(), processor() - before
    count = sum(1 for _ in results)
    seconds, spent = time.perf_counter() - started, processor() - before
    if processes == 1:
        return Run(count / seconds, (spent - loading) / count)
    # What workers spent is told when they have ended: the same run over next to nothing is taken off.
    return Run(count / seconds, (spent - loaded(processes)) / (warm + count))


def loaded(processes: int) -> float:
    """Processor seconds of starting so many workers and loading their words."""
    before = processor()
    list(read_all([Source(text="Lima.")] * 16 * processes, processes))
    return processor() - before


def processor() -> float:
    """Processor seconds so far, those of ended children included."""
    mine, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime
