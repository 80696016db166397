"""Everything a snapshot holds of one entity, with the sentences that say so; and why a fact or claim is held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from pyoxigraph import DefaultGraph, Literal, NamedNode

from graph.asking.ask import Stored
from graph.asking.claims import ClaimInfo, ClaimReader
from graph.asking.labels import Labels
from graph.errors import NotFound
from graph.model.iri import CONCEPT, ONTOLOGY, entity, full, short
from graph.model.terms import load_ontology
from graph.model.vocabulary import RDF
from graph.view.reasons import Reasons, reasons

RELATED = 200
_APART = {"claim", "reportedIn", "disputes", "confidence", "sourceCount"}
_TYPE = NamedNode(RDF + "type")


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name: an entity, a concept, a plain value. `iri` is None for a plain value."""

    iri: str | None
    label: str


@dataclass(frozen=True, slots=True)
class PropertyValues:
    """A property of an entity; `disputed`: its claims disagree on it."""

    name: str
    label: str
    values: tuple[Named, ...]
    disputed: bool


@dataclass(frozen=True, slots=True)
class Related:
    """Another entity that this one names (`outgoing`) or is named by. `fact` is the one of the two whose evidence says so."""

    property: str
    label: str
    outgoing: bool
    other: Named
    other_class: str
    fact: str


@dataclass(frozen=True, slots=True)
class Version:
    """What one claim says of a disputed property."""

    values: tuple[Named, ...]
    claim: ClaimInfo


