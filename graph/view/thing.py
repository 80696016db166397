"""An entity under construction: what is said of it, by which claims, and its quads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from graph.model.claims import digest
from graph.record import rdf
from graph.record.encode import claim_node, source_node
from graph.view.naming import Texts
from graph.view.supports import Support, Witnesses

Term = NamedNode | Literal
_SAMPLE = 4


@dataclass(frozen=True, slots=True)
class Turned:
    """Quads of claims and sources: those that support a thing now, those that do no more, some of those that stay."""

    more: frozenset[Quad]
    less: frozenset[Quad]
    sample: frozenset[Quad]


@dataclass(slots=True)
class Thing:
    """One entity of the view; add properties, then take its quads."""

    iri: str
    class_name: str
    supports: Sequence[Support]
    witnesses: Witnesses
    labels: Texts = field(default_factory=dict)
    disputes: set[str] = field(default_factory=set)
    values: list[tuple[str, Term]] = field(default_factory=list)
    children: list[Thing] = field(default_factory=list)
    known: Mapping[str, str] | None = None
    """Of a thing that a crowd of claims supports, those that the view shows for it already, with their sources."""
    figures: tuple[float, int] | None = None
    """Confidence and number of independent sources of such a thing, counted elsewhere."""
    turned: Turned | None = None
    """Of such a thing, what a change does to the claims and sources that the view shows for it; `supports` are none then."""

    def add(self, name: str, *terms: Term | None) -> None:
        """Values of a property; None adds nothing."""
        self.values += [(name, term) for term in terms if term is not None]

    def put(self, name: str, term: Term | None) -> None:
        """The one value of a property, in place of any it has."""
        self.values = [(given, value) for given, value in self.values if given != name]
        self.add(name, term)

    def link(self, name: str, *iris: str) -> None:
        """Other entities as values of a property."""
        self.values += [(name, NamedNode(other)) for other in iris]

    def own(self, name: str, child: Thing) -> None:
        """An entity that exists only as a part of this one."""
        self.link(name, child.iri)
        self.children.append(child)

    def told(self) -> set[Quad]:
        """Its claims and sources; of a thing with `known` ones only those, and some that stand for all."""
        if self.turned is not None:
            return {*self.turned.more, *self.turned.sample}
        node, known = NamedNode(self.iri), self.known or {}
        fresh = [support for support in self.supports if support.key not in known]
        found = {Quad(node, rdf.dip("claim"), claim_node(support.key)) for support in fresh}
        found |= {
            Quad(node, rdf.dip("reportedIn"), source_node(name)) for name in {each.source for each in fresh} - {*known.values()}
        }
        return found | self.sample()

    def sample(self) -> set[Quad]:
        """Some of the claims and sources that are shown already, and stay: enough to tell what sort of entity this is."""
        if self.turned is not None:
            return set(self.turned.sample)
        node, known = NamedNode(self.iri), self.known or {}
        some = sorted(known.keys() & {support.key for support in self.supports})[:_SAMPLE]
        return {Quad(node, rdf.dip("claim"), claim_node(key)) for key in some} | {
            Quad(node, rdf.dip("reportedIn"), source_node(known[key])) for key in some
        }

    def gone(self) -> set[Quad]:
        """Claims and sources that are shown, and no longer support it."""
        if self.turned is not None:
            return set(self.turned.less)
        node, known = NamedNode(self.iri), self.known or {}
        keys, sources = {support.key for support in self.supports}, {support.source for support in self.supports}
        left = {Quad(node, rdf.dip("claim"), claim_node(key)) for key in known.keys() - keys}
        return left | {Quad(node, rdf.dip("reportedIn"), source_node(name)) for name in {*known.values()} - sources}

    def quads(self) -> set[Quad]:
        """The entity and its parts in the default graph."""
        node = NamedNode(self.iri)
        confidence, count = self.figures or (self.witnesses.confidence(self.supports), self.witnesses.count(self.supports))
        found = {
            Quad(node, rdf.RDF_TYPE, rdf.dip(self.class_name)),
            Quad(node, rdf.dip("confidence"), rdf.decimal(confidence)),
            Quad(node, rdf.dip("sourceCount"), rdf.integer(count)),
        }
        found |= {Quad(node, rdf.LABEL, Literal(text, language=language)) for language, text in self.labels.items()}
        found |= self.told()
        found |= {Quad(node, rdf.dip("disputes"), rdf.dip(name)) for name in self.disputes}
        found |= {Quad(node, rdf.dip(name), term) for name, term in self.values}
        return found.union(*(child.quads() for child in self.children))


def part_key(*parts: str) -> str:
    """The 16 hex digits of an entity that is a part of another, or one of several that a claim founds."""
    return digest(list(parts))[:16]


def ordered(found: Iterable[Support]) -> list[Support]:
    """Supports once each, the founding one first."""
    return sorted({support.key: support for support in found}.values(), key=lambda support: support.order)
