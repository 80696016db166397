"""Kill -9 at any moment of a projection, then project again: the graph of an undisturbed projection, on both engines."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time

import psutil
import pytest

from benchmarks.made_view import MadeView, made_view
from graph.errors import StoreUnavailable
from graph.model.files import ROOT
from graph.property.bolt import PropertyGraph, open_graph
from graph.property.dump import dump
from graph.property.embedded import address_of
from graph.property.projection import project, shown
from graph.settings import Settings

ACCORDS, CHANGED, MOMENTS = 150, 60, 12

LOADER = """
import sys
from benchmarks.made_view import made_view
from graph.property.bolt import open_graph
from graph.property.projection import project
from graph.settings import Settings
view = made_view({accords}, changed={changed}, previous={previous!r})
with open_graph(Settings()) as graph:
    print("ready", flush=True)
    sys.stdin.readline()
    project(view, graph)
print("done", flush=True)
"""


@pytest.fixture(scope="module")
def before() -> MadeView:
    return made_view(ACCORDS)


@pytest.fixture(scope="module")
def after(before: MadeView) -> MadeView:
    return made_view(ACCORDS, changed=CHANGED, previous=before.id)


class Loader:
    """A process that projects the second view when told to."""

    def __init__(self, settings: Settings, previous: str) -> None:
        script = LOADER.format(accords=ACCORDS, changed=CHANGED, previous=previous)
        password = settings.neo4j_password.get_secret_value() if settings.neo4j_password else ""
        server = (
            {"DIPLOGRAPH_NEO4J_URI": settings.neo4j_uri, "DIPLOGRAPH_NEO4J_PASSWORD": password} if settings.neo4j_uri else {}
        )
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "DIPLOGRAPH_DATA": str(settings.data), **server}
        pipe = subprocess.PIPE
        command = [sys.executable, "-c", script]
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment, cwd=settings.data)

    def expect(self, word: str) -> None:
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == word + "\n"

    def go(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


def _prepare(graph: PropertyGraph, start: MadeView | None) -> None:
    graph.clear()
    if start is not None:
        project(start, graph)


def _duration(settings: Settings, graph: PropertyGraph, start: MadeView | None, previous: str) -> float:
    """Seconds that an undisturbed projection takes on an engine that is warm."""
    return min(_once(settings, graph, start, previous) for _ in range(3))


def _once(settings: Settings, graph: PropertyGraph, start: MadeView | None, previous: str) -> float:
    loader = Loader(settings, previous)
    _prepare(graph, start)
    loader.expect("ready")
    began = time.monotonic()
    loader.go()
    loader.expect("done")
    loader.kill()
    return time.monotonic() - began


def _survives(settings: Settings, before: MadeView, after: MadeView) -> None:
    """Kills, from an empty graph and from the snapshot before by turns, spread over a projection's whole time."""
    chance, cut_off = random.Random(20251016), 0
    settings.data.mkdir(parents=True, exist_ok=True)
    with open_graph(settings) as graph:
        _prepare(graph, None)
        project(after, graph)
        expected = dump(graph)
        lasts = {start: _duration(settings, graph, view, before.id) for start, view in (("empty", None), ("before", before))}
        for moment in range(MOMENTS):
            start = ("empty", "before")[moment % 2]
            loader = Loader(settings, before.id)
            _prepare(graph, before if start == "before" else None)
            loader.expect("ready")
            loader.go()
            time.sleep(lasts[start] * chance.random())
            loader.kill()
            cut_off += shown(graph) != after.id
            project(after, graph)
            assert dump(graph) == expected, f"moment {moment}, from {start}"
    assert cut_off >= MOMENTS // 2


@pytest.mark.slow
def test_killed_loaders_are_caught_up_on_the_embedded_engine(
    embedded_settings: Settings, before: MadeView, after: MadeView
) -> None:
    _survives(embedded_settings, before, after)


@pytest.mark.slow
@pytest.mark.neo4j
def test_killed_loaders_are_caught_up_on_neo4j(neo4j_settings: Settings, before: MadeView, after: MadeView) -> None:
    _survives(neo4j_settings, before, after)


@pytest.mark.slow
def test_a_killed_engine_is_caught_up(engine_settings: Settings, before: MadeView, after: MadeView) -> None:
    """The engine itself is killed while a projection runs: it goes on by itself, or the next one mends what is left."""
    chance = random.Random(7)

    def kill_later() -> None:
        time.sleep(chance.random())
        if (found := address_of(engine_settings)) is not None:
            psutil.Process(found.pid).kill()

    with open_graph(engine_settings) as graph:
        project(after, graph)
        expected = dump(graph)
        for start in (None, before, None, before):
            _prepare(graph, start)
            killer = threading.Thread(target=kill_later)
            killer.start()
            try:
                project(after, graph)
            except StoreUnavailable:
                assert shown(graph) != after.id
            killer.join()
            project(after, graph)
            assert dump(graph) == expected
