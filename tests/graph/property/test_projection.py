"""The projection: the same on both engines, idempotent, and no more than needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from benchmarks.made_view import MadeChanges, MadeView, made_view
from graph.model.iri import entity
from graph.property.bolt import PropertyGraph, open_graph
from graph.property.dump import dump
from graph.property.projection import project, shown
from graph.settings import Settings

ACCORDS = 40


@pytest.fixture(scope="module")
def before() -> MadeView:
    return made_view(ACCORDS)


@pytest.fixture(scope="module")
def after(before: MadeView) -> MadeView:
    return made_view(ACCORDS, changed=5, previous=before.id)


@pytest.fixture
def both(request: pytest.FixtureRequest) -> Iterator[list[PropertyGraph]]:
    with ExitStack() as stack:
        settings: list[Settings] = [request.getfixturevalue(f"{name}_settings") for name in ("embedded", "neo4j")]
        graphs = [stack.enter_context(open_graph(each)) for each in settings]
        for graph in graphs:
            graph.clear()
        yield graphs


def _fresh(graph: PropertyGraph, view: MadeView) -> str:
    graph.clear()
    project(view, graph)
    return dump(graph)


@pytest.mark.neo4j
def test_both_engines_show_the_same(both: list[PropertyGraph], before: MadeView, after: MadeView) -> None:
    for view in (before, after):
        done = [project(view, graph) for graph in both]
        assert done[0] == done[1]
        first, second = (dump(graph) for graph in both)
        assert first == second
        assert len(first.splitlines()) > 200


def test_everything_of_the_view_is_there(store: PropertyGraph, before: MadeView) -> None:
    done = project(before, store)
    assert (done.nodes, done.unchanged) == (10 + 20 + 11 + ACCORDS, 0)
    assert done.relationships == 20 + ACCORDS * (2 + 1 + 2)
    assert store.read("MATCH (n) RETURN count(n)").single() == done.nodes + 1
    assert store.read("MATCH ()-[r]->() RETURN count(r)").single() == done.relationships
    rows = store.read("MATCH (a:Accord)-[r:REPORTED_IN]->(s:Source) RETURN count(r), count(r.quote), count(s.title)").rows
    assert rows == ((80, 80, 80),)
    assert shown(store) == before.id


def test_projecting_twice_does_nothing(store: PropertyGraph, before: MadeView) -> None:
    project(before, store)
    first = dump(store)
    again = project(before, store)
    assert (again.nodes, again.relationships, again.removed) == (0, 0, 0)
    assert dump(store) == first


def test_the_changes_alone_are_applied_to_the_snapshot_before(store: PropertyGraph, before: MadeView, after: MadeView) -> None:
    expected = _fresh(store, after)
    _fresh(store, before)
    done = project(after, store)
    assert (done.nodes, done.removed, done.unchanged) == (5, 5, 0)
    assert dump(store) == expected


def test_digests_are_compared_where_the_snapshot_before_is_another(
    store: PropertyGraph, before: MadeView, after: MadeView
) -> None:
    expected = _fresh(store, after)
    _fresh(store, before)
    unknown = MadeView(after.id, after.store, MadeChanges(None, (), ()))
    done = project(unknown, store)
    assert (done.nodes, done.removed) == (5, 5)
    assert done.unchanged == 10 + 20 + 11 + ACCORDS - 10
    assert dump(store) == expected


def test_going_back_is_a_change_too(store: PropertyGraph, before: MadeView, after: MadeView) -> None:
    expected = _fresh(store, before)
    project(after, store)
    project(before, store)
    assert dump(store) == expected


def test_what_somebody_else_wrote_under_our_labels_is_removed(store: PropertyGraph, before: MadeView) -> None:
    expected = _fresh(store, before)
    store.write("CREATE (:Accord {id: 'stranger'})-[:PARTY]->(:State {id: 'nowhere'})")
    store.write("MATCH (view:Snapshot) SET view.id = 'old'")
    assert project(before, store).removed == 2
    assert dump(store) == expected


class Interrupted(Exception):
    """Ends a projection half-way."""


@pytest.mark.parametrize("known", [True, False])
def test_a_projection_that_was_cut_off_is_done_again(
    store: PropertyGraph, before: MadeView, after: MadeView, known: bool
) -> None:
    def cut(done: int, total: int) -> None:
        raise Interrupted

    expected = _fresh(store, after)
    _fresh(store, before)
    view = after if known else MadeView(after.id, after.store, MadeChanges(None, (), ()))
    with pytest.raises(Interrupted):
        project(view, store, cut)
    assert shown(store) is None
    project(view, store)
    assert dump(store) == expected


def test_going_back_after_a_cut_restores_what_was(store: PropertyGraph, before: MadeView, after: MadeView) -> None:
    def cut(done: int, total: int) -> None:
        raise Interrupted

    expected = _fresh(store, before)
    with pytest.raises(Interrupted):
        project(after, store, cut)
    project(before, store)
    assert dump(store) == expected


def test_progress_counts_to_the_end(store: PropertyGraph, before: MadeView) -> None:
    seen: list[tuple[int, int]] = []
    project(before, store, lambda done, total: seen.append((done, total)))
    assert seen[-1] == (81, 81)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_an_empty_view_empties_the_graph(store: PropertyGraph, before: MadeView) -> None:
    from pyoxigraph import Store

    project(before, store)
    project(MadeView("empty", Store(), MadeChanges(None, (), ())), store)
    assert store.read("MATCH (n) RETURN count(n)").single() == 1
    assert shown(store) == "empty"


def test_a_node_with_many_relationships_is_written_whole(store: PropertyGraph) -> None:
    view = made_view(4)
    from pyoxigraph import DefaultGraph, NamedNode, Quad

    from graph.model.iri import ONTOLOGY

    office = entity("person", f"{0:016x}")
    for number in range(2500):
        state = NamedNode(entity("state", f"X{number}"))
        kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        view.store.add(Quad(state, kind, NamedNode(ONTOLOGY + "State"), DefaultGraph()))
        view.store.add(Quad(NamedNode(office), NamedNode(ONTOLOGY + "serves"), state, DefaultGraph()))
    project(view, store)
    assert store.read("MATCH (:Person {id: $id})-[r:SERVES]->() RETURN count(r)", {"id": office}).single() == 2501


def test_nodes_of_an_older_form_are_looked_at_again(store: PropertyGraph, before: MadeView, after: MadeView) -> None:
    project(before, store)
    right = dump(store)
    for view in (before, after):
        store.write("MATCH (view:Snapshot) SET view.form = 0")
        store.write("MATCH (old:State) WITH old ORDER BY old.id LIMIT 1 SET old.digest = 'of before', old.label_en = 'Old'")
        done = project(view, store)
        assert done.nodes == 1 + len(view.changes.changed)
        assert (dump(store) == right) is (view is before)
        assert "Old" not in dump(store)
