"""The whole view at once: everything is resolved from the index, then built and given out in portions.

Each claim is read once and held until its thing is built: to find it again in the store takes longer than anything that is made
of it. So memory grows with the number of claims and persons, not with what the view says of them.
"""

from __future__ import annotations

import gc
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from pyoxigraph import NamedNode, Quad, Store

from graph.record import rdf
from graph.record.proven import Proven
from graph.record.schema import Schema
from graph.record.shapes import Shapes
from graph.resolution.items import Item, Person, person_from
from graph.resolution.resolver import Resolver
from graph.view.attending import attended
from graph.view.building import Building
from graph.view.facts import fact_iri
from graph.view.index import BLOCK, PERSON, PROFILE, SUPPORT, THING, node_of, subject_of
from graph.view.naming import Naming
from graph.view.placing import placed
from graph.view.sheets import light
from graph.view.succession import Span
from graph.view.supports import Support, read_support
from graph.view.thing import Thing
from graph.view.validity import UNTIL
from graph.view.violations import conforming
from graph.view.world import World

_AT_ONCE = 500  # things whose quads are checked against the shapes together


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for cycles among millions of objects that hold none, which takes a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Whole(World):
    """All claims and persons of the index, over a view that says nothing yet."""

    def __init__(self, store: Store, schema: Schema, resolver: Resolver) -> None:
        super().__init__(store, schema, resolver)
        self._strings: dict[str, str] = {}
        self._read_claims()
        self._read_persons()
        for quad in store.quads_for_pattern(None, BLOCK, None, rdf.INDEX):
            self._blocks.setdefault(rdf.value(quad.object), []).append(self._items[subject_of(quad)])

    def all_items(self) -> list[Item]:
        """Every item of the index, in founding order."""
        return sorted(self._items.values(), key=lambda item: item.order)

    def mates(self, block: str) -> Iterable[Item]:
        """The items that share a block."""
        return self._blocks.get(block, ())

    def held(self, item: str, how: NamedNode) -> str | None:
        """Nothing is assigned yet."""
        return None

    def before(self, entity: str, how: NamedNode) -> set[str]:
        """Nothing is assigned yet."""
        return set()

    def known(self, entity: str, holder: str | None = None) -> Mapping[str, str] | None:
        """Nothing is shown yet."""
        return None

    def described(self, entity: str) -> frozenset[Quad]:
        """The view says nothing yet."""
        return frozenset()

    def faint(self, entity: str) -> bool:
        """Nothing is left out yet."""
        return False

    def light(self, key: str, entity: str | None = None) -> Support:
        """One claim as far as persons and offices are made of it."""
        return light(self.support(key))

    def _one(self, text: str) -> str:
        """A text that many claims repeat, held once."""
        return self._strings.setdefault(text, text)

    def _read_claims(self) -> None:
        for quad in self.store.quads_for_pattern(None, SUPPORT, None, rdf.INDEX):
            key = subject_of(quad)
            found = read_support(key, rdf.value(quad.object), self.kinds, self._one)
            self._worded[key] = found.worded(self._wording(found.source))
            self._items[key] = Item(key, found.claim.kind, found.source, found.published, found.language, found.claim.fields)

    def _read_persons(self) -> None:
        names = self._resolver.comparer.names
        for quad in self.store.quads_for_pattern(None, PROFILE, None, rdf.INDEX):
            about = json.loads(rdf.value(quad.object))
            for name in ("source", "published", "spelling", "folded"):
                about[name] = self._one(about[name])
            person = person_from(about, names)
            self._items[person.id] = person


