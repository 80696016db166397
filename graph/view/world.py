"""What a derivation looks up: claims, the blocks they share, and what the view says already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.model.claims import SourceClaims
from graph.record import ledger, rdf
from graph.record.decode import claims_in, described, source_in
from graph.record.encode import claim_node
from graph.record.schema import Schema
from graph.resolution.items import Item, Told, claim_items, person_items
from graph.resolution.resolver import Resolver
from graph.view.supports import Support, supports
from graph.view.violations import VIOLATED_BY, VIOLATION

BLOCK, PERSON, THING = rdf.book("block"), rdf.book("person"), rdf.book("thing")
_CACHED = 5000


class World:
    """Claims and the index over a store. `whole` loads everything once, for a rebuild; otherwise only what is asked for."""

    def __init__(self, store: Store, schema: Schema, resolver: Resolver, *, whole: bool = False) -> None:
        self.store, self._schema, self._resolver = store, schema, resolver
        self._load = lru_cache(maxsize=None if whole else _CACHED)(self._loaded)
        self._blocks: dict[str, list[Item]] | None = None
        if whole:
            self._blocks = self._all_blocks()

    def told(self, source: str) -> Told:
        """The claims of a source that are sure enough for the view."""
        return self._load(source)[0]

    def supports(self, source: str) -> Mapping[str, Support]:
        """The same as supports, by key."""
        return self._load(source)[1]

    def items(self, source: str) -> Mapping[str, Item]:
        """The items of a source by id: one a claim, one a person."""
        return self._load(source)[2]

    def support(self, key: str) -> Support:
        """One claim by its key."""
        return self.supports(self._source_of(key))[key]

    def mates(self, block: str) -> Iterable[Item]:
        """The items that share a block."""
        if self._blocks is not None:
            return self._blocks.get(block, ())
        return list(self._indexed(block))

    def index_of(self, item: Item) -> Iterator[Quad]:
        """The quads by which an item is found again."""
        node = NamedNode(node_of(item.id))
        for block in self.blocks(item):
            yield Quad(node, BLOCK, Literal(block), rdf.INDEX)

    def blocks(self, item: Item) -> tuple[str, ...]:
        """The blocks of an item; claims on an office have one by office, since all of them support it."""
        if item.kind == "office" and "of" in item.fields:
            return (office_block(str(item.fields["office"]), str(item.fields["of"])),)
        return self._resolver.keys(item)

    def assigned(self, node: NamedNode, how: NamedNode) -> str | None:
        """The entity that a claim (THING) or a mention (PERSON) is assigned to in the index."""
        found = next(self.store.quads_for_pattern(node, how, None, rdf.INDEX), None)
        return None if found is None else rdf.value(found.object)

    def members(self, entity: str, how: NamedNode) -> set[str]:
        """Ids of the claims or mentions assigned to an entity in the index."""
        found = self.store.quads_for_pattern(None, how, NamedNode(entity), rdf.INDEX)
        return {rdf.value(quad.subject).removeprefix(_CLAIMS) for quad in found}

    def described(self, entity: str) -> set[Quad]:
        """What the view says of an entity."""
        return set(self.store.quads_for_pattern(NamedNode(entity), None, None, rdf.VIEW))

    def violations(self, entity: str) -> set[Quad]:
        """What the index says of an entity that is kept out of the view."""
        found = (self.store.quads_for_pattern(NamedNode(entity), how, None, rdf.INDEX) for how in (VIOLATION, VIOLATED_BY))
        return {quad for quads in found for quad in quads}

    def linking_to(self, key: str) -> set[str]:
        """Keys of the claims whose told thing links to the told thing of a claim."""
        told = NamedNode(claim_node(key).value + "#told")
        found = self.store.quads_for_pattern(None, None, told, None)
        subjects = {rdf.value(quad.subject) for quad in found if quad.predicate != rdf.dip("tells")}
        return {subject.removeprefix(_CLAIMS).removesuffix("#told") for subject in subjects if subject.endswith("#told")}

    def _loaded(self, source: str) -> tuple[Told, Mapping[str, Support], Mapping[str, Item]]:
        graph = described(self.store, source)
        about, floor = source_in(graph, source), self._resolver.rules.view_threshold
        kept = [(rdf.notation(NamedNode(node)), claim) for node, claim in claims_in(graph, self._schema.kinds)]
        told = sure(Told(source, about.published, about.language, kept), floor)
        items = items_of(told, self._schema, self._resolver)
        return told, {support.key: support for support in supports(told, self._schema.kinds)}, {item.id: item for item in items}

    def _source_of(self, key: str) -> str:
        found = next(self.store.quads_for_pattern(claim_node(key), rdf.dip("source"), None, None))
        return rdf.notation(found.object)

    def _indexed(self, block: str) -> Iterator[Item]:
        for quad in self.store.quads_for_pattern(None, BLOCK, Literal(block), rdf.INDEX):
            name = rdf.value(quad.subject).removeprefix(_CLAIMS)
            yield self.items(self._source_of(name.split("#")[0]))[name]

    def _all_blocks(self) -> dict[str, list[Item]]:
        found: dict[str, list[Item]] = defaultdict(list)
        for source in ledger.sources(self.store):
            for item in self.items(source).values():
                for block in self.blocks(item):
                    found[block].append(item)
        return found


_CLAIMS = claim_node("").value


def told_of(told: SourceClaims) -> Told:
    """A source not recorded yet as resolution sees it."""
    found = told.source
    return Told(found.id, found.published, found.language, [(claim.key(found.id), claim) for claim in told.claims])


def node_of(item: str) -> str:
    """The IRI of a claim by key, or of a mention by its id."""
    return _CLAIMS + item


def office_block(kind: str, of: str) -> str:
    """The block of all claims on one office."""
    return f"office|{kind}|{of}"


def sure(told: Told, floor: float) -> Told:
    """A source without the claims that are below the view's threshold; links to those are dropped."""
    kept = [number for number, (_, claim) in enumerate(told.claims) if claim.confidence >= floor]
    if len(kept) == len(told.claims):
        return told
    places = {number: place for place, number in enumerate(kept)}
    claims = []
    for number in kept:
        key, claim = told.claims[number]
        links = tuple(replace(link, target=places[link.target]) for link in claim.links if link.target in places)
        claims.append((key, replace(claim, links=links)))
    return replace(told, claims=claims)


def items_of(told: Told, schema: Schema, resolver: Resolver) -> list[Item]:
    """Everything in a source that is resolved."""
    return [*claim_items(told), *person_items(told, schema.kinds, resolver.comparer.names)]
