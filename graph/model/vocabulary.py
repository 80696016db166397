"""The ontology's files as plain terms: parsed, checked strictly, frozen. `graph.model.terms` answers questions on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, parse

from graph.errors import BadData
from graph.model.iri import CONCEPT, ONTOLOGY

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
LANGUAGES = ("fr", "en")

_CLASS, _PROPERTY_KINDS = (
    OWL + "Class",
    {"ObjectProperty": "object", "DatatypeProperty": "datatype", "AnnotationProperty": "annotation"},
)
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


class _Described:
    """One subject of a file with its values by predicate; complains with the file's and the term's name."""

    def __init__(self, file: str, iri: str, values: dict[str, list[NamedNode | Literal]]) -> None:
        self.file, self.iri, self._values = file, iri, values
        self.name = iri.rsplit("#", 1)[-1] if iri.startswith(ONTOLOGY) else iri.removeprefix(CONCEPT)

    def bad(self, problem: str) -> BadData:
        return BadData(f"{self.file}: {self.name} {problem}")

    @property
    def named(self) -> bool:
        return self.iri.startswith(ONTOLOGY)

    @property
    def predicates(self) -> tuple[str, ...]:
        return tuple(self._values)

    def all(self, predicate: str) -> Values:
        return tuple(self._values.get(predicate, ()))

    def iris(self, predicate: str) -> tuple[str, ...]:
        return tuple(value.value for value in self.all(predicate) if isinstance(value, NamedNode))

    def one(self, predicate: str) -> str | None:
        values = self.all(predicate)
        if len(values) > 1:
            raise self.bad(f"has {len(values)} values of {predicate}; give one")
        return values[0].value if values else None

    def needed(self, predicate: str) -> str:
        value = self.one(predicate)
        if value is None:
            raise self.bad(f"has no {predicate}; give one")
        return value

    def flag(self, name: str) -> bool:
        value = self.one(ONTOLOGY + name)
        if value not in (None, "true", "false"):
            raise self.bad(f"says dip:{name} {value!r}; write true or false")
        return value == "true"

    def texts(self, predicate: str, *, needed: bool = True) -> Texts:
        texts = {value.language: value.value for value in self.all(predicate) if isinstance(value, Literal) and value.language}
        missing = [language for language in LANGUAGES if not texts.get(language)]
        if (needed or texts) and missing:
            raise self.bad(f"has no {predicate} in {' and '.join(missing)}")
        return MappingProxyType(texts)


def read_vocabulary(files: Iterable[Path]) -> Vocabulary:
    """The terms of Turtle files read as one; BadData names file and term for whatever is malformed, unknown or left out."""
    described = [thing for file in files for thing in _read(file)]
    classes = {thing.name: _class(thing) for thing in described if thing.named and _CLASS in thing.iris(RDF + "type")}
    properties = {thing.name: _property(thing) for thing in described if _kind(thing)}
    known = {ONTOLOGY + name for name in (*classes, *properties)}
    for thing in described:
        _check_mentions(thing, known)
    concepts = _concepts(described, classes)
    return Vocabulary(MappingProxyType(classes), MappingProxyType(properties), concepts)


def _read(file: Path) -> list[_Described]:
    subjects: dict[str, dict[str, list[NamedNode | Literal]]] = {}
    try:
        for triple in parse(path=str(file)):
            values = subjects.setdefault(str(triple.subject), {}).setdefault(triple.predicate.value, [])
            if isinstance(triple.object, NamedNode | Literal):
                values.append(triple.object)
    except (SyntaxError, OSError) as error:
        raise BadData(f"{file}: {error}") from error
    return [_Described(file.name, subject.strip("<>"), values) for subject, values in subjects.items()]


def _class(thing: _Described) -> ClassTerm:
    parents = thing.iris(RDFS + "subClassOf")
    colour = thing.one(ONTOLOGY + "colour")
    if colour is not None and not _COLOUR.match(colour):
        raise thing.bad(f"has colour {colour!r}; write #RRGGBB in capitals")
    return ClassTerm(
        name=thing.name,
        iri=thing.iri,
        labels=thing.texts(RDFS + "label"),
        definitions=thing.texts(SKOS + "definition"),
        parents=tuple(parent.removeprefix(ONTOLOGY) for parent in parents if parent.startswith(ONTOLOGY)),
        concept=SKOS + "Concept" in parents,
        abstract=thing.flag("abstract"),
        colour=colour,
        shape=thing.one(ONTOLOGY + "shape"),
    )


def _kind(thing: _Described) -> str | None:
    kinds = [_PROPERTY_KINDS[name] for name in _PROPERTY_KINDS if OWL + name in thing.iris(RDF + "type")]
    if len(kinds) > 1:
        raise thing.bad(f"is declared as {' and '.join(kinds)} property; choose one")
    return kinds[0] if kinds else None


def _property(thing: _Described) -> PropertyTerm:
    parents = thing.iris(RDFS + "subPropertyOf")
    term = PropertyTerm(
        name=thing.name,
        iri=thing.iri,
        labels=thing.texts(RDFS + "label"),
        definitions=thing.texts(SKOS + "definition"),
        kind=_kind(thing) or "",
        domain=thing.needed(RDFS + "domain"),
        range=thing.needed(RDFS + "range"),
        parents=tuple(parent.removeprefix(ONTOLOGY) for parent in parents if parent.startswith(ONTOLOGY)),
        multiple=thing.flag("multiple"),
    )
    literal = term.range.startswith(XSD) or term.range in (RDFS + "Literal", RDF + "langString")
    if term.kind != "annotation" and literal != (term.kind == "datatype"):
        raise thing.bad(f"is {term.kind} property with range {term.range}; one of the two is wrong")
    return term


def _check_mentions(thing: _Described, known: set[str]) -> None:
    """Every `dip:` name that a subject uses is declared: a typing error must not become a new term."""
    for predicate in thing.predicates:
        for iri in (predicate, *thing.iris(predicate)):
            if iri.startswith(ONTOLOGY) and iri not in known:
                raise thing.bad(f"mentions {iri}, which no file declares")


def _concepts(described: list[_Described], classes: Mapping[str, ClassTerm]) -> Mapping[str, Mapping[str, Concept]]:
    schemes: dict[str, dict[str, Concept]] = {}
    things = {thing.iri: thing for thing in described}
    for name in (name for name, term in classes.items() if term.concept):
        if SKOS + "ConceptScheme" not in (things[CONCEPT + name].iris(RDF + "type") if CONCEPT + name in things else ()):
            raise BadData(f"{things[ONTOLOGY + name].file}: the concept class {name} has no skos:ConceptScheme {CONCEPT}{name}")
        things[CONCEPT + name].texts(SKOS + "prefLabel")
        schemes[name] = {}
    for thing in described:
        if thing.all(SKOS + "inScheme"):
            concept = _concept(thing, schemes)
            schemes[concept.scheme][concept.notation] = concept
    empty = [name for name, members in schemes.items() if not members]
    if empty:
        raise BadData(f"the schemes {', '.join(empty)} have no concepts; add them beside the ontology")
    return MappingProxyType({name: MappingProxyType(members) for name, members in schemes.items()})


def _concept(thing: _Described, schemes: Mapping[str, object]) -> Concept:
    scheme = thing.needed(SKOS + "inScheme").removeprefix(CONCEPT)
    notation = thing.needed(SKOS + "notation")
    if scheme not in schemes or ONTOLOGY + scheme not in thing.iris(RDF + "type"):
        raise thing.bad(f"is in scheme {scheme!r} but no dip:{scheme}; its class has the name of its scheme")
    if thing.iri != f"{CONCEPT}{scheme}/{notation}":
        raise thing.bad(f"has notation {notation!r}; its IRI must end in {scheme}/{notation}")
    definitions = thing.texts(SKOS + "definition", needed=False)
    return Concept(thing.iri, scheme, notation, thing.texts(SKOS + "prefLabel"), definitions)
