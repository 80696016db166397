from __future__ import annotations

from pathlib import Path

import rdflib
from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib.namespace import RDF, SH, XSD

from graph.model.files import SCHEMA
from graph.record import rdf
from graph.record.proven import Proven
from graph.record.shapes import FILE, Shapes, patterns_of

NODE = "https://w3id.org/diplograph/id/mission/0123456789abcdef"
SHAPES = rdflib.Graph().parse(SCHEMA / FILE)
# What a pattern keeps of an entity, in terms of SHACL: see the module's docstring.
KEPT = {
    "path",
    "property",
    "node",
    "class",
    "datatype",
    "nodeKind",
    "or",
    "not",
    "minCount",
    "maxCount",
    "minLength",
    "message",
}
KEPT |= {
    "minInclusive",
    "maxInclusive",
    "pattern",
    "uniqueLang",
    "languageIn",
    "disjoint",
    "targetClass",
    "inversePath",
    "lessThan",
}
CODES = {"code", "iso2", "isoNumeric", "wikidata", "language", "currency", "disputes"}


def local(term: object) -> str:
    return str(term).rsplit("#", 1)[-1]


def test_shapes_ask_about_nothing_that_a_pattern_leaves_out() -> None:
    asked = {local(predicate) for predicate in SHAPES.predicates() if str(predicate).startswith(str(SH))}
    assert asked <= KEPT
    assert {local(SHAPES.value(shape, SH.path)) for shape in SHAPES.subjects(SH.lessThan)} == {"start"}  # of evidence


def test_of_whom_shapes_ask_what_it_belongs_to() -> None:
    assert {local(path) for path in SHAPES.objects(None, SH.inversePath)} == {"participation", "act", "session"}


def test_what_shapes_said_is_kept(tmp_path: Path) -> None:
    store, fault = Store(str(tmp_path)), mission(sourceCount=rdf.integer(0))
    first = Proven(store)
    said = Shapes(SCHEMA).problems(fault, first)
    assert said
    assert len(first.added) == 1
    store.extend(first.added)
    again, shapes = Proven(store), Shapes(SCHEMA)
    shapes._validate = None  # type: ignore[assignment, method-assign]  # so that asking them again would fail
    assert shapes.problems(fault, again) == said
    assert not again.added


def test_numbers_that_shapes_compare_with_are_0_and_1() -> None:
    """Bounds of coordinates aside: cities are reference data, which no derivation makes and no pattern stands for."""
    for predicate in (SH.minInclusive, SH.maxInclusive):
        bounds = {(local(SHAPES.value(shape, SH.path)), str(bound)) for shape, bound in SHAPES.subject_objects(predicate)}
        assert {bound for name, bound in bounds if name not in ("latitude", "longitude")} <= {"0", "1"}
    assert {str(length) for length in SHAPES.objects(None, SH.minLength)} == {"1"}
    counts = {int(str(count)) for predicate in (SH.minCount, SH.maxCount) for count in SHAPES.objects(None, predicate)}
    assert max(counts) < 3


def test_patterns_of_text_are_asked_of_codes_alone() -> None:
    asked = {local(SHAPES.value(shape, SH.path)) for shape in SHAPES.subjects(SH.pattern)}
    assert asked <= CODES, "a pattern of text is kept for codes of three capitals and terms of the ontology only"
    assert {str(form) for shape in SHAPES.subjects(SH.path, dip("currency")) for form in SHAPES.objects(shape, SH.pattern)} == {
        "^[A-Z]{3}$"
    }


def dip(name: str) -> rdflib.URIRef:
    return rdflib.URIRef(rdf.dip(name).value)


def test_datatypes_that_shapes_name_are_kept() -> None:
    named = {str(kind) for kind in SHAPES.objects(None, SH.datatype)}
    assert named <= {str(XSD[name]) for name in ("string", "decimal", "integer", "date", "gYear", "gYearMonth", "boolean")}
    assert str(RDF.langString) not in named


def mission(**changes: object) -> set[Quad]:
    node = NamedNode(NODE)
    about: dict[str, object] = {
        "sender": NamedNode("https://w3id.org/diplograph/id/state/MAR"),
        "host": NamedNode("https://w3id.org/diplograph/id/state/RWA"),
        "claim": NamedNode("https://w3id.org/diplograph/id/claim/" + "0" * 32),
        "reportedIn": NamedNode("https://w3id.org/diplograph/id/source/" + "0" * 64),
        "confidence": rdf.decimal(0.8),
        "sourceCount": rdf.integer(1),
        "missionType": rdf.concept("MissionType", "embassy"),
        "date": rdf.date("2020-01"),
    }
    about |= changes
    found = {Quad(node, rdf.RDF_TYPE, rdf.dip("Mission"))}
    found |= {Quad(node, rdf.LABEL, Literal(language, language=language)) for language in ("fr", "en")}
    return found | {Quad(node, rdf.dip(name), value) for name, value in about.items() if value is not None}  # type: ignore[arg-type]


def test_a_sound_entity_passes_and_each_fault_is_told() -> None:
    shapes = Shapes(SCHEMA)
    assert shapes.problems(mission()) == {}
    faults = {
        "Sender and host differ.": {"host": NamedNode("https://w3id.org/diplograph/id/state/MAR")},
        "Host: exactly one state or organisation.": {"host": None},
        "Type: at most one concept of MissionType.": {"missionType": rdf.concept("ActType", "signed")},
        "Source count: exactly one whole number from 1.": {"sourceCount": rdf.integer(0)},
        "Confidence: exactly one decimal from 0 to 1.": {"confidence": rdf.decimal(1.5)},
        "Date: at most one, of the precision known.": {"date": rdf.date("XXXX-06-18")},
        "Place: at most one text.": {"place": rdf.text("")},
    }
    for message, fault in faults.items():
        assert shapes.problems(mission(**fault)) == {NODE: (message,)}


def test_entities_of_one_sort_share_a_pattern() -> None:
    other = {
        Quad(NamedNode(NODE + "0"), quad.predicate, quad.object)
        for quad in mission(confidence=rdf.decimal(0.55), date=rdf.date("1999-12"))
    }
    found = patterns_of(mission() | other)
    assert len(found) == 2
    assert len(set(found.values())) == 1
    assert len(set(patterns_of(mission() | mission(date=rdf.date("1999-12-01"))).values())) == 1


def test_a_part_without_its_whole_is_told() -> None:
    act = NamedNode("https://w3id.org/diplograph/id/act/0123456789abcdef")
    part = {Quad(act, quad.predicate, quad.object) for quad in mission() if rdf.local(quad.predicate) in SHARED}
    part |= {Quad(act, rdf.RDF_TYPE, rdf.dip("AccordAct")), Quad(act, rdf.dip("actType"), rdf.concept("ActType", "signed"))}
    assert Shapes(SCHEMA).problems(part) == {act.value: ("An act belongs to exactly one accord.",)}


SHARED = {"claim", "reportedIn", "confidence", "sourceCount", rdf.LABEL.value}
