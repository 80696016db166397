"""One derivation: resolve what some sources touch, build the entities concerned, compare with what the view says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from graph.record import rdf
from graph.record.proven import Proven
from graph.record.schema import Schema
from graph.record.shapes import Shapes
from graph.resolution.items import Item, Person
from graph.resolution.resolver import Resolver
from graph.view import moving
from graph.view.attending import attended
from graph.view.building import Building
from graph.view.changed_persons import ChangedPersons
from graph.view.facts import fact_iri
from graph.view.index import PERSON, THING, node_of
from graph.view.naming import Naming
from graph.view.placing import Placing
from graph.view.supports import Support
from graph.view.thing import Thing
from graph.view.violations import conforming
from graph.view.world import World


@dataclass(slots=True)
class Derived:
    """Quads of the view and of the index to remove and to add."""

    remove: set[Quad] = field(default_factory=set)
    add: set[Quad] = field(default_factory=set)
    moved: dict[str, str | None] = field(default_factory=dict)
    """Entities shown no more, with what carries them on."""


class Derivation(Building):
    """Used once. Entities are built in the order in which they show each other: persons, tenures, offices, facts."""

    def __init__(self, world: World, schema: Schema, resolver: Resolver, naming: Naming, shapes: Shapes) -> None:
        super().__init__(world, schema, resolver, naming, shapes)
        self._world = world
        self._changed = ChangedPersons(world, self._persons, self._showing, resolver.rules)
        self._things: dict[str, str] = {}  # claim -> entity, where resolved anew
        self._members: dict[str, set[str]] = {}  # entity -> claims, where resolved anew
        self._touched: set[str] = set()  # entities that may differ from what the view says

    def run(self, sources: Sequence[str], again: Collection[str] = ()) -> Derived:
        """What the view must lose and gain so that it shows these sources, and these items (names) as they are now."""
        told = [item for name in sources for item in self._world.items(name)]
        items = [item for item in told if self._unresolved(item)] + self._world.again(again)
        stirred = self._changed.derive([item for item in items if isinstance(item, Person)], sources, again)
        self._touched |= {held for name in again if (held := self._world.held(name, THING) or "") and "/tenure/" not in held}
        self._resolve_facts([item for item in items if item.kind not in ("person", "office")])
        self._touched |= {self._known_thing(mention.split("#")[0]) for mention in stirred} - {""}
        self._touched |= self._changed.facts
        found = {entity: self._supports(entity) for entity in sorted(self._touched) if self._keys(entity)}
        shown = [entity for entity in found if self._showing.decide(entity, found[entity])]
        self._changed.settle(support.key for supports in found.values() for support in supports)
        return self._difference([*self._changed.built, *(self._facts.build(entity, found[entity]) for entity in shown)])

    def _unresolved(self, item: Item) -> bool:
        """Whether an item of a new or changed source is new: what the index assigns, and nothing stirred, stays as it is."""
        return self._world.held(item.id, PERSON if isinstance(item, Person) else THING) is None

    def _resolve_facts(self, seeds: Sequence[Item]) -> None:
        for cluster in self._resolver.resolve(seeds, self._world.mates, self._world.verdicts):
            entity = fact_iri(cluster[0].kind, cluster[0].id)
            keys = {item.id for item in cluster}
            self._members[entity] = keys
            self._things.update(dict.fromkeys(keys, entity))
            if keys != self._world.before(entity, THING):
                self._touch(entity, keys)
        for entity in [entity for entity in self._touched if "/accord/" in entity]:
            self._touch_linking(self._members.get(entity, set()))

    def _touch(self, entity: str, keys: set[str]) -> None:
        before = {self._world.assigned(key, THING) for key in keys}
        gone = {old for old in before if old is not None}
        self._members.update({old: self._members.get(old, set()) for old in gone if old != entity})
        self._touched |= {entity, *gone}

    def _touch_linking(self, keys: set[str]) -> None:
        """An accord under another IRI: what links to it must show the new one."""
        for key in keys:
            for linking in self._world.linking_to(key):
                self._touched.add(self._known_thing(linking))
        self._touched.discard("")

    def _keys(self, entity: str) -> set[str]:
        return self._members[entity] if entity in self._members else self._world.members(entity, THING)

    def _supports(self, entity: str) -> list[Support]:
        return [self._world.support(key) for key in sorted(self._keys(entity))]

    def _thing_of(self, key: str) -> str | None:
        return self._things.get(key) or self._world.assigned(key, THING)

    def _shown_thing(self, key: str) -> str | None:
        """The thing of a claim, where the view shows it or is about to."""
        found = self._thing_of(key)
        if found is None or not self._showing.shown(found):
            return None
        return found if found in self._touched or self._world.described(found) else None

    def _known_thing(self, key: str) -> str:
        """The fact that a claim tells of; empty for claims on offices, whose tenures are built with their persons."""
        found = self._thing_of(key) or ""
        return "" if "/tenure/" in found else found

    def _difference(self, things: Sequence[Thing]) -> Derived:
        placing = Placing(self._world, self._succession)
        placing.settle(things, {thing.iri for thing in things} | self._touched | self._changed.touched)
        after = set[Quad]().union(*(thing.quads() for thing in things))
        notes = self._showing.notes
        told = {thing.iri for thing in things} | {rdf.value(quad.subject) for quad in after | notes}
        subjects = self._with_parts(told | self._touched | self._changed.touched)
        proven = Proven(self._world.store)
        attending = {quad for thing in things for quad in attended(thing)}
        after = conforming(after, self._shapes, proven) | placing.after | notes | attending | self._persons.sheets
        crowds = {thing.iri: thing for thing in things if thing.known is not None or thing.turned is not None}
        before = {quad for entity in subjects - crowds.keys() for quad in self._world.written(entity)} | placing.before
        before |= {quad for thing in crowds.values() for quad in self._world.changing(thing)}
        violating = crowds.keys() - {rdf.value(quad.subject) for quad in after if quad.predicate == rdf.RDF_TYPE}
        before |= {quad for entity in violating for quad in self._world.written(entity)}
        before |= self._changed.unwritten
        derived = Derived((before - after) | proven.gone, (after - before) | proven.added)
        self._reassign(derived, PERSON, self._persons.assigned)
        self._reassign(derived, THING, {**self._things, **self._persons.tenures})
        for name in self._world.gone:
            held = ((how, self._world.held(name, how)) for how in (PERSON, THING))
            derived.remove |= {Quad(NamedNode(node_of(name)), how, NamedNode(iri), rdf.INDEX) for how, iri in held if iri}
        derived.moved = self._moved(before, after)
        return derived

    def _moved(self, before: Iterable[Quad], after: Iterable[Quad]) -> dict[str, str | None]:
        """What carries on the entities that are shown no more."""
        there, stays = ({quad.subject for quad in quads if quad.predicate == rdf.RDF_TYPE} for quads in (before, after))
        left = there - stays
        if not left:
            return {}
        holders, about, _ = moving.in_quads(after)
        gone = moving.by_subject(quad for quad in before if quad.subject in left)
        return moving.successors(gone, holders, about, self._world.store)

    def _with_parts(self, entities: Iterable[str]) -> set[str]:
        found, queue = set(entities), list(entities)
        while queue:
            for quad in self._world.parts(queue.pop()):
                if rdf.value(quad.object) not in found:
                    found.add(rdf.value(quad.object))
                    queue.append(rdf.value(quad.object))
        return found

    def _reassign(self, derived: Derived, how: NamedNode, assigned: dict[str, str]) -> None:
        for item, entity in assigned.items():
            node = NamedNode(node_of(item))
            before = self._world.assigned(item, how)
            if before != entity:
                derived.add.add(Quad(node, how, NamedNode(entity), rdf.INDEX))
                if before is not None:
                    derived.remove.add(Quad(node, how, NamedNode(before), rdf.INDEX))
