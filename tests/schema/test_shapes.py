"""The shapes accept a good view, refuse each spoilt one for its fault, and ask of a class only what the ontology gives it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from graph.model.files import SCHEMA
from graph.model.terms import load_ontology

FIXTURES = Path(__file__).parent / "fixtures"
DIP = Namespace("https://w3id.org/diplograph/ontology#")
EXAMPLE = Namespace("https://example.org/")
BAD: dict[str, dict[str, dict[str, str]]] = tomllib.loads((FIXTURES / "bad.toml").read_text(encoding="utf-8"))
CASES = [(shape, name) for shape, cases in BAD.items() for name in cases]


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(SCHEMA / "shapes.ttl")


@pytest.fixture(scope="module")
def concepts() -> Graph:
    return Graph().parse(SCHEMA / "concepts.ttl")


@pytest.fixture
def view(concepts: Graph) -> Graph:
    rdf = Graph(namespace_manager=Graph().parse(FIXTURES / "good.ttl").namespace_manager)
    rdf += concepts
    rdf.parse(FIXTURES / "good.ttl")
    entities = [node for node, kind in rdf.subject_objects(RDF.type) if kind in entity_classes()]
    for node in entities:
        support(rdf, node)
    return rdf


def entity_classes() -> set[URIRef]:
    ontology = load_ontology()
    return {URIRef(ontology.term(name)) for root in ("Fact", "Person", "Office") for name in ontology.subclasses(root)}


def support(rdf: Graph, node: Any) -> None:
    """Every entity of the view has labels, a claim, a source, a confidence and a count."""
    rdf.add((node, RDFS.label, Literal("une chose", lang="fr")))
    rdf.add((node, RDFS.label, Literal("a thing", lang="en")))
    rdf.add((node, DIP.claim, EXAMPLE.claim))
    rdf.add((node, DIP.reportedIn, EXAMPLE.article))
    rdf.parse(data=f"<{node}> <{DIP.confidence}> 0.9 ; <{DIP.sourceCount}> 1 .", format="turtle")


def messages(view: Graph, shapes: Graph) -> set[str]:
    """The English messages of all violations."""
    _, report, _ = pyshacl.validate(view, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    return {str(text) for text in report.objects(None, SH.resultMessage) if getattr(text, "language", None) == "en"}


def spoilt(view: Graph, case: dict[str, str]) -> Graph:
    node = EXAMPLE[case["of"]]
    if "without" in case:
        predicate = view.namespace_manager.expand_curie(case["without"])
        assert (node, predicate, None) in view, "the case drops a triple that the good view does not have"
        view.remove((node, predicate, None))
    if "with" in case:
        head = "".join(f"@prefix {name}: <{iri}> . " for name, iri in view.namespaces() if name != "")
        base = "@prefix : <https://example.org/> . @base <https://w3id.org/diplograph/concept/> . "
        view.parse(data=f"{head}{base} <{node}> {case['with']} .", format="turtle")
    return view


def test_a_good_view_conforms(view: Graph, shapes: Graph) -> None:
    assert messages(view, shapes) == set()


def test_the_reference_data_conform(shapes: Graph, concepts: Graph) -> None:
    rdf = Graph() + concepts
    for name in ("states", "organisations", "places"):
        rdf.parse(SCHEMA / f"{name}.ttl")
    assert len(set(rdf.subjects(RDF.type, DIP.State))) > 190
    assert messages(rdf, shapes) == set()


@pytest.mark.parametrize(("shape", "name"), CASES)
def test_a_spoilt_view_is_refused_for_what_is_wrong(view: Graph, shapes: Graph, shape: str, name: str) -> None:
    case = BAD[shape][name]
    assert any(case["says"] in message for message in messages(spoilt(view, case), shapes))


def test_every_shape_has_a_case_that_it_refuses(shapes: Graph) -> None:
    targeted = {str(shape).rsplit("/", 1)[-1] for shape in shapes.subjects(SH.targetClass)}
    assert targeted == set(BAD)


def test_every_class_of_the_view_has_a_shape(shapes: Graph) -> None:
    concrete = {URIRef(load_ontology().term(name)) for name in load_ontology().node_labels()} - {DIP.Source}
    assert concrete <= set(shapes.objects(None, SH.targetClass))
    assert {DIP.Article, DIP.DatasetRow, DIP.Document} <= set(shapes.objects(None, SH.targetClass))


def test_a_shape_asks_only_for_properties_of_its_class(shapes: Graph) -> None:
    ontology = load_ontology()
    for shape, target in shapes.subject_objects(SH.targetClass):
        for path in shapes.objects(shape, SH.property / SH.path):  # type: ignore[operator]
            if str(path).startswith(DIP):
                domain = ontology.property_(str(path)).domain
                assert domain.endswith("#Thing") or ontology.is_a(str(target), domain), (target, path)


def test_a_shape_that_allows_one_value_is_of_no_multiple_property(shapes: Graph) -> None:
    ontology = load_ontology()
    for node, path in shapes.subject_objects(SH.path):
        if str(path).startswith(DIP) and ontology.is_multiple(str(path)):
            assert (node, SH.maxCount, Literal(1)) not in shapes, path


def test_every_message_is_in_both_languages(shapes: Graph) -> None:
    stated = {node for shape, node in shapes.subject_objects(SH.property) if isinstance(shape, URIRef)}
    assert len(stated) > 100
    for node in {*stated, *shapes.subjects(SH.message)}:
        assert sorted(str(getattr(text, "language", "")) for text in shapes.objects(node, SH.message)) == ["en", "fr"], node


def test_shapes_are_cheap(shapes: Graph) -> None:
    assert not list(shapes.triples((None, SH.sparql, None)))
    assert not list(shapes.triples((None, SH.targetSubjectsOf, None)))
    lists = [list(Collection(shapes, head)) for head in shapes.objects(None, SH["or"])]
    assert max(map(len, lists)) <= 3
