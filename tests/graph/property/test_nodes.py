"""Nodes as the ontology derives them from a small view written by hand."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, Store

from graph.errors import BadData, UnknownTerm
from graph.model.iri import entity
from graph.model.terms import load_ontology
from graph.property.nodes import NodeReader, Relationship

VIEW = """
@prefix dip: <https://w3id.org/diplograph/ontology#> .
@prefix id: <https://w3id.org/diplograph/id/> .
@prefix c: <https://w3id.org/diplograph/concept/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://w3id.org/diplograph/id/state/MAR> a dip:State ; dip:code "MAR" ; skos:prefLabel "Maroc"@fr, "Morocco"@en ;
    dip:demonym "marocain"@fr, "Moroccan"@en .
<https://w3id.org/diplograph/id/state/YUG> a dip:HistoricState ; dip:code "YUG" ; rdfs:label "Yougoslavie"@fr, "Yugoslavia"@en .
<https://w3id.org/diplograph/concept/AccordType/treaty> a dip:AccordType ; skos:notation "treaty" .
<https://w3id.org/diplograph/id/source/aa> a dip:Article ; rdfs:label "Un titre" ; dip:title "Un titre" .
<https://w3id.org/diplograph/id/accord/1> a dip:Accord ; rdfs:label "Traité"@fr, "Treaty"@en ;
    dip:accordType <https://w3id.org/diplograph/concept/AccordType/treaty> ;
    dip:domain <https://w3id.org/diplograph/concept/Domain/water>, <https://w3id.org/diplograph/concept/Domain/health> ;
    dip:party <https://w3id.org/diplograph/id/state/YUG>, <https://w3id.org/diplograph/id/state/MAR> ;
    dip:signatory <https://w3id.org/diplograph/id/person/nobody> ;
    dip:signedOn "2025-06"^^xsd:gYearMonth ; dip:confidence 0.5 ; dip:sourceCount 1 ;
    dip:disputes dip:signedOn, dip:place ; dip:place "Rabat" ;
    dip:claim <https://w3id.org/diplograph/id/claim/c1>, <https://w3id.org/diplograph/id/claim/c2> ;
    dip:reportedIn <https://w3id.org/diplograph/id/source/aa> .
<https://w3id.org/diplograph/id/source/aa> {
    <https://w3id.org/diplograph/id/claim/c1> a dip:Claim ; dip:source <https://w3id.org/diplograph/id/source/aa> ;
        dip:rule "r" ; dip:reader "rules" ; dip:confidence 0.9 ;
        dip:evidence <https://w3id.org/diplograph/id/evidence/c1-0>, <https://w3id.org/diplograph/id/evidence/c1-1> .
    <https://w3id.org/diplograph/id/evidence/c1-0> dip:start 5 ; dip:end 9 ; dip:quote "dit" ; dip:sentence "Il le dit." .
    <https://w3id.org/diplograph/id/evidence/c1-1> dip:start 15 ; dip:end 19 ; dip:quote "nié" ; dip:sentence "Il l'a nié." .
    <https://w3id.org/diplograph/id/claim/c2> a dip:Claim ; dip:source <https://w3id.org/diplograph/id/source/aa> ;
        dip:rule "row" ; dip:reader "table" ; dip:confidence 1.0 .
}
"""


def _reader(text: str = VIEW) -> NodeReader:
    store = Store()
    store.load(text.encode(), format=RdfFormat.TRIG)
    return NodeReader(store, load_ontology())


@pytest.fixture
def reader() -> NodeReader:
    return _reader()


def test_labels_are_those_of_concrete_classes(reader: NodeReader) -> None:
    assert reader.label(entity("state", "YUG")) == "State"
    assert reader.label(entity("source", "aa")) == "Source"
    assert reader.ids("State") == [entity("state", "MAR"), entity("state", "YUG")]


def test_claims_concepts_and_strangers_are_no_nodes(reader: NodeReader) -> None:
    for iri in (entity("claim", "c1"), "https://w3id.org/diplograph/concept/AccordType/treaty", entity("person", "nobody")):
        assert reader.label(iri) is None
        assert reader.node(iri) is None


def test_properties_follow_the_ontology(reader: NodeReader) -> None:
    node = reader.node(entity("accord", "1"))
    assert node is not None
    assert node.properties == {
        "label_fr": "Traité",
        "label_en": "Treaty",
        "accordType": "treaty",
        "domain": ["health", "water"],
        "signedOn": "2025-06",
        "confidence": 0.5,
        "sourceCount": 1,
        "disputes": ["place", "signedOn"],
        "place": "Rabat",
    }


def test_labels_of_reference_data_and_of_no_language(reader: NodeReader) -> None:
    morocco, source = reader.node(entity("state", "MAR")), reader.node(entity("source", "aa"))
    assert morocco is not None
    assert source is not None
    assert (morocco.properties["label_fr"], morocco.properties["label_en"]) == ("Maroc", "Morocco")
    assert morocco.properties["demonym"] == ["Moroccan", "marocain"]
    assert (source.properties["label_fr"], source.properties["label_en"]) == ("Un titre", "Un titre")


def test_relationships_lead_to_nodes_only_and_evidence_to_sources(reader: NodeReader) -> None:
    node = reader.node(entity("accord", "1"))
    assert node is not None
    source, claim = entity("source", "aa"), {"claim": entity("claim", "c1"), "rule": "r", "reader": "rules", "confidence": 0.9}
    row = {"claim": entity("claim", "c2"), "rule": "row", "reader": "table", "confidence": 1.0}
    first = {"start": 5, "end": 9, "quote": "dit", "sentence": "Il le dit."}
    second = {"start": 15, "end": 19, "quote": "nié", "sentence": "Il l'a nié."}
    assert node.relationships == (
        Relationship("PARTY", entity("state", "MAR"), "State", {}),
        Relationship("PARTY", entity("state", "YUG"), "State", {}),
        Relationship("REPORTED_IN", source, "Source", {**claim, **first}),
        Relationship("REPORTED_IN", source, "Source", {**claim, **second}),
        Relationship("REPORTED_IN", source, "Source", row),
    )


def test_a_digest_covers_properties_relationships_and_evidence(reader: NodeReader) -> None:
    def digest(text: str) -> str:
        node = _reader(text).node(entity("accord", "1"))
        assert node is not None
        return node.digest

    assert digest(VIEW) == digest(VIEW)
    changes = ('"Rabat"', '"Fès"'), ("<https://w3id.org/diplograph/id/state/YUG>, ", ""), ('"nié"', '"tu"')
    assert len({digest(VIEW), *(digest(VIEW.replace(*change)) for change in changes)}) == 4


def test_a_second_value_where_one_is_allowed_is_refused() -> None:
    with pytest.raises(BadData, match="accord/1 has 2 values of place"):
        _reader(VIEW.replace('dip:place "Rabat"', 'dip:place "Rabat", "Fès"')).node(entity("accord", "1"))


def test_a_thing_of_two_labels_is_refused() -> None:
    with pytest.raises(BadData, match="several labels"):
        _reader(VIEW.replace("a dip:Accord ;", "a dip:Accord, dip:Visit ;")).node(entity("accord", "1"))


def test_a_property_that_the_ontology_does_not_know_is_refused() -> None:
    with pytest.raises(UnknownTerm, match="signedAt"):
        _reader(VIEW.replace('dip:place "', 'dip:signedAt "')).node(entity("accord", "1"))
