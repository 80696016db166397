"""Who signed, where sources disagree: each version by the name that its source gives, alike in SPARQL and Cypher."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, Store

from graph.asking.ask import Answer, Limits, ask_cypher, ask_sparql
from graph.asking.binding import Bound, bind
from graph.asking.questions import question
from graph.record.snapshots import Changes
from tests.queries.conftest import Fixed

if TYPE_CHECKING:
    from graph.property.bolt import PropertyGraph

LIMITS = Limits(seconds=30, rows=1000, size=10_000_000)
ACCORD = "accord/0000000000000001"
SOURCE = """
<source/{n}> a dip:Article ; dip:publishedOn "2025-06-0{n}"^^xsd:date ; dip:publisher "Outlet {n}" .
GRAPH <source/{n}> {{
    <claim/{n}> a dip:Claim ; dip:source <source/{n}> ; dip:tells <claim/{n}#told> ; dip:confidence 0.9 ; dip:rule "test" ;
        dip:reader "rules" ; dip:evidence <evidence/{n}-0> .
    <evidence/{n}-0> a dip:Evidence ; dip:start 0 ; dip:end 4 ; dip:quote "sign" ; dip:sentence "They sign." .
    <claim/{n}#told> a dip:Accord ; dip:party <state/MAR> ; dip:signatory <claim/{n}#person-0> .
    <claim/{n}#person-0> a dip:Person ; dip:name "{name}" .
}}
"""
TRIG = """
@prefix dip: <https://w3id.org/diplograph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/diplograph/id/> .

<state/MAR> a dip:State ; dip:code "MAR" ; skos:prefLabel "Maroc"@fr, "Morocco"@en .
<accord/0000000000000001> a dip:Accord ; dip:sourceCount 3 ; dip:party <state/MAR> ; dip:disputes dip:signatory ;
    dip:signatory <person/0000000000000001> ; dip:claim <claim/1>, <claim/2>, <claim/3> .
<person/0000000000000001> a dip:Person ; dip:name "Nadia Sefrioui" ; dip:alternateName "N. Sefrioui" .
""" + "".join(SOURCE.format(n=n, name=name) for n, name in enumerate(("Nadia Sefrioui", "N. Sefrioui", "Omar Tazi"), 1))


@pytest.fixture(scope="module")
def small() -> Fixed:
    """An accord that three sources tell of: two name one signatory, the third another."""
    store = Store()
    store.load(TRIG.encode(), format=RdfFormat.TRIG)
    return Fixed("persons", store, Changes(None, (), ()))


def asked(small: Fixed, bound: Bound) -> Answer:
    return ask_sparql(bound, small, LIMITS)


def test_each_version_is_told_and_whether_it_is_shown(small: Fixed, store: PropertyGraph) -> None:
    from graph.property.projection import project

    project(small, store)
    disputes, history = bind(question("disputes"), {"state": "MAR"}), bind(question("fact_history"), {"fact": ACCORD})
    versions = asked(small, disputes)
    said = [(row[3], row[4], row[5], row[6]) for row in versions.rows]
    assert said == [
        ("signatory", "N. Sefrioui", "yes", 1),
        ("signatory", "Nadia Sefrioui", "yes", 1),
        ("signatory", "Omar Tazi", "no", 1),
    ]
    told = asked(small, history)
    places = [told.columns.index(name) for name in ("version", "news", "disputed")]
    persons = [tuple(row[place] for place in places) for row in told.rows if "signatory" in row]
    assert persons == [("Nadia Sefrioui", "first", "yes"), ("N. Sefrioui", "added", "yes"), ("Omar Tazi", "added", "yes")]
    for bound, answer in ((disputes, versions), (history, told)):
        assert ask_cypher(bound, store, LIMITS).rows == answer.rows
