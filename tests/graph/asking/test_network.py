"""Networks: whole facts within the limit, each tie with its fact, the same picture every time."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from typing import Any

import pytest

from graph.asking.network import Network, Node, Tie, network, query_text
from graph.asking.network_drawing import drawn
from graph.asking.network_then import network_then
from graph.asking.networks import Networks
from graph.model.iri import ID
from graph.model.terms import load_ontology
from graph.property.bolt_values import Rows


def test_the_whole_graph_and_a_part_of_it(graph) -> None:
    whole = network(graph)
    assert whole.truncated == 0
    assert {node.kind for node in whole.nodes} >= {"State", "Organisation", "Person", "Accord", "Meeting", "Mission"}
    assert not {node.kind for node in whole.nodes} & {"Participation", "AccordAct", "Source", "Snapshot"}
    part = network(graph, limit=10)
    assert 5 <= len(part.nodes) <= 10
    facts = {tie.fact for tie in whole.ties}
    assert part.truncated == len(facts) - len({tie.fact for tie in part.ties})


def test_around_an_entity(graph) -> None:
    around = network(graph, "state/RWA")
    labels = {node.labels["en"] for node in around.nodes}
    assert {"Rwanda", "Morocco", "Central African Republic", "Morocco – Rwanda joint military commission"} <= labels
    assert "Treaty of 1999" not in labels
    assert around.centre == ID + "state/RWA"
    person = network(graph, "person/0000000000000013")
    assert {"Nasser Bourita", "Maxime Prévot"} <= {node.labels["fr"] for node in person.nodes}
    fact = network(graph, "accord/0000000000000001")
    assert {tie.type for tie in fact.ties} == {"PARTY", "SIGNATORY", "FOUNDING_ACCORD", "SESSION"}
    assert network(graph, "accord/ffffffffffffffff").nodes == ()


def test_the_record_gives_the_same_network(graph, snapshot) -> None:
    centres = (None, "state/RWA", "person/0000000000000013", "accord/0000000000000001", "accord/ffff")
    for asked in itertools.product(centres, (7, 300), ("", "1999", "2025-06", "2025-06-18")):
        centre, limit, as_of = asked
        assert network_then(snapshot.store, *asked) == network(graph, centre, limit, as_of=as_of), asked


def test_an_event_is_one_node_not_a_clique(graph) -> None:
    treaty = ID + "accord/0000000000000003"
    ties = [tie for tie in network(graph, "accord/0000000000000003").ties if tie.type == "PARTY"]
    assert {tie.fact for tie in ties} == {treaty}
    assert len(ties) == 4


def test_every_tie_joins_nodes_of_the_view(graph) -> None:
    for limit in (5, 8, 12, 20, 300):
        part = network(graph, limit=limit)
        nodes = {node.iri for node in part.nodes}
        assert len(nodes) == len(part.nodes) <= limit
        assert {end for tie in part.ties for end in (tie.fact, tie.other)} <= nodes
        assert len({tie.id for tie in part.ties}) == len(part.ties)


def small() -> Network:
    states = [Node(f"{ID}state/{code}", "State", {"fr": code, "en": code}) for code in ("AAA", "BBB")]
    accord = Node(ID + "accord/1", "Accord", {"fr": "<b>un</b> " + "x" * 60, "en": "one"}, "2025", 2, 0.9, disputed=True)
    ties = tuple(Tie(accord.iri, "PARTY", state.iri) for state in states)
    return Network(None, (accord, *states), ties, 3)


def test_the_drawing_is_json_and_the_same_each_time() -> None:
    one, two = drawn(small()), drawn(small())
    assert json.dumps(one, sort_keys=True) == json.dumps(two, sort_keys=True)
    assert one["options"]["physics"]["enabled"] is False
    assert one["truncated"] == 3
    ontology = load_ontology()
    accord = next(node for node in one["nodes"] if node["kind"] == "Accord")
    assert (accord["color"], accord["shape"], accord["disputed"]) == (ontology.colour("Accord"), ontology.shape("Accord"), True)
    assert len(accord["label"]) <= 40
    assert accord["title"].startswith("accord\n<b>un</b> x")
    assert {(node["x"], node["y"]) for node in one["nodes"]} != {(0, 0)}
    assert len({(node["x"], node["y"]) for node in one["nodes"]}) == 3
    assert [item["label"] for item in one["legend"]] == ["accord", "État"]
    edge = one["edges"][0]
    assert (edge["fact"], edge["from"], edge["title"]) == ("accord/1", ID + "accord/1", "partie")


def test_the_drawing_speaks_english_with_the_same_places() -> None:
    french, english = drawn(small()), drawn(small(), "en")
    assert english["edges"][0]["title"] == "party"
    assert [(node["x"], node["y"]) for node in french["nodes"]] == [(node["x"], node["y"]) for node in english["nodes"]]


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawn(Network(None, (), (), 0))["nodes"] == []


class Counting:
    """A graph that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def look_up(
        self, cypher: str, parameters: Any = None, *, seconds: float | None = None, limit: int | None = None
    ) -> Rows:
        self.asked += 1
        return Rows(("facts",), ((0,),)) if "count(" in cypher else Rows((), ())


def test_a_view_is_asked_for_once_a_snapshot_in_two_queries() -> None:
    graph = Counting()
    networks = Networks(graph, 10)

    async def views() -> None:
        for snapshot in ("one", "one", "two"):
            await networks.view(snapshot, "state/MAR")
        await networks.view("two", ID + "state/MAR")

    asyncio.run(views())
    assert graph.asked == 4


@pytest.mark.parametrize("name", ["around", "around_count"])
def test_a_centre_may_be_any_node(name: str) -> None:
    assert set(re.findall(r"centre:(\w+) ", query_text(f"{name}.cypher"))) == set(load_ontology().node_labels())


def test_of_a_day_there_are_the_facts_that_may_hold_then(graph) -> None:
    def facts(day: str, centre: str | None = None) -> set[str]:
        return {tie.fact for tie in network(graph, centre, as_of=day).ties}

    assert facts("2024") == set()  # nothing says here since when it holds
    for label, bounds in {
        "Commission": {"validFrom": "2020-03"},
        "Accord": {"validFrom": "2010", "validUntil": "2021-06-30"},
        "Mission": {"validUntil": "2015"},
    }.items():
        graph.write(f"MATCH (n:{label}) SET n += $bounds", {"bounds": bounds})

    def kinds(day: str) -> set[str]:
        return {fact.removeprefix(ID).partition("/")[0] for fact in facts(day)}

    assert [kinds(day) for day in ("2009", "2015-12", "2020-03-15", "2021-07")] == [
        {"mission"}, {"mission", "accord"}, {"accord", "commission"}, {"commission"}]  # fmt: skip
    then, around = network(graph, as_of="2021-07"), network(graph, "state/RWA", as_of="2021-07")
    assert "Accord" not in {node.kind for node in then.nodes}  # though commissions are founded by one
    assert (then.truncated, around.truncated) == (0, 0)
    assert facts("2021-07", "state/RWA") <= facts("2021-07")
    assert around.nodes
