"""A graph loaded at once: the same as the one that is projected, and later projections go on from it."""

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from graph.bulk.loading import load_at_once
from graph.errors import StoreUnavailable
from graph.property import address
from graph.property.bolt import PropertyGraph, open_graph
from graph.property.dump import dump
from graph.property.embedded import folder_of
from graph.property.neo4j_server import Neo4jServer, home_of
from graph.property.projection import Projected, project
from graph.record import snapshots
from graph.record.snapshots import Snapshot
from graph.settings import Settings
from graph.view.writing import open_writer
from graph.workspace import Workspace
from tests.api.stories import HOSTILE_STORIES


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


def projected(snapshot: Snapshot, graph: PropertyGraph) -> tuple[Projected, str]:
    """What a projection says that it wrote, and the graph that it makes of nothing."""
    graph.clear()
    return project(snapshot, graph), dump(graph)


@pytest.mark.slow
def test_the_embedded_engine_holds_what_a_projection_writes(settings: Settings) -> None:
    with current(settings) as snapshot:
        with open_graph(settings) as graph:
            done, expected = projected(snapshot, graph)
            graph.write("CREATE (:State {id: 'left from before'})")
            with pytest.raises(StoreUnavailable, match="in use"):
                load_at_once(snapshot, settings)
        told: list[int] = []
        loaded = Workspace(settings).sync(told.append, bulk=True).projected  # the engine lingers, and is stopped
        assert (loaded.nodes, loaded.relationships) == (done.nodes, done.relationships)
        assert sum(told) == loaded.nodes
        with open_graph(settings) as graph:
            assert dump(graph) == expected
            assert project(snapshot, graph).nodes == 0
    add(settings, HOSTILE_STORIES[2:])
    with current(settings) as later, open_graph(settings) as graph:
        goes_on(later, graph)
        assert dump(graph) == projected(later, graph)[1]


def goes_on(later: Snapshot, graph: PropertyGraph) -> None:
    """What is added later is written, and nothing else; ids are unique and found by their index."""
    assert 0 < project(later, graph).nodes < graph.read("MATCH (node) RETURN count(node)").single()
    with pytest.raises(Exception, match=r"(?i)unique|duplicate|already exists"):
        graph.write("MATCH (one:State) WITH one LIMIT 1 CREATE (:State {id: one.id})")


@pytest.mark.neo4j
@pytest.mark.slow
def test_a_neo4j_of_ours_holds_what_a_projection_writes(settings: Settings, neo4j_settings: Settings) -> None:
    home_of(settings).symlink_to(home_of(neo4j_settings))  # the server of the tests as that of this folder
    if Neo4jServer(home_of(settings)).status() is None:
        pytest.skip("the Neo4j of the tests was not started by them")
    here = settings.model_copy(update={name: getattr(neo4j_settings, name) for name in ("neo4j_uri", "neo4j_password")})
    with current(settings) as snapshot:
        add(settings, HOSTILE_STORIES[2:])
        with current(settings) as later:
            with open_graph(here) as graph:
                _, expected_later = projected(later, graph)
                done, expected = projected(snapshot, graph)
                graph.write("CREATE (:State {id: 'left from before'})")
            loaded = load_at_once(snapshot, here)
            assert (loaded.nodes, loaded.relationships) == (done.nodes, done.relationships)
            with open_graph(here) as graph:
                assert dump(graph) == expected
                goes_on(later, graph)
                assert dump(graph) == expected_later


def test_a_neo4j_of_others_is_not_stopped(settings: Settings) -> None:
    elsewhere = settings.model_copy(update={"neo4j_uri": "bolt://graph.example.org:7687"})
    with current(settings) as snapshot, pytest.raises(StoreUnavailable, match=r"import its neo4j-import\.zip"):
        load_at_once(snapshot, elsewhere)
