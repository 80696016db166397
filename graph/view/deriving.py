"""The view as a function of the record: all of it, or what some new sources change."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NoReturn

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.model import iri
from graph.record import rdf
from graph.record.decode import source
from graph.record.encode import source_node, source_triples
from graph.record.schema import Schema
from graph.record.shapes import Shapes
from graph.record.staging import Amended, Side
from graph.record.standing import Standing, recorded_in_force
from graph.record.viewing import Delta
from graph.resolution.comparing import Comparer
from graph.resolution.names import plain
from graph.resolution.resolver import Resolver
from graph.resolution.rules import Rules, load_rules
from graph.view import moving
from graph.view.amending import amend, indexed
from graph.view.derivation import Derivation
from graph.view.fields import Fields
from graph.view.index import NOTED, PERSON, THING, name_of
from graph.view.naming import Naming
from graph.view.whole import Whole, WholeView, uncollected
from graph.view.world import World

VERSION = "7"
"""Raised whenever this code would derive another view from the same record and the same schema."""
INDEX = "6"
"""Raised to the same where something else would also be noted of each source: the index is then made anew from the record."""
_LABEL = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")


def comparer_of(schema: Schema, rules: Rules) -> Comparer:
    """A comparer that knows the cities and which agents are states."""
    cities = [quad for quad in schema.reference if quad.predicate == _LABEL and "/id/city/" in rdf.value(quad.subject)]
    places = {plain(rdf.value(quad.object)): rdf.notation(quad.subject) for quad in cities}
    states = frozenset(code for code, node in schema.agents.items() if node.value.startswith(iri.ID + "state/"))
    return Comparer(rules, places, states)


def _absent(name: str) -> NoReturn:
    raise LookupError(f"{name} is not at hand where only values are chosen")


class EntityView:
    """Derives entities from claims (`graph.record.viewing.View`)."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self.resolver = self._resolver = Resolver(comparer_of(schema, load_rules(schema.folder)))
        self._naming, self._shapes = Naming(schema), Shapes(schema.folder)
        self.version, self.index_version = f"{VERSION}-{schema.version}", f"{INDEX}-{schema.claims_version}"

    @property
    def derived(self) -> Sequence[NamedNode]:
        """The properties of the index that do not follow from one source alone."""
        return (PERSON, THING, *NOTED)

    def amend(self, store: Store, source: str, before: Side | None, after: Side | None, unsettled: Collection[str]) -> Amended:
        """What a change of a source means for the index, and which items must be looked at again."""
        return amend(World(store, self._schema, self._resolver), source, before, after, unsettled)

    def update(self, store: Store, sources: Sequence[str], stirred: Sequence[str]) -> Delta:
        """What these sources and items change: in the components of resolution they touch, and in what shows those."""
        with uncollected():
            world = World(store, self._schema, self._resolver)
            derived = self._derivation(world).run(sources, [name_of(item) for item in stirred])
        before, after = self._about(store, sources)
        remove, add = derived.remove | (before - after), derived.add | (after - before)
        changed = {rdf.value(quad.subject) for quad in (*remove, *add) if quad.graph_name == rdf.VIEW}
        return Delta(remove, add, changed, derived.moved)

    def index(self, store: Store) -> Iterator[Quad]:
        """What `amend` puts into the index, of all sources in force."""
        world, standing = World(store, self._schema, self._resolver), Standing(store)
        for name in recorded_in_force(store):
            yield from indexed(world, world.side(name, Side(standing.judgements(name))))

    def rebuild(self, store: Store) -> Iterator[Quad]:
        """Reference data, metadata of sources, all entities, and what the index says of these; from what `index` gave."""
        yield from self._reference()
        standing = Standing(store)
        for name in recorded_in_force(store):
            yield from self._metadata(store, name)
            yield from editions(standing, name)
        with uncollected():
            world = Whole(store, self._schema, self._resolver)
        yield from WholeView(world, self._schema, self._resolver, self._naming, self._shapes).quads()

    def fields(self) -> Fields:
        """What chooses the values of fields, without the persons whom some name."""
        return Fields(self._schema, self.resolver, _absent)

    def moved(self, before: Store, after: Store) -> dict[str, str | None]:
        """What carries on the entities of one view that another does not show."""
        holders, about = moving.in_store(after)
        supported = {rdf.node(quad.subject) for quad in before.quads_for_pattern(None, rdf.dip("claim"), None, rdf.VIEW)}
        there = {rdf.node(quad.subject) for quad in after.quads_for_pattern(None, rdf.dip("claim"), None, rdf.VIEW)}
        gone = {
            node: moving.by_subject(before.quads_for_pattern(node, None, None, rdf.VIEW))[node] for node in supported - there
        }
        return moving.successors(gone, holders, about, after)

    def _about(self, store: Store, sources: Sequence[str]) -> tuple[set[Quad], set[Quad]]:
        """What the store says of these sources themselves, and what it should say."""
        standing = Standing(store)
        newest = {edition.source for name in sources for edition in standing.ranked(standing.editions(name))[:1]}
        before, after = set[Quad](), set[Quad]()
        for name in {*sources, *newest}:
            for graph in (rdf.VIEW, rdf.EDITIONS):
                before |= set(store.quads_for_pattern(source_node(name), None, None, graph))
            if standing.in_force(name):
                after |= {*self._metadata(store, name), *editions(standing, name)}
        return before, after

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


def editions(standing: Standing, name: str) -> set[Quad]:
    """The earlier texts of its address that a source in force supersedes."""
    node, supersedes = source_node(name), rdf.dip("supersedes")
    return {
        Quad(node, supersedes, source_node(edition.source), rdf.EDITIONS)
        for edition in standing.editions(name)
        if edition.source != name
    }
