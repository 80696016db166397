"""The ontology's files as plain terms: parsed, checked strictly, frozen. `graph.model.terms` answers questions on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from graph.model.iri import CONCEPT, ONTOLOGY
from graph.model.turtle import LANGUAGES, Block, read_blocks
from graph.model.turtle import SKOS as SKOS

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"

_CLASS = OWL + "Class"
_PROPERTY_KINDS = {
    OWL + "ObjectProperty": "object",
    OWL + "DatatypeProperty": "datatype",
    OWL + "AnnotationProperty": "annotation",
}
_COLOUR = re.compile(r"#[0-9A-F]{6}\Z")

Texts = Mapping[str, str]
"""One text a language code."""
Values = tuple[NamedNode | Literal, ...]


@dataclass(frozen=True, slots=True)
class ClassTerm:
    """A class: its parents are local names of this ontology's classes, `concept` says that it is a scheme's class."""

    name: str
    iri: str
    labels: Texts
    definitions: Texts
    parents: tuple[str, ...]
    concept: bool
    abstract: bool
    colour: str | None
    shape: str | None


@dataclass(frozen=True, slots=True)
class PropertyTerm:
    """A property; `domain` and `range` are IRIs, `kind` is object, datatype or annotation, `multiple`: it may be a list."""

    name: str
    iri: str
    labels: Texts
    definitions: Texts
    kind: str
    domain: str
    range: str
    parents: tuple[str, ...]
    multiple: bool


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme; `notation` is its token in the exchange format and in the property graph."""

    iri: str
    scheme: str
    notation: str
    labels: Texts
    definitions: Texts


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All terms by local name, and the concepts of each scheme by notation, in the order of the file."""

    classes: Mapping[str, ClassTerm]
    properties: Mapping[str, PropertyTerm]
    concepts: Mapping[str, Mapping[str, Concept]]


def read_vocabulary(files: Iterable[Path]) -> Vocabulary:
    """The terms of Turtle files read as one; BadData names file and term for whatever is malformed, unknown or left out."""
    described = _distinct([block for file in files for block in read_blocks(file, blank=True)])
    terms = {iri: block for iri, block in described.items() if iri.startswith(ONTOLOGY)}
    classes = {_local(iri): _class(block) for iri, block in terms.items() if _CLASS in _iris(block, RDF + "type")}
    properties = {_local(iri): _property(block) for iri, block in terms.items() if _kind(block)}
    known = {*classes, *properties}
    for block in described.values():
        _check_mentions(block, known)
    concepts = _concepts(described, classes)
    return Vocabulary(MappingProxyType(classes), MappingProxyType(properties), concepts)


def _distinct(blocks: list[Block]) -> dict[str, Block]:
    described: dict[str, Block] = {}
    for block in blocks:
        if block.iri in described:
            raise block.bad(f"is described in {described[block.iri].file} too; describe it in one of the two")
        described[block.iri] = block
    return described


def _local(iri: str) -> str:
    return iri.removeprefix(ONTOLOGY)


def _iris(block: Block, predicate: str) -> tuple[str, ...]:
    return tuple(value.value for value in block.all(predicate) if isinstance(value, NamedNode))


def _texts(block: Block, predicate: str, *, needed: bool = True) -> Texts:
    """The text of a predicate in each language; in all languages, or where it is not needed, in none."""
    texts = {value.language: value.value for value in block.all(predicate) if isinstance(value, Literal) and value.language}
    missing = [language for language in LANGUAGES if not texts.get(language)]
    if (needed or texts) and missing:
        raise block.bad(f"has no {predicate} in {' and '.join(missing)}")
    return MappingProxyType(texts)


def _parents(block: Block, predicate: str) -> tuple[str, ...]:
    return tuple(_local(parent) for parent in _iris(block, predicate) if parent.startswith(ONTOLOGY))


def _class(block: Block) -> ClassTerm:
    colour = block.one("colour")
    if colour is not None and not _COLOUR.match(colour):
        raise block.bad(f"has colour {colour!r}; write #RRGGBB in capitals")
    return ClassTerm(
        name=_local(block.iri),
        iri=block.iri,
        labels=_texts(block, RDFS + "label"),
        definitions=_texts(block, SKOS + "definition"),
        parents=_parents(block, RDFS + "subClassOf"),
        concept=SKOS + "Concept" in _iris(block, RDFS + "subClassOf"),
        abstract=block.flag("abstract"),
        colour=colour,
        shape=block.one("shape"),
    )


def _kind(block: Block) -> str | None:
    kinds = [kind for iri, kind in _PROPERTY_KINDS.items() if iri in _iris(block, RDF + "type")]
    if len(kinds) > 1:
        raise block.bad(f"is declared as {' and '.join(kinds)} property; choose one")
    return kinds[0] if kinds else None


def _property(block: Block) -> PropertyTerm:
    term = PropertyTerm(
        name=_local(block.iri),
        iri=block.iri,
        labels=_texts(block, RDFS + "label"),
        definitions=_texts(block, SKOS + "definition"),
        kind=_kind(block) or "",
        domain=block.needed(RDFS + "domain"),
        range=block.needed(RDFS + "range"),
        parents=_parents(block, RDFS + "subPropertyOf"),
        multiple=block.flag("multiple"),
    )
    literal = term.range.startswith(XSD) or term.range in (RDFS + "Literal", RDF + "langString")
    if term.kind != "annotation" and literal != (term.kind == "datatype"):
        raise block.bad(f"is {term.kind} property with range {term.range}; one of the two is wrong")
    return term


def _check_mentions(block: Block, known: set[str]) -> None:
    """Every `dip:` name that a subject uses is declared: a typing error must not become a new term."""
    predicates = {name for name in block.values if "://" not in name}
    values = {_local(iri) for name in block.values for iri in _iris(block, name) if iri.startswith(ONTOLOGY)}
    if unknown := sorted((predicates | values) - known):
        raise block.bad(f"mentions dip:{unknown[0]}, which no file declares")


def _concepts(described: Mapping[str, Block], classes: Mapping[str, ClassTerm]) -> Mapping[str, Mapping[str, Concept]]:
    schemes: dict[str, dict[str, Concept]] = {}
    for name in (name for name, term in classes.items() if term.concept):
        scheme = described.get(CONCEPT + name)
        if scheme is None or SKOS + "ConceptScheme" not in _iris(scheme, RDF + "type"):
            raise described[ONTOLOGY + name].bad(f"is a class of concepts but {CONCEPT}{name} is no skos:ConceptScheme")
        _texts(scheme, SKOS + "prefLabel")
        schemes[name] = {}
    for block in described.values():
        if block.all(SKOS + "inScheme"):
            concept = _concept(block, schemes)
            schemes[concept.scheme][concept.notation] = concept
    if empty := [name for name, members in schemes.items() if not members]:
        raise described[ONTOLOGY + empty[0]].bad("has no concepts in its scheme; add them beside the ontology")
    return MappingProxyType({name: MappingProxyType(members) for name, members in schemes.items()})


def _concept(block: Block, schemes: Mapping[str, object]) -> Concept:
    scheme = block.needed(SKOS + "inScheme").removeprefix(CONCEPT)
    notation = block.needed(SKOS + "notation")
    if scheme not in schemes or ONTOLOGY + scheme not in _iris(block, RDF + "type"):
        raise block.bad(f"is in scheme {scheme!r} but no dip:{scheme}; its class has the name of its scheme")
    if block.iri != f"{CONCEPT}{scheme}/{notation}":
        raise block.bad(f"has notation {notation!r}; its IRI must end in {scheme}/{notation}")
    definitions = _texts(block, SKOS + "definition", needed=False)
    return Concept(block.iri, scheme, notation, _texts(block, SKOS + "prefLabel"), definitions)
