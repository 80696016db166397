"""The view's entities as nodes with their outgoing relationships, as `docs/architecture.md` derives them from the ontology."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from graph.errors import BadData, UnknownTerm
from graph.model.claims import digest
from graph.model.iri import CONCEPT, ONTOLOGY
from graph.model.kinds import load_kinds
from graph.model.terms import Ontology
from graph.model.turtle import SKOS
from graph.model.vocabulary import RDF, RDFS, XSD
from graph.property.evidence import EvidenceReader

Scalar = str | int | float | bool
Properties = Mapping[str, Scalar | list[str] | list[int] | list[float]]

REPORTED_IN = "REPORTED_IN"
_TYPE, _LABEL, _PREFERRED = NamedNode(RDF + "type"), RDFS + "label", SKOS + "prefLabel"
_HANDLED_APART = ("claim", "reportedIn")
_NUMBERS = {XSD + "integer": int, XSD + "decimal": float, XSD + "double": float, XSD + "float": float}


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship that leaves a node; `target` is the other node's id."""

    type: str
    target: str
    target_label: str
    properties: Properties


@dataclass(frozen=True)
class Node:
    """One node: `properties` hold all but `id` and `digest`, `relationships` are sorted."""

    label: str
    id: str
    properties: Properties
    relationships: tuple[Relationship, ...]

    @cached_property
    def digest(self) -> str:
        """32 hex digits of the node's content with its outgoing relationships."""
        going = [[each.type, each.target, each.target_label, each.properties] for each in self.relationships]
        return digest([self.label, self.id, self.properties, going])[:32]


class NodeReader:
    """Reads nodes from the default graph of a store, and their evidence from its named graphs."""

    def __init__(self, store: Store, ontology: Ontology) -> None:
        self._store, self._ontology = store, ontology
        self._evidence = EvidenceReader(store)
        self._told = {kind.class_name for kind in load_kinds()} | {"Session"}
        self._labels: dict[str, str] = {}
        for label in ontology.node_labels():
            self._labels |= {ONTOLOGY + name: label for name in ontology.subclasses(label)}
        self._label_of: dict[str, str | None] = {}

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label that a node may have."""
        return self._ontology.node_labels()

    def ids(self, label: str) -> list[str]:
        """The ids of all nodes of that label, sorted."""
        classes = [NamedNode(name) for name, its_label in self._labels.items() if its_label == label]
        quads = (quad for each in classes for quad in self._store.quads_for_pattern(None, _TYPE, each, DefaultGraph()))
        return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)})

    def label(self, iri: str) -> str | None:
        """The label of the node for an IRI; None where the view has no such node."""
        if iri not in self._label_of:
            quads = self._store.quads_for_pattern(NamedNode(iri), _TYPE, None, DefaultGraph())
            classes = (quad.object.value for quad in quads if isinstance(quad.object, NamedNode))
            found = {self._labels[name] for name in classes if name in self._labels}
            if len(found) > 1:
                raise BadData(f"{iri} would be a node of several labels ({', '.join(sorted(found))}): run `diplograph check`")
            self._label_of[iri] = next(iter(found), None)
        return self._label_of[iri]

    def node(self, iri: str) -> Node | None:
        """The node for an IRI; None where the view has no such node."""
        label = self.label(iri)
        if label is None:
            return None
        return self._made(label, iri, self._store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph()))

    def _made(self, label: str, iri: str, quads: Iterable[Quad]) -> Node:
        """A node from what the view says of it."""
        values: dict[str, list[Any]] = defaultdict(list)
        for quad in quads:
            values[quad.predicate.value].append(quad.object)
        properties = _names(values)
        relationships: list[Relationship] = []
        for predicate in sorted(values):
            local = predicate.removeprefix(ONTOLOGY)
            if predicate.startswith(ONTOLOGY) and local not in _HANDLED_APART:
                if self._ontology.is_relationship(local):
                    relationships += self._relationships(local, values[predicate])
                else:
                    properties[local] = self._value(iri, local, values[predicate])
        reports = self._reports(term.value for term in values[ONTOLOGY + "claim"])
        relationships += reports if label in self._told else map(_untold, reports)
        ordered = sorted(relationships, key=place)
        return Node(label, iri, properties, tuple(ordered))

    def _relationships(self, local: str, terms: Iterable[Any]) -> Iterator[Relationship]:
        """One relationship for each value that is a node of the view: what has no node cannot be pointed to."""
        kind = self._ontology.relationship_type(local)
        for term in terms:
            label = self.label(term.value) if isinstance(term, NamedNode) else None
            if label is not None:
                yield Relationship(kind, term.value, label, {})

    def _reports(self, claims: Iterable[str]) -> Iterator[Relationship]:
        for claim in claims:
            for source, passage in self._evidence.passages(claim):
                if self.label(source) is not None:
                    yield Relationship(REPORTED_IN, source, "Source", passage)

    def _value(self, iri: str, local: str, terms: list[Any]) -> Any:
        """The value of a node property: a sorted list where the ontology allows several, else the one value."""
        values = sorted({_plain(term) for term in terms})
        if local == "disputes" or self._ontology.is_multiple(local):
            return values
        if len(values) > 1:
            raise BadData(f"{iri} has {len(values)} values of {local}, which takes one: run `diplograph check`")
        return values[0]


def _untold(report: Relationship) -> Relationship:
    """The report of what claims do not tell of but show: a person, an office, a part of a fact."""
    return replace(report, properties={name: value for name, value in report.properties.items() if name != "tells"})


def place(relationship: Relationship) -> tuple[str, str, str, int]:
    """Where a relationship stands among those of its node: passages of a claim in the order of the text."""
    said = relationship.properties
    return relationship.type, relationship.target, str(said.get("claim", "")), int(str(said.get("start", -1)))


def _names(values: Mapping[str, list[Any]]) -> dict[str, Any]:
    """`label_fr` and `label_en`; a label without a language serves for both."""
    names: dict[str, Any] = {}
    for term in sorted(values.get(_LABEL) or values.get(_PREFERRED) or (), key=str):
        for language in [term.language] if term.language else ["fr", "en"]:
            names.setdefault(f"label_{language}", term.value)
    return names


def _plain(term: Any) -> Any:
    """A literal as a property value, a concept as its notation, a property of the ontology as its local name."""
    if isinstance(term, Literal):
        if term.datatype.value == XSD + "boolean":
            return term.value in ("true", "1")
        return _NUMBERS.get(term.datatype.value, str)(term.value)
    if not isinstance(term, NamedNode):
        raise UnknownTerm(f"{term} is no value that a node can hold")
    if term.value.startswith(CONCEPT):
        return term.value.rsplit("/", 1)[-1]
    return term.value.removeprefix(ONTOLOGY)
