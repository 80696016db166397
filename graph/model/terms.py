"""The ontology as Python: IRIs, labels, node labels, relationship types, concepts. A name that it does not hold raises."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from graph.errors import UnknownTerm
from graph.model.files import SCHEMA
from graph.model.iri import CONCEPT, ONTOLOGY
from graph.model.vocabulary import ClassTerm, Concept, PropertyTerm, Texts, Vocabulary, read_vocabulary

_T = TypeVar("_T")

FILES = ("ontology.ttl", "concepts.ttl")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Ontology:
    """What `schema/ontology.ttl` and `schema/concepts.ttl` say. Terms may be given by local name or by IRI everywhere."""

    vocabulary: Vocabulary

    @property
    def classes(self) -> Mapping[str, ClassTerm]:
        """Every class by local name, concept classes and abstract ones too, in the order of the file."""
        return self.vocabulary.classes

    @property
    def properties(self) -> Mapping[str, PropertyTerm]:
        """Every property by local name, of all three kinds, in the order of the file."""
        return self.vocabulary.properties

    @property
    def schemes(self) -> tuple[str, ...]:
        """The names of the concept schemes, which are those of their classes."""
        return tuple(self.vocabulary.concepts)

    def term(self, name: str) -> str:
        """The IRI of a class or property; UnknownTerm with near names when there is none."""
        local = name.removeprefix(ONTOLOGY)
        if local in self.classes or local in self.properties:
            return ONTOLOGY + local
        raise _unknown("term", local, (*self.classes, *self.properties))

    def class_(self, name: str) -> ClassTerm:
        """The class of that name; UnknownTerm when there is none."""
        return _found("class", name.removeprefix(ONTOLOGY), self.classes)

    def property_(self, name: str) -> PropertyTerm:
        """The property of that name; UnknownTerm when there is none."""
        return _found("property", name.removeprefix(ONTOLOGY), self.properties)

    def labels(self, name: str) -> Texts:
        """The label of a class or property in each language."""
        local = self.term(name).removeprefix(ONTOLOGY)
        return self.classes[local].labels if local in self.classes else self.properties[local].labels

    def lineage(self, name: str) -> tuple[str, ...]:
        """A class and all its superclasses in this ontology, each after the classes below it."""
        ordered = [self.class_(name).name]
        for current in ordered:
            ordered += [parent for parent in self.classes[current].parents if parent not in ordered]
        return tuple(ordered)

    def is_a(self, name: str, ancestor: str) -> bool:
        """True when the first class is the second one or below it."""
        return self.class_(ancestor).name in self.lineage(name)

    def subclasses(self, name: str) -> tuple[str, ...]:
        """A class and all classes below it, in the order of the file."""
        return tuple(other for other in self.classes if self.is_a(other, name))

    def node_label(self, name: str) -> str:
        """The label of a node of this class: its highest concrete superclass (`HistoricState` gives `State`).

        An abstract class and a concept class label no node: UnknownTerm.
        """
        concrete = [term for term in map(self.class_, self.lineage(name)) if not term.abstract]
        if not concrete or self.class_(name).abstract or any(term.concept for term in concrete):
            raise UnknownTerm(f"{name} labels no node: it is abstract or a class of concepts")
        return concrete[-1].name

    def node_labels(self) -> tuple[str, ...]:
        """Every label that a node of the view can have: those of concrete entities and sources."""
        candidates = (*self.subclasses("Entity"), *self.subclasses("Source"))
        return tuple(dict.fromkeys(self.node_label(name) for name in candidates if not self.classes[name].abstract))

    def relationship_type(self, name: str) -> str:
        """`foundingAccord` gives `FOUNDING_ACCORD`; UnknownTerm where the property is no relationship."""
        term = self.property_(name)
        if not self.is_relationship(name):
            raise UnknownTerm(f"{name} is no relationship; it is written as a property of the node")
        return _HUMP.sub("_", term.name).upper()

    def scheme_of(self, name: str) -> str | None:
        """The scheme whose concepts are a property's values; None where its values are no concepts."""
        target = self.property_(name).range.removeprefix(ONTOLOGY)
        return target if target in self.vocabulary.concepts else None

    def is_concept_valued(self, name: str) -> bool:
        """True for a property whose values are concepts, hence notations in the property graph."""
        return self.scheme_of(name) is not None

    def is_relationship(self, name: str) -> bool:
        """True for a property that is a relationship in the property graph: it leads to a thing, not to a concept."""
        return self.property_(name).kind == "object" and not self.is_concept_valued(name)

    def is_multiple(self, name: str) -> bool:
        """True for a property that may have several values at once."""
        return self.property_(name).multiple

    def is_date(self, name: str) -> bool:
        """True for a property whose values are dates of their own precision (below `when`)."""
        term = self.property_(name)
        return term.name == "when" or any(map(self.is_date, term.parents))

    def concepts(self, scheme: str) -> Mapping[str, Concept]:
        """The concepts of a scheme by notation, in the order of the file."""
        return _found("scheme", scheme.removeprefix(ONTOLOGY).removeprefix(CONCEPT), self.vocabulary.concepts)

    def concept(self, scheme: str, notation: str) -> Concept:
        """One concept; UnknownTerm with near notations when the scheme has none such."""
        return _found(f"concept of {scheme}", notation, self.concepts(scheme))

    def colour(self, name: str) -> str:
        """`#RRGGBB` for nodes of a class: its own, else that of the nearest superclass that has one."""
        return self._look("colour", name)

    def shape(self, name: str) -> str:
        """The shape of a class's nodes in a network view: its own, else the nearest superclass's."""
        return self._look("shape", name)

    def _look(self, part: str, name: str) -> str:
        found = (getattr(self.classes[ancestor], part) for ancestor in self.lineage(name))
        look: str | None = next(filter(None, found), None)
        if look is None:
            raise UnknownTerm(f"{name} is never drawn: neither it nor a superclass has a dip:{part}")
        return look


def _found(what: str, name: str, among: Mapping[str, _T]) -> _T:
    if name not in among:
        raise _unknown(what, name, among)
    return among[name]


def _unknown(what: str, name: str, among: Iterable[str]) -> UnknownTerm:
    near = difflib.get_close_matches(name, list(among), n=3)
    return UnknownTerm(f"the ontology has no {what} {name!r}" + (f"; did you mean {' or '.join(near)}?" if near else ""))


@functools.cache
def load_ontology(folder: Path = SCHEMA) -> Ontology:
    """The ontology in a folder, read once a process; BadData names file and term when it is malformed."""
    return Ontology(read_vocabulary(folder / name for name in FILES))
