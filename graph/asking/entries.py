"""What the index keeps of each entity and claim: its names, and the values that listings filter and sort by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from graph.model.folding import fold
from graph.model.iri import CONCEPT, ONTOLOGY, short
from graph.model.kinds import load_kinds
from graph.model.terms import load_ontology
from graph.model.vocabulary import RDF, RDFS, SKOS

PARTS = ("AccordAct", "Participation")  # of an accord, of a meeting: found by what they are parts of

DATES = ("signedOn", "date", "year", "publishedOn")
"""Properties that date a thing, the first it has."""

_NAMES = ("name", "alternateName", "officialName", "acronym", "governmentName", "title")
_LABELS = (RDFS + "label", SKOS + "prefLabel")
_TEXTS = frozenset((*_LABELS, SKOS + "altLabel", *(ONTOLOGY + name for name in _NAMES)))
_TYPE = NamedNode(RDF + "type")
_APART = frozenset((*_NAMES, "confidence", "disputes", "url", "sourceCount", "claim"))
_OF_CLAIMS = ("factKind", "reader")  # each claim has both
_AGENTS = ("agent", "agents", "dated_agents")
_SENTENCE = NamedNode(ONTOLOGY + "sentence")
_ORDERED = 80
"""Characters of a label that it is sorted by; a cursor carries them."""


@dataclass(slots=True)
class Entry:
    """A row of the index. `values`: pairs of a property and a value: a notation, a short id, or a literal, folded."""

    iri: str
    kind: str
    fr: str = ""
    en: str = ""
    names: list[str] = field(default_factory=list)
    code: str = ""
    sources: int = 0
    dates: dict[str, str] = field(default_factory=dict)
    values: set[tuple[str, str]] = field(default_factory=set)

    def row(self) -> tuple[str | int, ...]:
        """The columns of the table `entry` after its id."""
        date = next((self.dates[name] for name in DATES if name in self.dates), "")
        bounds = self.dates.get("validFrom", ""), self.dates.get("validUntil", "")
        return (self.iri, self.kind, *self.texts(), self.sources, self._order("fr"), self._order("en"), date, *bounds)

    def texts(self) -> tuple[str, str, str, str]:
        """What is searched: labels, other names, code."""
        return self.fr, self.en, "\n".join(self.names), self.code

    def _order(self, language: str) -> str:
        label = (self.en or self.fr) if language == "en" else (self.fr or self.en)
        return fold(label or next(iter(self.names), "") or self.code or short(self.iri))[:_ORDERED]


class Entries:
    """Reads entries from one store; remembers what it looked up of sources."""

    def __init__(self, store: Store) -> None:
        self._store, self._ontology = store, load_ontology()
        self._sources: dict[str, tuple[str, str]] = {}
        self._properties = {ONTOLOGY + name: name for name in self._ontology.properties}
        fields = [field for kind in load_kinds().by_name.values() for field in kind.fields.values()]
        self._agents = {ONTOLOGY + field.property_name: field.property_name for field in fields if field.type in _AGENTS}

    def entity(self, iri: str) -> Entry | None:
        """What is known of an entity or source; None for what is no node of the view, or a part of another."""
        entry = Entry(iri, "")
        texts: list[tuple[str, str, str]] = []
        for quad in self._store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph()):
            name, value = quad.predicate.value, quad.object
            if isinstance(value, Literal) and name in _TEXTS:
                texts.append((name, value.value, value.language or ""))
            else:
                self._take(entry, quad)
        if not entry.kind or entry.kind in PARTS:
            return None
        _name(entry, sorted(texts))
        return entry

    def claims(self, source: str) -> Iterator[Entry]:
        """What is known of each claim of a source, dated by it, named by its sentences; nothing for what is no source."""
        if not short(source).startswith("source/"):
            return
        language, published = self._source(source)
        found: dict[str, Entry] = {}
        for name in _OF_CLAIMS:
            for quad in self._store.quads_for_pattern(None, NamedNode(ONTOLOGY + name), None, NamedNode(source)):
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                    entry = found.setdefault(quad.subject.value, Entry(quad.subject.value, "Claim"))
                    entry.values.add((name, _text(quad.object)))
        for quad in self._store.quads_for_pattern(None, _SENTENCE, None, NamedNode(source)):
            claim = found.get(_claim_of(quad.subject.value)) if isinstance(quad.subject, NamedNode) else None
            if claim is not None and isinstance(quad.object, Literal):
                claim.names.append(quad.object.value)
        for iri, entry in found.items():
            entry.names = sorted(set(entry.names))
            entry.values |= {("source", short(source)), ("language", language), *self._told_of(iri, source)}
            entry.dates["publishedOn"] = published
            yield entry

    def _told_of(self, claim: str, source: str) -> Iterator[tuple[str, str]]:
        """The states and organisations that a claim names, each under the property it names it by."""
        for quad in self._store.quads_for_pattern(NamedNode(f"{claim}#told"), None, None, NamedNode(source)):
            if quad.predicate.value in self._agents and isinstance(quad.object, NamedNode):
                yield self._agents[quad.predicate.value], short(quad.object.value)

    def _take(self, entry: Entry, quad: Quad) -> None:
        value, name = quad.object, self._properties.get(quad.predicate.value, "")
        if quad.predicate == _TYPE and isinstance(value, NamedNode):
            self._classify(entry, value.value.removeprefix(ONTOLOGY))
        elif name in DATES or name in ("validFrom", "validUntil"):
            entry.dates[name] = str(value.value) if isinstance(value, Literal) else ""
        elif name == "sourceCount" and isinstance(value, Literal):
            entry.sources = int(value.value)
        elif name and name not in _APART and isinstance(value, NamedNode | Literal):
            entry.values |= set(self._values(name, value))
            entry.code = value.value if name == "code" else entry.code

    def _classify(self, entry: Entry, name: str) -> None:
        if name in self._ontology.classes and not self._ontology.class_(name).abstract:
            entry.kind = self._ontology.node_label(name)
            entry.values.add(("class", name))

    def _values(self, name: str, value: NamedNode | Literal) -> Iterator[tuple[str, str]]:
        yield name, _text(value)
        if name == "reportedIn":
            yield "language", self._source(value.value)[0]

    def _source(self, iri: str) -> tuple[str, str]:
        """The language of a source and the day it was published; empty where it does not say."""
        if iri not in self._sources:
            quads = self._store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph())
            known = {quad.predicate.value: quad.object.value for quad in quads if isinstance(quad.object, Literal)}
            self._sources[iri] = known.get(ONTOLOGY + "language", ""), known.get(ONTOLOGY + "publishedOn", "")
        return self._sources[iri]


def _name(entry: Entry, texts: list[tuple[str, str, str]]) -> None:
    """Labels, of which a preferred one wins, and other names, in an order that is the same each time."""
    for predicate, text, language in texts:
        if predicate not in _LABELS:
            entry.names.append(text)
        elif language == "en":
            entry.en = text
        else:
            entry.fr = text


def _claim_of(evidence: str) -> str:
    """The claim that a numbered piece of evidence is of."""
    return evidence.replace("/evidence/", "/claim/").rpartition("-")[0]


def _text(value: NamedNode | Literal) -> str:
    if isinstance(value, Literal):
        return fold(value.value)
    return value.value.rpartition("/")[2] if value.value.startswith(CONCEPT) else short(value.value)
