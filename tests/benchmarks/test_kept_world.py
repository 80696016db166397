"""The world that the benchmarks ask: made once, with values for every question."""

from pathlib import Path

import pytest

from benchmarks import kept_world as module
from benchmarks import made_world
from benchmarks.asked_values import given, values
from benchmarks.kept_world import kept_world, recorded_world
from benchmarks.made_nodes import made_nodes
from benchmarks.sparql_times import sparql_times
from graph.asking.ask import Limits
from graph.asking.binding import bind
from graph.asking.questions import load_questions
from graph.model.terms import load_ontology
from graph.property.nodes import NodeReader
from graph.release.lines import all_nodes


def test_a_world_is_kept_and_every_question_can_be_asked_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_world, "_SOURCES", 20)
    with kept_world(120, tmp_path) as world:
        asked = values(world)
        for question in load_questions().values():
            assert bind(question, given(question, asked)).values
        with sparql_times(world.folder / "store", Limits(10, 100, 100_000), 30) as times:
            seconds = times.seconds("accords", {"state": asked["state"]})
        assert seconds is not None
        assert 0 < seconds < 30
    monkeypatch.delattr(module, "made_world")
    with kept_world(120, tmp_path) as again:
        assert values(again) == asked
    with recorded_world(tmp_path) as newest:
        assert newest.id == again.id


def test_nodes_made_without_a_store_are_those_that_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_world, "_SOURCES", 20)
    reader = NodeReader(made_world.made_world(360, tmp_path), load_ontology())
    read = {node.id: node.digest for node in all_nodes(reader)}
    made = [(node.id, node.digest) for node in made_nodes(360)]
    assert len(made) == len(read)
    assert dict(made) == read
