"""The processor time of questions in SPARQL (one thread): in a process of its own, ended where one takes too long."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from pyoxigraph import Store

from benchmarks.made_view import MadeChanges, MadeView
from graph.asking.ask import Limits, ask_sparql
from graph.asking.binding import bind
from graph.asking.questions import load_questions

_SHORT = 1.0


class SparqlTimes:
    """Times questions on a store; `most`: seconds after which one is given up."""

    def __init__(self, store: Path, limits: Limits, most: float) -> None:
        self._store, self._limits, self._most = store, limits, most
        self._worker: tuple[BaseProcess, Connection] | None = None

    def seconds(self, name: str, given: Mapping[str, str]) -> float | None:
        """Processor time, the median of three, or the only one where it is more than a second; None where it takes too long."""
        self._worker = self._worker or self._started()
        line = self._worker[1]
        line.send((name, dict(given)))
        if not line.poll(3 * self._most):
            self.close()
            return None
        found: float = line.recv()
        return found if found <= self._most else None

    def close(self) -> None:
        """End the process."""
        if self._worker is not None:
            self._worker[0].kill()
            self._worker[0].join()
            self._worker = None

    def _started(self) -> tuple[BaseProcess, Connection]:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self._store, self._limits), daemon=True)
        process.start()
        assert ours.recv() == "ready"
        return process, ours


@contextmanager
def sparql_times(store: Path, limits: Limits, most: float) -> Iterator[SparqlTimes]:
    """A `SparqlTimes` that is closed at the end."""
    times = SparqlTimes(store, limits, most)
    try:
        yield times
    finally:
        times.close()


def _work(line: Connection, folder: Path, limits: Limits) -> None:
    view = MadeView("made", Store.read_only(str(folder)), MadeChanges(None, (), ()))
    questions = load_questions()
    line.send("ready")
    while True:
        name, given = line.recv()
        bound = bind(questions[name], given)
        took: list[float] = []
        while len(took) < 3 and sum(took) < _SHORT:
            began = time.process_time()
            ask_sparql(bound, view, limits)
            took.append(time.process_time() - began)
        line.send(statistics.median(took))
