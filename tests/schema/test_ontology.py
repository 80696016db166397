"""The ontology is well formed, complete in both languages, satisfiable, and no term in it is idle."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Namespace, URIRef

from graph.model.files import ROOT, SCHEMA
from graph.model.kinds import load_kinds
from graph.model.terms import load_ontology

DIP = Namespace("https://w3id.org/diplograph/ontology#")
WORDS = {RDFS.label, SKOS.definition, SKOS.prefLabel, SKOS.notation, DIP.colour, DIP.shape}  # nothing follows from them


@pytest.fixture(scope="module")
def rdf() -> Graph:
    return Graph().parse(SCHEMA / "ontology.ttl").parse(SCHEMA / "concepts.ttl")


def contradictions(rdf: Graph) -> list[str]:
    """What OWL RL's rules find contradictory in a graph once they are exhausted; the graph itself is left alone."""
    closed = Graph()
    closed += rdf
    closure = OWLRL_Semantics(closed, True, True, True)
    closure.closure()
    nothing = [f"{node} is in owl:Nothing" for node in closed.subjects(RDF.type, OWL.Nothing) if node != OWL.Nothing]
    return [*closure.error_messages, *nothing]


@pytest.fixture(scope="module")
def logic(rdf: Graph) -> Graph:
    """The ontology without its words, from which nothing follows: the closure takes half as long."""
    bare = Graph()
    for subject, predicate, value in rdf:
        if predicate not in WORDS:
            bare.add((subject, predicate, value))
    return bare


def with_instances(rdf: Graph, classes: Iterable[URIRef]) -> Graph:
    """The graph with one thing in every class."""
    filled = Graph()
    filled += rdf
    for number, name in enumerate(classes):
        filled.add((URIRef(f"https://example.org/{number}"), RDF.type, name))
    return filled


def test_no_class_is_unsatisfiable(logic: Graph) -> None:
    classes = [name for name in logic.subjects(RDF.type, OWL.Class) if isinstance(name, URIRef)]
    assert len(classes) > 50
    assert contradictions(with_instances(logic, classes)) == []


def test_a_good_view_contradicts_nothing(logic: Graph) -> None:
    rdf = Graph() + logic
    rdf.parse(Path(__file__).parent / "fixtures" / "good.ttl")
    assert contradictions(rdf) == []


@pytest.mark.parametrize(
    "broken",
    [
        "dip:Thing a owl:Class ; rdfs:subClassOf dip:Person, dip:Accord .",
        "dip:x a dip:State . dip:y a dip:Accord ; dip:signatory dip:x .",
        "dip:x a dip:Commission ; dip:accordType <https://w3id.org/diplograph/concept/AccordType/treaty> .",
        "dip:x dip:domain <https://w3id.org/diplograph/concept/Role/visitor> .",
    ],
)
def test_a_contradiction_would_be_found(logic: Graph, broken: str) -> None:
    head = "".join(f"@prefix {name}: <{iri}> . " for name, iri in (("dip", DIP), ("owl", OWL), ("rdfs", RDFS)))
    rdf = (Graph() + logic).parse(data=head + broken, format="turtle")
    assert contradictions(with_instances(rdf, [DIP.Thing] if "Thing" in broken else []))


def test_minister_is_inferred_from_a_tenure(logic: Graph) -> None:
    closed = (Graph() + logic).parse(Path(__file__).parent / "fixtures" / "good.ttl")
    example = Namespace("https://example.org/")
    assert (example.person, RDF.type, DIP.Minister) not in closed
    DeductiveClosure(OWLRL_Semantics).expand(closed)
    assert (example.person, RDF.type, DIP.Minister) in closed
    assert (example.other, RDF.type, DIP.Minister) not in closed
    assert (example.person, RDF.type, DIP.Agent) not in closed


def test_labels_and_definitions_say_something_in_both_languages(rdf: Graph) -> None:
    ontology = load_ontology()
    for term in (*ontology.classes.values(), *ontology.properties.values()):
        for texts in (term.labels, term.definitions):
            assert set(texts) == {"fr", "en"}, term.name
            assert all(text == text.strip() and text for text in texts.values()), term.name
        assert all(text.endswith((".", "…")) for text in term.definitions.values()), term.name
        assert term.definitions["fr"] != term.definitions["en"], term.name


def test_labels_tell_classes_apart() -> None:
    ontology = load_ontology()
    for language in ("fr", "en"):
        labels = [term.labels[language] for term in ontology.classes.values()]
        assert len(set(labels)) == len(labels)


def test_concepts_are_labelled_and_told_apart() -> None:
    ontology = load_ontology()
    for scheme in ontology.schemes:
        for language in ("fr", "en"):
            labels = [concept.labels[language] for concept in ontology.concepts(scheme).values()]
            assert len(set(labels)) == len(labels), (scheme, language)
        assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", notation) for notation in ontology.concepts(scheme))


def test_names_follow_their_kind() -> None:
    ontology = load_ontology()
    assert all(re.fullmatch(r"([A-Z][a-z]+)+", name) for name in ontology.classes)
    assert all(re.fullmatch(r"[a-z]+[0-9]?([A-Z][a-z]+)*", name) for name in ontology.properties)