class WholeView(Building):
    """Used once: the quads of the view, and of the index what it assigns, places and leaves out."""

    def __init__(self, world: Whole, schema: Schema, resolver: Resolver, naming: Naming, shapes: Shapes) -> None:
        super().__init__(world, schema, resolver, naming, shapes)
        self._world = world
        self._things: dict[str, str] = {}  # claim -> fact
        self._spans: dict[str, list[Span]] = defaultdict(list)
        self._proven = Proven(world.store)
        self._out: set[NamedNode] = set()  # what violates a shape, and parts of it

    def quads(self) -> Iterator[Quad]:
        """Everything, in the order in which things show each other."""
        with uncollected():
            yield from self._quads()

    def _quads(self) -> Iterator[Quad]:
        items = self._world.all_items()
        people = self._persons.resolved([item for item in items if isinstance(item, Person)])
        facts = self._resolved([item for item in items if item.kind not in ("person", "office")])
        for entity, keys in facts:
            self._decide(entity, keys)
        yield from self._portions(thing for cluster in people for thing in self._persons.whole(cluster))
        yield from self._portions(self._offices(items))
        shown = ((entity, keys) for entity, keys in facts if self._showing.shown(entity))
        yield from self._portions(self._facts.build(entity, self._supports(keys)) for entity, keys in shown)
        for how, assigned in ((PERSON, self._persons.assigned), (THING, {**self._things, **self._persons.tenures})):
            for item, entity in assigned.items():
                yield Quad(NamedNode(node_of(item)), how, NamedNode(entity), rdf.INDEX)
        yield from self._ends()
        yield from self._showing.notes
        yield from self._proven.added

    def _resolved(self, seeds: Sequence[Item]) -> list[tuple[str, list[str]]]:
        """Each fact with its claims, accords before the commissions that they found."""
        found = []
        for cluster in self._resolver.resolve(seeds, self._world.mates, self._world.verdicts):
            entity, keys = fact_iri(cluster[0].kind, cluster[0].id), [item.id for item in cluster]
            self._things.update(dict.fromkeys(keys, entity))
            found.append((cluster[0].kind == "body", entity, keys))
        return [(entity, keys) for _, entity, keys in sorted(found, key=lambda each: each[0])]

    def _decide(self, entity: str, keys: Sequence[str]) -> None:
        floor = self._resolver.rules.view_threshold
        if any(self._world.support(key).claim.confidence >= floor for key in keys):
            self._showing.accept(entity, keys)
        else:
            self._showing.decide(entity, self._supports(keys))

    def _supports(self, keys: Iterable[str]) -> list[Support]:
        return [self._world.support(key) for key in sorted(keys)]

    def _offices(self, items: Iterable[Item]) -> Iterator[Thing]:
        by_office: dict[tuple[str, str], list[str]] = defaultdict(list)
        for item in items:
            if item.kind == "office" and "of" in item.fields:
                by_office[str(item.fields["office"]), str(item.fields["of"])].append(item.id)
        for (kind, of), keys in sorted(by_office.items()):
            office = self._persons.office(kind, of, sorted(keys))
            if self._showing.needed(office.iri, office.supports):
                yield office

    def _shown_thing(self, key: str) -> str | None:
        found = self._things.get(key)
        return found if found is not None and self._showing.shown(found) else None

    def _portions(self, things: Iterable[Thing]) -> Iterator[Quad]:
        portion: list[Thing] = []
        for thing in things:
            portion.append(thing)
            if len(portion) == _AT_ONCE:
                yield from self._conforming(portion)
                portion = []
        yield from self._conforming(portion)

    def _conforming(self, things: Sequence[Thing]) -> Iterator[Quad]:
        for thing in things:
            span = self._succession.span(thing)
            if span is not None:
                self._spans[span.key].append(span)
                thing.put(UNTIL, None)  # said when all that may end it is known
                yield from placed(span)
            yield from attended(thing)
        yield from self._persons.sheets
        self._persons.sheets.clear()
        yield from conforming(set[Quad]().union(*(thing.quads() for thing in things)), self._shapes, self._proven, self._out)

    def _ends(self) -> Iterator[Quad]:
        for spans in self._spans.values():
            for entity, until in self._succession.until(spans).items():
                if until is not None and NamedNode(entity) not in self._out:
                    yield Quad(NamedNode(entity), rdf.dip(UNTIL), rdf.date(until))
