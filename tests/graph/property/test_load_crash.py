"""The whole way killed at seeded moments: after `sync` both stores agree, after another load nothing is missing or doubled."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path
from typing import Any

import pytest

from graph.model.claims import SourceClaims
from graph.property.bolt import PropertyGraph, open_graph
from graph.property.dump import dump
from graph.property.projection import project, shown
from graph.record import snapshots
from graph.settings import Settings
from graph.workspace import Workspace

MOMENTS = 30


def _arguments(settings: Settings, data: Path, pickled: Path) -> tuple[str, ...]:
    assert settings.neo4j_password is not None
    password = settings.neo4j_password.get_secret_value()
    return (str(data), str(pickled), str(settings.neo4j_uri), settings.neo4j_user, password, settings.neo4j_database)


def _start(graph: PropertyGraph, blank: Path, data: Path) -> None:
    """A committed folder without sources, and a graph without nodes."""
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(blank, data)
    graph.clear()


def _share(moments: list[int], graph: PropertyGraph) -> list[int]:
    """Two of three, a third of them on both engines: each moment is dear, and none is left out."""
    spared = 0 if graph.dialect == "neo4j" else 1
    return [moment for place, moment in enumerate(moments) if place % 3 != spared]


@pytest.mark.slow
def test_a_load_killed_at_any_moment_is_caught_up_in_both_stores(
    store_settings: Settings, blank: Path, few: list[SourceClaims], sudden_death: Any, tmp_path: Path
) -> None:
    pickled, work = tmp_path / "few", Path(__file__).with_name("loading.py")
    pickled.write_bytes(pickle.dumps(few))
    settings = store_settings.model_copy(update={"batch": 2})
    workspace, died = Workspace(settings), 0
    with open_graph(settings) as graph:
        arguments = _arguments(settings, settings.data, pickled)
        _start(graph, blank, settings.data)
        calls = sudden_death.moments(work, "load", *arguments)
        expected, snapshot = dump(graph), snapshots.current_id(settings.data)
        moments = _share(sudden_death.seeded(calls, MOMENTS), graph)
        for moment in moments:
            _start(graph, blank, settings.data)
            died += sudden_death.kill(work, "load", *arguments, moment=moment)
            workspace.sync()
            assert shown(graph) == snapshots.current_id(settings.data)
            workspace.load(few)
            assert (dump(graph), snapshots.current_id(settings.data)) == (expected, snapshot), moment
    assert died >= len(moments) - 1


@pytest.mark.neo4j
def test_a_real_snapshot_is_the_same_on_both_engines(
    embedded_settings: Settings, neo4j_settings: Settings, blank: Path, few: list[SourceClaims], tmp_path: Path
) -> None:
    shutil.copytree(blank, tmp_path / "data")
    settings = embedded_settings.model_copy(update={"data": tmp_path / "data"})
    from graph.view.writing import open_writer

    with open_writer(settings) as writer:
        writer.add(few)
        writer.commit()
    dumps = []
    for each in (embedded_settings, neo4j_settings):
        with open_graph(each) as graph, snapshots.current(tmp_path / "data") as snapshot:  # type: ignore[union-attr]
            graph.clear()
            project(snapshot, graph)
            dumps.append(dump(graph))
    assert dumps[0] == dumps[1]
    assert '"REPORTED_IN"' in dumps[0]