def test_every_class_has_a_place() -> None:
    ontology = load_ontology()
    roots = {name for name, term in ontology.classes.items() if not term.parents and not term.concept}
    assert roots == {"Entity", "City", "Homonym", "Source", "Claim", "Evidence", "Judgement"}


def test_every_concept_class_is_the_range_of_a_property_or_a_part_of_one() -> None:
    ontology = load_ontology()
    ranges = {ontology.scheme_of(name) for name in ontology.properties}
    assert set(ontology.schemes) <= ranges


def test_no_term_is_idle(rdf: Graph) -> None:
    """Every class and property stands in the architecture's tables, in kinds.toml or on the page of the ontology."""
    ontology = load_ontology()
    kinds = {kind.class_name for kind in load_kinds()} | {
        field.property_name for kind in load_kinds() for field in kind.fields.values()
    }
    pages = "".join((ROOT / "docs" / page).read_text(encoding="utf-8") for page in ("architecture.md", "ontology.md"))
    named = set(re.findall(r"`(?:dip:)?(\w+)`", pages))
    assert not {*ontology.classes, *ontology.properties} - kinds - named


def test_the_architecture_speaks_of_no_unknown_property() -> None:
    ontology = load_ontology()
    rows = re.findall(r"^\| (`[A-Z].*?) \| (.*) \|$", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"), re.M)
    assert len(rows) > 15
    for classes, properties in rows:
        for name in re.findall(r"`(\w+)`", classes + properties):
            assert ontology.term(name)


def test_the_drawing_shows_what_the_ontology_says() -> None:
    ontology = load_ontology()
    text = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    drawing = text[text.index("```mermaid") : text.index("```", text.index("```mermaid") + 3)]
    parents = re.findall(r"^  (\w+) <\|-- (\w+)$", drawing, re.M)
    arrows = re.findall(r"^  (\w+) --> (\w+) : (\w+)$", drawing, re.M)
    members = re.findall(r"^  (\w+) : (\w+)$", drawing, re.M)
    assert len(parents) + len(arrows) + len(members) == len(drawing.strip().splitlines()) - 3
    assert all(parent in ontology.class_(child).parents for parent, child in parents)
    for name, member in [*members, *((source, label) for source, _, label in arrows)]:
        domain = ontology.property_(member).domain
        assert domain.endswith("#Thing") or ontology.is_a(name, domain) or ontology.is_a(domain, name), (name, member)
    assert all(ontology.property_(label).range == ontology.term(target) for _, target, label in arrows)


def test_nothing_is_said_of_a_term_that_is_not_declared(rdf: Graph) -> None:
    declared = {*rdf.subjects(RDF.type, OWL.Class), *rdf.subjects(RDF.type, OWL.ObjectProperty)}
    declared |= {*rdf.subjects(RDF.type, OWL.DatatypeProperty), *rdf.subjects(RDF.type, OWL.AnnotationProperty)}
    mentioned = {node for triple in rdf for node in triple if isinstance(node, URIRef) and str(node).startswith(str(DIP))}
    assert mentioned <= declared


def test_a_range_of_a_subproperty_fits_its_parent(rdf: Graph) -> None:
    for child, parent in rdf.subject_objects(RDFS.subPropertyOf):
        assert rdf.value(child, RDFS.range) == rdf.value(parent, RDFS.range)


def test_only_rules_of_owl_rl_are_needed(rdf: Graph) -> None:
    """No enumeration, complement, cardinality or union; a defined class may say "some values from" on its defining side."""
    for forbidden in (OWL.oneOf, OWL.complementOf, OWL.unionOf, OWL.minCardinality, OWL.cardinality, OWL.disjointUnionOf):
        assert (None, forbidden, None) not in rdf
    defined = {name for name in rdf.subjects(OWL.equivalentClass) if not isinstance(name, BNode)}
    assert defined == {DIP.Minister}


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_are_legible_on_light_and_dark_grounds() -> None:
    """Three to one, what WCAG 2 asks of graphical objects (success criterion 1.4.11)."""
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    for term in load_ontology().classes.values():
        if term.colour is not None:
            assert contrast(term.colour, "#FFFFFF") >= 3, term.name
            assert contrast(term.colour, "#121212") >= 3, term.name


def test_classes_look_different() -> None:
    ontology = load_ontology()
    looks = {label: (ontology.colour(label), ontology.shape(label)) for label in ontology.node_labels()}
    for (one, left), (other, right) in itertools.combinations(looks.items(), 2):
        apart = sum((int(left[0][at : at + 2], 16) - int(right[0][at : at + 2], 16)) ** 2 for at in (1, 3, 5)) ** 0.5
        assert left[1] != right[1] or apart >= 60, (one, other)


def test_concept_schemes_are_labelled(rdf: Graph) -> None:
    for scheme in rdf.subjects(RDF.type, SKOS.ConceptScheme):
        assert {label.language for label in rdf.objects(scheme, SKOS.prefLabel)} == {"fr", "en"}  # type: ignore[attr-defined]
