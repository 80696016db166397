"""The ontology answers by name, refuses what it does not hold, and refuses to load when a file of it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import BadData, UnknownTerm
from graph.model.files import SCHEMA
from graph.model.terms import Ontology, load_ontology

DIP = "https://w3id.org/diplograph/ontology#"
HEAD = """
@prefix dip: <https://w3id.org/diplograph/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/diplograph/concept/> .
"""
TINY = """
dip:abstract a owl:AnnotationProperty ; rdfs:label "abstraite"@fr, "abstract"@en ; skos:definition "A."@fr, "A."@en ;
    rdfs:domain owl:Class ; rdfs:range xsd:boolean .
dip:Thing a owl:Class ; rdfs:label "chose"@fr, "thing"@en ; skos:definition "Une chose."@fr, "A thing."@en ; dip:abstract true .
dip:Boat a owl:Class ; rdfs:subClassOf dip:Thing ;
    rdfs:label "bateau"@fr, "boat"@en ; skos:definition "Flotte."@fr, "Floats."@en .
dip:Hull a owl:Class ; rdfs:subClassOf skos:Concept ;
    rdfs:label "coque"@fr, "hull"@en ; skos:definition "Genre."@fr, "Kind."@en .
dip:hull a owl:ObjectProperty ; rdfs:label "coque"@fr, "hull"@en ; skos:definition "Sa coque."@fr, "Its hull."@en ;
    rdfs:domain dip:Boat ; rdfs:range dip:Hull .
