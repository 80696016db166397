"""What a derivation looks up: claims, the blocks they share, and what the view says already."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from itertools import islice

from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.record import ledger, rdf
from graph.record.encode import claim_node
from graph.record.schema import Schema
from graph.record.wording import wording_of
from graph.resolution.items import Item, Person, person_from, profile
from graph.resolution.resolver import Resolver
from graph.resolution.verdicts import Undecided, Verdicts
from graph.view.index import BLOCK, PERSON, PROFILE, SIGNED, SUPPORT, THING, name_of, node_of, office_block, signed, subject_of
from graph.view.judged import Decisions, compared
from graph.view.recorded import Recorded
from graph.view.rows import stored_rows
from graph.view.sheets import light, read_page
from graph.view.supports import Support, read_support, supports, written
from graph.view.tally import Saying

_SINGLY = 30  # items of a block that are read each by itself
_MISSES = 4  # mentions without a sheet after which those of a block are read each by itself
_PROBED = 30  # persons of one name, offices and agents among whom an earlier one is looked for


class World(Recorded):
    """Claims and the index over a store, one claim at a time."""

    def __init__(self, store: Store, schema: Schema, resolver: Resolver) -> None:
        super().__init__(store, schema.kinds, resolver)
        self._by_source: dict[str, list[Item]] = {}
        self._items: dict[str, Item] = {}
        self._supports: dict[str, Support] = {}
        self._worded: dict[str, Support] = {}  # the same, with the wording of their source, where asked for
        self._held: dict[tuple[str, NamedNode], str | None] = {}
        self._before: dict[tuple[str, NamedNode], frozenset[str]] = {}
        self._wording = cache(partial(wording_of, store))
        self._blocks: dict[str, list[Item]] = {}
        self._light: dict[str, Support] = {}
        self._sheets: dict[str, dict[str, str]] = {}  # the claims of rows and sheets that were read, with sources
        self._rows: dict[str, list[Saying]] = {}
        self._gone: set[str] = set()
        self.verdicts: Verdicts = Decisions(self) if compared(store) else Undecided()

    def items(self, source: str) -> list[Item]:
        """The items of a source: one a claim, one a person."""
        if source in self._by_source:
            return self._by_source[source]
        told = self.told(source)
        self._supports.update((support.key, support) for support in supports(told, self.kinds))
        found = self.items_in(told)
        self._items.update((item.id, item) for item in found)
        self._by_source[source] = found
        return found

    def light(self, key: str, entity: str | None = None) -> Support:
        """One claim as far as persons and offices are made of it; it may stand in the sheet of the entity."""
        if key not in self._light and entity is not None:
            self.spread(entity)
        if key not in self._light:
            self._light[key] = light(self.support(key))
        return self._light[key]

    def support(self, key: str) -> Support:
        """One claim by its key."""
        if key not in self._worded:
            if key not in self._supports:
                self._load_claim(key)
            found = self._supports[key]
            self._worded[key] = found.worded(self._wording(found.source))
        return self._worded[key]

    def mates(self, block: str) -> Iterable[Item]:
        """The items that share a block."""
        if block not in self._blocks:
            names = self.names(block)
            if len(names) > _SINGLY:
                self._spread_all(names)
            self._blocks[block] = [self.item(name) for name in names]
        return self._blocks[block]

    def index_of(self, item: Item, support: Support | None) -> Iterator[Quad]:
        """The quads by which an item is found again; `support` is that of a claim."""
        node = NamedNode(node_of(item.id))
        for block in self.blocks(item):
            yield Quad(node, BLOCK, Literal(block), rdf.INDEX)
        if isinstance(item, Person):
            yield Quad(node, PROFILE, Literal(json.dumps(profile(item), ensure_ascii=False, sort_keys=True)), rdf.INDEX)
            if self._resolver.certain(item):
                yield Quad(node, SIGNED, signed(item), rdf.INDEX)
        elif support is not None:
            yield Quad(node, SUPPORT, Literal(written(support)), rdf.INDEX)

    def blocks(self, item: Item) -> tuple[str, ...]:
        """The blocks of an item; claims on an office have one by office, since all of them support it."""
        if item.kind == "office" and "of" in item.fields:
            return (office_block(str(item.fields["office"]), str(item.fields["of"])),)
        return self._resolver.keys(item)

    def assigned(self, item: str, how: NamedNode) -> str | None:
        """The entity that a claim (THING) or a mention (PERSON) that is still told is assigned to in the index."""
        return None if item in self._gone else self.held(item, how)

    def held(self, item: str, how: NamedNode) -> str | None:
        """The same, also of what is told no more."""
        if (item, how) not in self._held:
            found = next(self.store.quads_for_pattern(NamedNode(node_of(item)), how, None, rdf.INDEX), None)
            self._held[item, how] = None if found is None else rdf.value(found.object)
        return self._held[item, how]

    def holders(self, items: Iterable[str], how: NamedNode) -> set[str]:
        """The entities that some items are assigned to in the index, be they told still or not."""
        return {entity for item in items if (entity := self.held(item, how)) is not None}

    def members(self, entity: str, how: NamedNode) -> set[str]:
        """Ids of the claims or mentions assigned to an entity in the index, without those that are told no more."""
        return self.before(entity, how) - self._gone

    def before(self, entity: str, how: NamedNode) -> set[str]:
        """The same with those."""
        if (entity, how) not in self._before:
            rows = self.rows(entity) if how == PERSON else ()
            told = frozenset(mention for row in rows for person in row.people for mention in person.mentions)
            found = () if told else self.store.quads_for_pattern(None, how, NamedNode(entity), rdf.INDEX)
            self._before[entity, how] = told or frozenset(subject_of(quad) for quad in found)
            self._held.update(((name, how), entity) for name in self._before[entity, how])
        return set(self._before[entity, how])

    def mentioned(self, names: Iterable[str]) -> set[str]:
        """The mentions of persons in those of some claims that are still told."""
        keys = (name for name in names if "#" not in name)
        there = (key for key in keys if next(self.store.quads_for_pattern(claim_node(key), SUPPORT, None, rdf.INDEX), None))
        return {mention for key in there for mention in self.support(key).mentions}

    def known(self, entity: str, holder: str | None = None) -> Mapping[str, str] | None:
        """The claims, with sources, that the view shows for an entity whose rows or sheet, or its holder's, tell them."""
        self.spread(holder or entity)
        there = self._sheets[holder or entity]
        if not there or not self.shown(entity):
            return None
        if holder is None:
            return there
        keys = self.before(entity, THING)
        return {key: there[key] for key in keys} if keys <= there.keys() else None

    def alike(self, items: Sequence[Item], unsettled: Collection[str]) -> list[Item]:
        """What is tied to one of these items directly; nothing for one with an elder, which keeps all of that tied.

        Sources that are `unsettled` change in the same transaction: nobody in them is sure to stay.
        """
        alone = [item for item in items if self.elder(item, unsettled) is None]
        return self._resolver.alike(alone, self.mates, self.verdicts, unsettled)

    def elder(self, item: Item, unsettled: Collection[str] = ()) -> Person | None:
        """Somebody of the same full name, offices and agents whom another source named earlier.

        The two are certainly one, and what is compared is the earliest of such: whether the item is there or not, all others
        are put together alike. Only a few are looked at, and none where people decided on persons: None promises nothing.
        """
        if not isinstance(item, Person) or not self._resolver.certain(item) or not isinstance(self.verdicts, Undecided):
            return None
        for quad in islice(self.store.quads_for_pattern(None, SIGNED, signed(item), rdf.INDEX), _PROBED):
            other = self.item(subject_of(quad))
            if not isinstance(other, Person) or other.source == item.source or other.source in unsettled:
                continue
            if other.order <= item.order and other.signature == item.signature:
                return other
        return None

    def again(self, names: Iterable[str]) -> list[Item]:
        """The items of these names; from now on, a name that is told no more has no entity (`assigned`, `members`)."""
        found = []
        for name in names:
            if self._is_indexed(name):
                found.append(self.item(name))
            elif not self._is_told(name):
                self._gone.add(name)
            elif "#" not in name:
                found.append(self._items[name])
        return found

    def people(self, mentions: Collection[str]) -> list[Person]:
        """The persons whom some sources name by these mentions, the founding one first."""
        found = {name: item for name in mentions if isinstance(item := self._items.get(name), Person)}
        there = {mention for item in found.values() for mention in item.mentions}
        rest = (self.item(mention) for mention in set(mentions) - there if self._is_indexed(mention))
        found.update((item.id, item) for item in rest if isinstance(item, Person))
        return sorted(found.values(), key=lambda item: item.order)

    def held_by(self, person: str) -> list[Person]:
        """The same of the mentions that the index assigns to a person and that are still told."""
        mentions = self.members(person, PERSON)
        self.spread(person)
        return self.people(mentions)

    @property
    def gone(self) -> frozenset[str]:
        """Names given to `again` that are told no more."""
        return frozenset(self._gone)

    def _is_indexed(self, name: str) -> bool:
        how = PROFILE if "#" in name else BLOCK
        return next(self.store.quads_for_pattern(NamedNode(node_of(name)), how, None, rdf.INDEX), None) is not None

    def _is_told(self, name: str) -> bool:
        source = self.source_of(name.split("#")[0])
        items = () if source is None else self.items(source)
        return any(name == item.id or (isinstance(item, Person) and name in item.mentions) for item in items)

    def item(self, name: str) -> Item:
        """An item that is still told, by id."""
        if name not in self._items:
            if "#" in name:
                found = next(self.store.quads_for_pattern(NamedNode(node_of(name)), PROFILE, None, rdf.INDEX))
                self._items[name] = person_from(json.loads(rdf.value(found.object)), self._resolver.comparer.names)
            else:
                self._load_claim(name)
        return self._items[name]

    def _load_claim(self, key: str) -> None:
        support = self._read_support(key)
        self._supports[key] = support
        self._items[key] = Item(
            key, support.claim.kind, support.source, support.published, support.language, support.claim.fields
        )

    def _read_support(self, key: str) -> Support:
        found = next(self.store.quads_for_pattern(claim_node(key), SUPPORT, None, rdf.INDEX))
        return read_support(key, rdf.value(found.object), self.kinds)

    def _spread_all(self, names: Iterable[str]) -> None:
        """Read the sheets of the persons that hold most of some mentions: a few without one tell that there is none such."""
        misses = 0
        for name in names:
            if "#" in name and name not in self._items and misses < _MISSES:
                person = self.held(name, PERSON)
                if person is not None:
                    self.spread(person)
                misses += name not in self._items

    def spread(self, entity: str) -> None:
        """Read the rows or the sheet of an entity; what changed since they were written is left to its own entry."""
        if entity in self._sheets:
            return
        rows = self.rows(entity)
        pages = () if rows else self._pages(entity)
        told = rows or [found for quad in pages for found in read_page(quad, self.names_of_persons).values()]
        claims = [claim for each in told for claim in each.claims.values()]
        self._sheets[entity] = {claim.key: claim.source for claim in claims}
        kept = self._worded if rows else self._light
        kept.update((claim.key, claim) for claim in claims if claim.key not in self._stale)
        for person in (person for each in told for person in each.people):
            if person.id not in self._stale:
                self._items.setdefault(person.id, person)
                self._held.update(((mention, PERSON), entity) for mention in person.mentions)

    def rows(self, entity: str) -> list[Saying]:
        """The rows of a person or a tenure, as they were when the view was updated last."""
        if entity not in self._rows:
            self._rows[entity] = list(stored_rows(self.store, entity, self.kinds, self.names_of_persons))
        return self._rows[entity]

    @cached_property
    def _stale(self) -> frozenset[str]:
        """What changed since the last update of the view."""
        return frozenset(name_of(item) for item in ledger.stirred_items(self.store))

    def names(self, block: str) -> list[str]:
        """Ids of the items that share a block."""
        return sorted(subject_of(quad) for quad in self.store.quads_for_pattern(None, BLOCK, Literal(block), rdf.INDEX))
