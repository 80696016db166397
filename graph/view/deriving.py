"""The view as a function of the record: all of it, or what some new sources change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.model import iri
from graph.model.claims import SourceClaims
from graph.record import ledger, rdf
from graph.record.decode import source
from graph.record.encode import source_node, source_triples
from graph.record.schema import Schema
from graph.record.shapes import Shapes
from graph.record.writer import Delta
from graph.resolution.comparing import Comparer
from graph.resolution.names import plain
from graph.resolution.resolver import Resolver
from graph.resolution.rules import Rules, load_rules
from graph.view.derivation import Derivation
from graph.view.naming import Naming
from graph.view.world import World, items_of, sure, told_of

VERSION = "3"
"""Raised whenever this code would derive another view from the same record and the same schema."""
_LABEL = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")


def comparer_of(schema: Schema, rules: Rules) -> Comparer:
    """A comparer that knows the cities and which agents are states."""
    cities = [quad for quad in schema.reference if quad.predicate == _LABEL and "/id/city/" in rdf.value(quad.subject)]
    places = {plain(rdf.value(quad.object)): rdf.notation(quad.subject) for quad in cities}
    states = frozenset(code for code, node in schema.agents.items() if node.value.startswith(iri.ID + "state/"))
    return Comparer(rules, places, states)


class EntityView:
    """Derives entities from claims (`graph.record.writer.View`)."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._resolver = Resolver(comparer_of(schema, load_rules(schema.folder)))
        self._naming, self._shapes = Naming(schema), Shapes(schema.folder)
        self.version = f"{VERSION}-{schema.version}"

    def index(self, told: SourceClaims) -> list[Quad]:
        """Blocks of every claim and person of a source."""
        world = World(Store(), self._schema, self._resolver)
        known = sure(told_of(told), self._resolver.rules.view_threshold)
        return [quad for item in items_of(known, self._schema, self._resolver) for quad in world.index_of(item)]

    def update(self, store: Store, sources: Sequence[str]) -> Delta:
        """What these sources change: in the components of resolution they touch, and in what shows those."""
        derived = self._derivation(World(store, self._schema, self._resolver)).run(sources)
        metadata = {quad for name in sources for quad in self._metadata(store, name)}
        add = derived.add | metadata
        changed = {rdf.value(quad.subject) for quad in (*derived.remove, *add) if quad.graph_name == rdf.VIEW}
        return Delta(derived.remove, add, changed)

    def rebuild(self, store: Store) -> Iterator[Quad]:
        """Reference data, metadata of sources, all entities, and the index."""
        yield from self._reference()
        world = World(store, self._schema, self._resolver, whole=True)
        sources = sorted(ledger.sources(store))
        for name in sources:
            yield from self._metadata(store, name)
        for item in world.all_items():
            yield from world.index_of(item)
        yield from self._derivation(world).run(sources).add

    def _derivation(self, world: World) -> Derivation:
        return Derivation(world, self._schema, self._resolver, self._naming, self._shapes)

    def _reference(self) -> Iterator[Quad]:
        labelled = {quad.subject for quad in self._schema.reference if quad.predicate == rdf.LABEL}
        for quad in self._schema.reference:
            yield quad
            if quad.predicate == _LABEL and quad.subject not in labelled:
                yield Quad(quad.subject, rdf.LABEL, quad.object)

    def _metadata(self, store: Store, name: str) -> Iterator[Quad]:
        about, node = source(store, name), source_node(name)
        for predicate, value in source_triples(about):
            yield Quad(node, predicate, value)
        label = about.title or about.url or name[:12]
        for language in ("fr", "en"):
            yield Quad(node, rdf.LABEL, Literal(label, language=language))