"""
CONCEPTS = """
<Hull> a skos:ConceptScheme ; skos:prefLabel "coques"@fr, "hulls"@en .
<Hull/wood> a dip:Hull ; skos:inScheme <Hull> ; skos:notation "wood" ; skos:prefLabel "bois"@fr, "wood"@en .
"""


def tiny(folder: Path, ontology: str = TINY, concepts: str = CONCEPTS) -> Ontology:
    (folder / "ontology.ttl").write_text(HEAD + ontology, encoding="utf-8")
    (folder / "concepts.ttl").write_text(HEAD + concepts, encoding="utf-8")
    return load_ontology(folder)


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


def test_a_term_is_found_by_name_and_by_iri(ontology: Ontology) -> None:
    assert ontology.term("signedOn") == ontology.term(DIP + "signedOn") == DIP + "signedOn"
    assert ontology.class_("Accord").labels == {"fr": "accord", "en": "accord"}
    assert ontology.labels("party") == {"fr": "partie", "en": "party"}


@pytest.mark.parametrize(
    ("ask", "near"),
    [
        (lambda o: o.term("signOn"), "signedOn"),
        (lambda o: o.class_("Acord"), "Accord"),
        (lambda o: o.property_("partie"), "party"),
        (lambda o: o.concept("AccordType", "memorendum"), "memorandum"),
        (lambda o: o.concepts("AccordTypes"), "AccordType"),
        (lambda o: o.concept("Role", "visiter"), "visitor"),
    ],
)
def test_an_unknown_name_raises_with_near_ones(ontology: Ontology, ask: object, near: str) -> None:
    assert callable(ask)
    with pytest.raises(UnknownTerm, match=near):
        ask(ontology)


def test_lineage_goes_up_to_the_root(ontology: Ontology) -> None:
    assert ontology.lineage("HistoricState") == ("HistoricState", "State", "Agent", "Entity")
    assert ontology.is_a("Visit", "Fact")
    assert ontology.is_a("Visit", "Visit")
    assert not ontology.is_a("Fact", "Visit")
    assert set(ontology.subclasses("Source")) == {"Source", "Article", "DatasetRow", "Document"}


@pytest.mark.parametrize(
    ("name", "label"),
    [("HistoricState", "State"), ("Article", "Source"), ("Minister", "Person"), ("Visit", "Visit"), (DIP + "Accord", "Accord")],
)
def test_a_node_is_labelled_by_its_highest_concrete_class(ontology: Ontology, name: str, label: str) -> None:
    assert ontology.node_label(name) == label


@pytest.mark.parametrize("name", ["Fact", "Agent", "AccordType", "MinisterialOfficeKind", "Nothing"])
def test_abstract_and_concept_classes_label_no_node(ontology: Ontology, name: str) -> None:
    with pytest.raises(UnknownTerm):
        ontology.node_label(name)


def test_the_labels_of_nodes_are_those_of_entities_and_sources(ontology: Ontology) -> None:
    labels = ontology.node_labels()
    assert {"State", "Person", "Accord", "Visit", "Source"} <= set(labels)
    assert not {"HistoricState", "Article", "Minister", "Fact", "Claim", "Evidence", "AccordType"} & set(labels)
    assert len(set(labels)) == len(labels)


def test_a_relationship_is_named_after_its_property(ontology: Ontology) -> None:
    assert ontology.relationship_type("foundingAccord") == "FOUNDING_ACCORD"
    assert ontology.relationship_type("party") == "PARTY"


@pytest.mark.parametrize("name", ["domain", "signedOn", "disputes", "nothing"])
def test_what_is_a_node_property_has_no_relationship_type(ontology: Ontology, name: str) -> None:
    with pytest.raises(UnknownTerm):
        ontology.relationship_type(name)


def test_properties_say_what_they_hold(ontology: Ontology) -> None:
    assert ontology.is_concept_valued("domain")
    assert ontology.scheme_of("domain") == "Domain"
    assert ontology.scheme_of("party") is None
    assert ontology.is_multiple("party")
    assert not ontology.is_multiple("place")
    assert [name for name in ("when", "date", "signedOn", "year", "place") if ontology.is_date(name)] == [
        "when",
        "date",
        "signedOn",
        "year",
    ]


def test_concepts_are_given_in_the_order_of_the_file(ontology: Ontology) -> None:
    assert list(ontology.concepts("EventStatus")) == ["planned", "made", "postponed", "cancelled"]
    memorandum = ontology.concept("AccordType", "memorandum")
    assert memorandum.iri == "https://w3id.org/diplograph/concept/AccordType/memorandum"
    assert memorandum.labels == {"fr": "mémorandum", "en": "memorandum"}


def test_every_ministerial_kind_is_typed_so(ontology: Ontology) -> None:
    text = (SCHEMA / "concepts.ttl").read_text(encoding="utf-8")
    for notation in ontology.concepts("OfficeKind"):
        assert (f"<OfficeKind/{notation}> a dip:OfficeKind, dip:MinisterialOfficeKind ;" in text) == notation.startswith(
            "minister_"
        )


def test_a_class_without_a_look_has_that_of_its_superclass(ontology: Ontology) -> None:
    assert ontology.colour("Accord").startswith("#")
    assert ontology.shape("Organisation") == "dot"
    with pytest.raises(UnknownTerm):
        ontology.colour("Fact")


def test_the_ontology_is_frozen_and_read_once(ontology: Ontology) -> None:
    assert load_ontology() is ontology
    with pytest.raises(TypeError):
        ontology.classes["Boat"] = ontology.classes["Accord"]  # type: ignore[index]
    with pytest.raises(TypeError):
        ontology.concepts("Role")["captain"] = ontology.concept("Role", "visitor")  # type: ignore[index]


def test_a_tiny_ontology_loads(tmp_path: Path) -> None:
    ontology = tiny(tmp_path)
    assert list(ontology.classes) == ["Thing", "Boat", "Hull"]
    assert ontology.node_label("Boat") == "Boat"
    assert ontology.concept("Hull", "wood").labels["fr"] == "bois"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"bateau"@fr, ', "", r"ontology.ttl: Boat has no .*label in fr"),
        ('"Flotte."@fr, "Floats."@en', '"Flotte."@fr', r"Boat has no .*definition in en"),
        ("rdfs:domain dip:Boat ;", "", r"hull has no .*domain"),
        ("rdfs:domain dip:Boat ;", "rdfs:domain dip:Boat, dip:Thing ;", r"hull has 2 values of .*domain"),
        ("rdfs:range dip:Hull", "rdfs:range xsd:string", r"hull is object property with range"),
        ("rdfs:domain dip:Boat", "rdfs:domain dip:Boot", r"hull mentions dip:Boot"),
        ("dip:Boat a owl:Class", "dip:Boat dip:sails true ; a owl:Class", r"Boat mentions dip:sails"),
        ("dip:abstract true", 'dip:abstract "yes"', r"Thing says abstract 'yes'"),
        ("dip:hull a owl:ObjectProperty", "dip:hull a owl:ObjectProperty, owl:DatatypeProperty", r"choose one"),
        ("dip:Thing a owl:Class ;", "dip:Thing a owl:Class", r"ontology.ttl"),
    ],
)
def test_a_wrong_ontology_is_refused_by_file_and_term(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in TINY
    with pytest.raises(BadData, match=says):
        tiny(tmp_path, ontology=TINY.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('skos:notation "wood"', 'skos:notation "wooden"', r"concepts.ttl: Hull/wood has notation 'wooden'"),
        ('"bois"@fr, ', "", r"Hull/wood has no .*prefLabel in fr"),
        ("a dip:Hull", "a dip:Boat", r"Hull/wood is in scheme 'Hull' but no dip:Hull"),
        ("<Hull> a skos:ConceptScheme", "<Keel> a skos:ConceptScheme", r"ontology.ttl: Hull is a class of concepts but"),
        ("skos:inScheme <Hull> ;", "", r"Hull has no concepts"),
    ],
)
def test_a_wrong_concept_is_refused_by_file_and_term(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in CONCEPTS
    with pytest.raises(BadData, match=says):
        tiny(tmp_path, concepts=CONCEPTS.replace(old, new, 1))


def test_a_term_described_in_two_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"concepts\.ttl: Boat is described in ontology\.ttl too"):
        tiny(tmp_path, concepts=CONCEPTS + "dip:Boat dip:abstract true .")


def test_a_wrong_colour_is_refused(tmp_path: Path) -> None:
    colour = """dip:colour a owl:AnnotationProperty ; rdfs:label "couleur"@fr, "colour"@en ; skos:definition "C."@fr, "C."@en ;
        rdfs:domain owl:Class ; rdfs:range xsd:string . dip:Boat dip:colour "red" ."""
    with pytest.raises(BadData, match="Boat has colour 'red'"):
        tiny(tmp_path, ontology=TINY + colour)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"ontology\.ttl"):
        load_ontology(tmp_path)
