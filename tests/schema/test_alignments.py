"""Alignments name terms that exist: ours in the ontology, others in the closed lists of rdflib or in the record of look-ups."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from rdflib import RDFS, SKOS, Graph, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, QB, SDO, DefinedNamespace

from graph.model.files import ROOT, SCHEMA
from graph.model.iri import ONTOLOGY
from graph.model.terms import load_ontology

CLOSED: tuple[type[DefinedNamespace], ...] = (DCTERMS, FOAF, ORG, PROV, QB, SDO)
PREDICATES = {RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch}


@pytest.fixture(scope="module")
def alignments() -> Graph:
    return Graph().parse(SCHEMA / "alignments.ttl")


def verified_by_hand() -> set[str]:
    """The curies in the table of docs/ontology.md that tells where each foreign term was looked up."""
    text = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.*?) \| (?:vocabulary|shapes|page|data item)", text, re.M)
    return {curie for row in rows for curie in re.findall(r"`([a-z]+:\w+)`", row)}


def unverified(iris: Iterable[URIRef], alignments: Graph) -> list[str]:
    curies = {iri: alignments.namespace_manager.curie(iri) for iri in iris}
    closed = {iri for iri in curies if any(iri in namespace for namespace in CLOSED)}
    return [curie for iri, curie in curies.items() if iri not in closed and curie not in verified_by_hand()]


def test_every_alignment_starts_at_a_term_of_ours(alignments: Graph) -> None:
    assert len(alignments) > 50
    for subject, predicate, _ in alignments:
        assert str(subject).startswith(ONTOLOGY)
        assert load_ontology().term(str(subject))
        assert predicate in PREDICATES


def test_every_foreign_term_exists(alignments: Graph) -> None:
    assert unverified((value for value in alignments.objects() if isinstance(value, URIRef)), alignments) == []


@pytest.mark.parametrize("name", [ORG.Post + "al", "http://semanticweb.cs.vu.nl/2009/11/sem/Meeting", SDO.Country + "side"])
def test_a_term_that_does_not_exist_would_be_found(alignments: Graph, name: str) -> None:
    assert len(unverified([URIRef(name)], alignments)) == 1


def test_what_was_verified_by_hand_is_used(alignments: Graph) -> None:
    used = {alignments.namespace_manager.curie(value) for value in alignments.objects() if isinstance(value, URIRef)}
    assert verified_by_hand() <= used


def test_classes_are_aligned_as_classes_and_properties_as_properties(alignments: Graph) -> None:
    ontology = load_ontology()
    for subject, predicate in alignments.subject_predicates():
        name = str(subject).removeprefix(ONTOLOGY)
        assert predicate != RDFS.subClassOf or name in ontology.classes
        assert predicate != RDFS.subPropertyOf or name in ontology.properties


def test_every_vocabulary_of_the_design_is_there(alignments: Graph) -> None:
    namespaces = {
        alignments.namespace_manager.curie(value).split(":")[0] for value in alignments.objects() if isinstance(value, URIRef)
    }
    assert namespaces >= {"schema", "org", "foaf", "eli", "sem", "prov", "oa", "qb", "osm"}
