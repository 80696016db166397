"""What a small graph holds, fact by fact: for a first look after a load."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import QuerySolutions

from graph.asking.ask import Stored
from graph.model import iri

_FACTS = f"""
PREFIX dip: <{iri.ONTOLOGY}>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?fact ?kind ?label ?confidence (COUNT(DISTINCT ?source) AS ?sources) WHERE {{
  ?fact dip:reportedIn ?source ; rdfs:label ?label ; dip:confidence ?confidence ; a ?class .
  ?class rdfs:label ?kind ; rdfs:subClassOf+ dip:Fact .
  FILTER (LANG(?label) = "fr" && LANG(?kind) = "fr" && ?class NOT IN (dip:Participation, dip:AccordAct, dip:Office))
}} GROUP BY ?fact ?kind ?label ?confidence ORDER BY ?kind ?label ?fact
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: its short id, the French names of its class and of itself, its confidence, and how many sources tell it."""

    fact: str
    kind: str
    label: str
    confidence: float
    sources: int


def overview(snapshot: Stored) -> Iterator[Line]:
    """Every fact of the view that stands for itself, by class and name."""
    found = snapshot.store.query(_FACTS)
    assert isinstance(found, QuerySolutions)
    for row in found:
        fact, kind, label, confidence, sources = (
            row[name].value for name in ("fact", "kind", "label", "confidence", "sources")
        )
        yield Line(iri.short(fact), kind, label, float(confidence), int(sources))
