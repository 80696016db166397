"""A graph loaded at once: the same as the one that is projected, and later projections go on from it."""

import os
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pydantic import SecretStr

from graph.bulk.loading import load_at_once
from graph.errors import StoreUnavailable
from graph.property import address
from graph.property.bolt import open_graph
from graph.property.dump import dump
from graph.property.embedded import folder_of
from graph.property.neo4j_server import Neo4jServer, home_of
from graph.property.projection import project
from graph.record import snapshots
from graph.record.snapshots import Snapshot
from graph.settings import Settings
from graph.view.writing import open_writer
from graph.workspace import Workspace
from tests.api.stories import HOSTILE_STORIES
from tests.conftest import absent


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """A data folder with the stories, and an engine of its own."""
    chosen = Settings(data=tmp_path / "data", engine_heap_mb=256, engine_linger=60, engine_start_seconds=180)
    add(chosen, HOSTILE_STORIES[:2])
    yield chosen
    if (found := address.read(folder_of(chosen))) is not None:
        psutil.Process(found.pid).kill()


def add(settings: Settings, stories: object) -> None:
    with open_writer(settings) as writer:
        writer.add(list(stories))  # type: ignore[call-overload]
        writer.commit()


def current(settings: Settings) -> Snapshot:
    found = snapshots.current(settings.data)
    assert found is not None
    return found


@pytest.mark.slow
def test_the_embedded_engine_holds_what_a_projection_writes(settings: Settings, tmp_path: Path) -> None:
    with current(settings) as snapshot:
        with open_graph(settings) as graph:
            done = project(snapshot, graph)
            projected = dump(graph)
            graph.write("CREATE (:State {id: 'left from before'})")
            with pytest.raises(StoreUnavailable, match="in use"):
                load_at_once(snapshot, settings)
        told: list[int] = []
        loaded = Workspace(settings).sync(told.append, bulk=True).projected  # the engine lingers, and is stopped
        assert (loaded.nodes, loaded.relationships) == (done.nodes, done.relationships)
        assert sum(told) == loaded.nodes
        with open_graph(settings) as graph:
            assert dump(graph) == projected
            assert project(snapshot, graph).nodes == 0
    goes_on(settings)


def goes_on(settings: Settings) -> None:
    """What is added later is written, and nothing else; ids are unique and found by their index."""
    add(settings, HOSTILE_STORIES[2:])
    with current(settings) as snapshot, open_graph(settings) as graph:
        done = project(snapshot, graph)
        assert 0 < done.nodes < graph.read("MATCH (node) RETURN count(node)").single()
        later = dump(graph)
        with pytest.raises(Exception, match=r"(?i)unique|duplicate|already exists"):
            graph.write("MATCH (one:State) WITH one LIMIT 1 CREATE (:State {id: one.id})")
        graph.clear()
        project(snapshot, graph)
        assert dump(graph) == later


@pytest.mark.neo4j
@pytest.mark.slow
@pytest.mark.skipif("DIPLOGRAPH_TEST_IMPORT" not in os.environ, reason="takes long: DIPLOGRAPH_TEST_IMPORT=1, or `make slow`")
def test_a_neo4j_of_ours_holds_what_a_projection_writes(settings: Settings) -> None:
    server = Neo4jServer(home_of(settings))
    try:
        first = server.start(wait_seconds=300)
    except StoreUnavailable as error:
        absent("NEO4J", f"no Neo4j could be started: {error}")
    here = settings.model_copy(update={"neo4j_uri": first.uri, "neo4j_password": SecretStr(first.password)})
    try:
        with current(settings) as snapshot:
            with open_graph(here) as graph:
                done = project(snapshot, graph)
                projected = dump(graph)
                graph.write("CREATE (:State {id: 'left from before'})")
            loaded = load_at_once(snapshot, here)
            assert (loaded.nodes, loaded.relationships) == (done.nodes, done.relationships)
            with open_graph(here) as graph:
                assert dump(graph) == projected
        goes_on(here)
    finally:
        server.stop()


def test_a_neo4j_of_others_is_not_stopped(settings: Settings) -> None:
    elsewhere = settings.model_copy(update={"neo4j_uri": "bolt://graph.example.org:7687"})
    with current(settings) as snapshot, pytest.raises(StoreUnavailable, match=r"import its neo4j-import\.zip"):
        load_at_once(snapshot, elsewhere)
