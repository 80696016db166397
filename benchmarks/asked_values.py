"""What the questions are asked with: the busiest state of a made world, and the accord, commission, … with most below it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pyoxigraph import DefaultGraph, NamedNode

from graph.asking.questions import Question
from graph.model.iri import ONTOLOGY, entity, short
from graph.model.reference import load_reference
from graph.record.snapshots import Snapshot

_MOST = {
    "accord": "?thing dip:act ?part",
    "commission": "?thing dip:session ?part",
    "one": "?thing dip:participation ?part FILTER EXISTS { ?thing a dip:Meeting }",
    "source": "?part dip:reportedIn ?thing",
}


def values(world: Snapshot) -> Mapping[str, str]:
    """By the name of a parameter; worked out once and kept beside the world."""
    kept = world.folder / "values.json"
    if not kept.exists():
        kept.write_text(json.dumps(_values(world)), encoding="utf-8")
    found: dict[str, str] = json.loads(kept.read_text(encoding="utf-8"))
    return found


def given(question: Question, asked: Mapping[str, str]) -> dict[str, str]:
    """A value for each parameter that the question needs."""
    by_type = {"fact": asked["accord"], "date": asked["date"]}
    required = {name: one for name, one in question.parameters.items() if one.required}
    return {name: asked.get(name) or by_type.get(one.type, asked["state"]) for name, one in required.items()}


def _values(world: Snapshot) -> dict[str, str]:
    party = NamedNode(ONTOLOGY + "party")
    sizes = {
        code: sum(1 for _ in world.store.quads_for_pattern(None, party, NamedNode(entity("state", code)), DefaultGraph()))
        for code in load_reference().states
    }
    busiest = sorted(sizes, key=lambda code: (-sizes[code], code))
    found = {"state": busiest[0], "partner": busiest[1], "date": "2024-06-30", "as_of": "2024-06-30"}
    for name, pattern in _MOST.items():
        query = f"SELECT ?thing {{ {pattern} }} GROUP BY ?thing ORDER BY DESC(COUNT(?part)) ?thing LIMIT 1"
        rows = world.store.query(f"PREFIX dip: <{ONTOLOGY}> {query}")
        found[name] = next((short(row["thing"].value) for row in rows), "accord/0123456789abcdef")  # type: ignore[union-attr,index]
    return found