@dataclass(frozen=True, slots=True)
class Dispute:
    """A property on which claims disagree, with what each says."""

    property: str
    label: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class EntityPage:
    """All of one entity. `evidence` holds the claims of the entity itself and of each fact in `related`, by IRI.

    `related` has at most RELATED members; `left_out` says how many more there are. `holds`: whether it does on the day that
    was asked about; None where no day was, and for what does not begin or end.
    """

    iri: str
    label: str
    class_name: str
    class_label: str
    confidence: float | None
    source_count: int | None
    properties: tuple[PropertyValues, ...]
    related: tuple[Related, ...]
    left_out: int
    disputes: tuple[Dispute, ...]
    evidence: Mapping[str, tuple[ClaimInfo, ...]]
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a fact or claim is held: its name and class, and the claims with their sentences, marked.

    `why` is the rest of the chain: what each claim says of each property, what joined them, what people decided.
    """

    iri: str
    label: str
    class_label: str
    claims: tuple[ClaimInfo, ...]
    why: Reasons | None = None


def describe(snapshot: Stored, iri: str, language: str = "fr", related: int = RELATED) -> EntityPage:
    """The page of an entity or source, by short id or IRI; NotFound where the snapshot has none of that id."""
    return _Describing(snapshot, full(iri), language).page(related)


def explain(snapshot: Stored, iri: str, language: str = "fr", *, whole: bool = False) -> Explanation:
    """Why a fact, entity or claim is held, by short id or IRI; NotFound where the snapshot has none of that id.

    `whole`: with all that leads from the claims to what is shown (`Explanation.why`).
    """
    found = _Describing(snapshot, full(iri), language).explanation()
    return replace(found, why=reasons(snapshot.store, found.iri)) if whole else found


class _Describing:
    def __init__(self, snapshot: Stored, iri: str, language: str) -> None:
        self._iri, self._language, self._store = iri, language, snapshot.store
        self._ontology = load_ontology()
        self._labels = Labels(snapshot.store, language)
        self._claims = ClaimReader(snapshot.store)

    def explanation(self) -> Explanation:
        if self._iri.startswith(entity("claim", "")):
            claim = self._claims.claim(self._iri)
            if claim is None:
                raise NotFound(f"there is no {short(self._iri)} in this snapshot")
            return Explanation(self._iri, short(self._iri), self._ontology.labels("Claim")[self._language], (claim,))
        name = self._class()
        return Explanation(
            self._iri,
            self._labels.of(self._iri),
            self._ontology.labels(name)[self._language],
            self._claims.supporting(self._iri),
        )

    def page(self, most: int) -> EntityPage:
        name = self._class()
        values = self._values()
        disputed = {term.value.removeprefix(ONTOLOGY) for term in values.get("disputes", ())}
        related = [*self._outgoing(values), *self._incoming()]
        own = self._claims.supporting(self._iri)
        facts = {one.fact for one in related[:most]} - {self._iri}
        return EntityPage(
            iri=self._iri,
            label=self._labels.of(self._iri),
            class_name=name,
            class_label=self._ontology.labels(name)[self._language],
            confidence=next((float(term.value) for term in values.get("confidence", ())), None),
            source_count=next((int(term.value) for term in values.get("sourceCount", ())), None),
            properties=tuple(self._property(local, values[local], disputed) for local in self._ordered(values)),
            related=tuple(related[:most]),
            left_out=max(0, len(related) - most),
            disputes=tuple(self._dispute(local, own) for local in sorted(disputed)),
            evidence={self._iri: own, **{fact: self._claims.supporting(fact) for fact in sorted(facts)}},
        )

    def _class(self) -> str:
        quads = self._store.quads_for_pattern(NamedNode(self._iri), _TYPE, None, DefaultGraph())
        names = sorted(quad.object.value.removeprefix(ONTOLOGY) for quad in quads if isinstance(quad.object, NamedNode))
        known = [name for name in names if name in self._ontology.classes]
        if not known:
            raise NotFound(
                f"there is no {short(self._iri)} in this snapshot; ids look like accord/0123456789abcdef or state/MAR"
            )
        return max(known, key=lambda name: len(self._ontology.lineage(name)))

    def _values(self) -> dict[str, list[NamedNode | Literal]]:
        values: dict[str, list[NamedNode | Literal]] = {}
        for quad in self._store.quads_for_pattern(NamedNode(self._iri), None, None, DefaultGraph()):
            local = quad.predicate.value.removeprefix(ONTOLOGY)
            if local in self._ontology.properties and isinstance(quad.object, NamedNode | Literal):
                values.setdefault(local, []).append(quad.object)
        return values

    def _ordered(self, values: Iterable[str]) -> list[str]:
        """Properties that are no relationships, in the ontology's order."""
        own = set(values) - _APART
        return [name for name in self._ontology.properties if name in own and not self._ontology.is_relationship(name)]

    def _property(self, local: str, terms: Iterable[NamedNode | Literal], disputed: set[str]) -> PropertyValues:
        named = tuple(sorted(map(self._named, terms), key=lambda value: (value.label, value.iri or "")))
        return PropertyValues(local, self._ontology.property_(local).labels[self._language], named, local in disputed)

    def _named(self, term: NamedNode | Literal) -> Named:
        if isinstance(term, Literal):
            return Named(None, term.value)
        if "#person-" in term.value:  # a mention in the record, not an entity
            return Named(None, self._labels.of(term.value))
        return Named(None if term.value.startswith(CONCEPT) else term.value, self._labels.of(term.value))

    def _outgoing(self, values: Mapping[str, list[NamedNode | Literal]]) -> Iterator[Related]:
        for local in self._ontology.properties:
            if local in values and local not in _APART and self._ontology.is_relationship(local):
                others = (term.value for term in values[local] if isinstance(term, NamedNode))
                yield from self._related(local, others, outgoing=True)

    def _incoming(self) -> Iterator[Related]:
        """What names this entity: facts, latest first by label, each property in the ontology's order."""
        naming: dict[str, list[str]] = {}
        for quad in self._store.quads_for_pattern(None, None, NamedNode(self._iri), DefaultGraph()):
            local = quad.predicate.value.removeprefix(ONTOLOGY)
            if local in self._ontology.properties and isinstance(quad.subject, NamedNode):
                naming.setdefault(local, []).append(quad.subject.value)
        for local in self._ontology.properties:
            if local in naming and local not in _APART - {"reportedIn"}:
                yield from self._related(local, naming[local], outgoing=False)

    def _related(self, local: str, others: Iterable[str], *, outgoing: bool) -> Iterator[Related]:
        label = self._ontology.property_(local).labels[self._language]
        ordered = sorted((self._labels.of(other), other) for other in others)
        for name, other in ordered:
            fact = self._iri if outgoing else other
            yield Related(local, label, outgoing, Named(other, name), self._class_of(other), fact)

    def _class_of(self, iri: str) -> str:
        quads = self._store.quads_for_pattern(NamedNode(iri), _TYPE, None, DefaultGraph())
        names = (quad.object.value.removeprefix(ONTOLOGY) for quad in quads if isinstance(quad.object, NamedNode))
        return min((name for name in names if name in self._ontology.classes), default="")

    def _dispute(self, local: str, claims: Iterable[ClaimInfo]) -> Dispute:
        versions = (Version(tuple(self._told(claim, local)), claim) for claim in claims)
        label = self._ontology.property_(local).labels[self._language]
        return Dispute(local, label, tuple(version for version in versions if version.values))

    def _told(self, claim: ClaimInfo, local: str) -> list[Named]:
        """What the thing told of by a claim has for a property, in its source's graph."""
        thing, graph = NamedNode(claim.iri + "#told"), NamedNode(claim.source.iri)
        quads = self._store.quads_for_pattern(thing, NamedNode(ONTOLOGY + local), None, graph)
        terms = (quad.object for quad in islice(quads, RELATED))
        return sorted(
            (self._named(term) for term in terms if isinstance(term, NamedNode | Literal)), key=lambda value: value.label
        )
