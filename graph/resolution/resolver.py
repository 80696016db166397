"""Resolution of items: the component each belongs to, by comparing those that share a block, and the things in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence

from graph.resolution.blocking import Blocking
from graph.resolution.clustering import Cluster, Pair, clusters, pair
from graph.resolution.comparing import Comparer, Comparison
from graph.resolution.items import Item, Person
from graph.resolution.rules import Rule
from graph.resolution.verdicts import Bonds, Undecided, Verdicts, verdict

Mates = Callable[[str], Iterable[Item]]
"""The items that have a block's key; each item is among the mates of its own keys."""
Grouped = Callable[[str], list[list[Item]]]
UNDECIDED = Undecided()


class Resolver:
    """Resolves items of any kind under one set of rules; the result depends on the set of items alone."""

    def __init__(self, comparer: Comparer) -> None:
        self.comparer, self.rules = comparer, comparer.rules
        self._blocking = Blocking(comparer.rules, comparer.names)

    def rule(self, kind: str) -> Rule | None:
        """The rule of a kind; None for what is never joined across sources."""
        return self.rules.by_kind.get(kind)

    def keys(self, item: Item) -> tuple[str, ...]:
        """The blocks that an item is found under; none for a kind that is never joined."""
        rule = self.rule(item.kind)
        return () if rule is None else self._blocking.homes(item, rule)

    def certain(self, item: Person) -> bool:
        """Whether an equal mention is certainly the same person."""
        return item.name.full

    def resolve(self, seeds: Sequence[Item], mates: Mates, verdicts: Verdicts = UNDECIDED) -> list[Cluster]:
        """The clusters of every component that holds a seed: alike items, directly or through others, and nothing else."""
        found: list[Cluster] = []
        seen: set[str] = set()
        grouped = self._grouped(mates, verdicts)
        for seed in sorted(seeds, key=lambda item: item.order):
            if seed.id not in seen:
                component = self._component(seed, grouped, verdicts)
                seen |= {item.id for cluster in component for item in cluster}
                found += component
        return found

    def resolve_all(self, items: Sequence[Item]) -> list[Cluster]:
        """The clusters of a whole set of items."""
        blocks: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            for key in self.keys(item):
                blocks[key].append(item)
        return self.resolve(items, lambda key: blocks.get(key, ()))

    def sessions(self, commission: Cluster) -> list[Cluster]:
        """The sessions of one commission: its claims that give an ordinal or a date, joined by them."""
        rule = self.rules.by_kind["session"]
        held = [item for item in commission if is_session(item)]
        compared = self._compared(rule)
        edges = {
            pair(one, other): found.score
            for number, one in enumerate(held)
            for other in held[:number]
            if (found := compared(one, other)).score >= rule.threshold and not found.apart
        }
        return clusters(held, edges, compared, self.rules.margin)

    def alike(
        self, items: Sequence[Item], mates: Mates, verdicts: Verdicts = UNDECIDED, unsettled: Container[str] = ()
    ) -> list[Item]:
        """What is tied to one of the items directly: what may be another thing when these change or go.

        Of like mates the eldest stands for all; where its source is `unsettled`, for it may change too, the next ones as well.
        """
        found: dict[str, Item] = {}
        changing = {item.id for item in items}
        for item in items:
            rule = self.rule(item.kind)
            if rule is not None:
                compared = self._compared(rule, verdicts)
                there = {mate.id: mate for key in self._sought(item) for mate in mates(key)}
                there |= {name: verdicts.item(name) for name in verdicts.decided(item)}
                groups: dict[object, list[Item]] = defaultdict(list)
                for mate in sorted(there.values(), key=_order):
                    if mate.id not in changing:
                        groups[self._like(mate, verdicts)].append(mate)
                for group in groups.values():
                    likeness = compared(item, group[0])
                    if likeness.score >= rule.threshold and not likeness.apart:
                        found.update((mate.id, mate) for mate in _spoken_for(group, unsettled))
        return sorted(found.values(), key=_order)

    def _component(self, seed: Item, grouped: Grouped, verdicts: Verdicts) -> list[Cluster]:
        rule = self.rule(seed.kind)
        if rule is None:
            return [[seed]]
        compared, groups = self._compared(rule, verdicts), dict[str, list[Item]]()
        near = self._neighbours
        start = next(group for group in near(seed, grouped, verdicts) if any(item.id == seed.id for item in group))
        members, edges, queue = {start[0].id: start[0]}, dict[Pair, float](), [start[0]]
        groups[start[0].id] = start
        while queue:
            item = queue.pop()
            for group in near(item, grouped, verdicts):
                mate = group[0]
                if mate.id == item.id or (found := compared(item, mate)).score < rule.threshold or found.apart:
                    continue
                edges[pair(item, mate)] = found.score
                if mate.id not in members:
                    members[mate.id], groups[mate.id] = mate, group
                    queue.append(mate)
        bonds = Bonds(members.values(), verdicts)
        found_clusters = clusters(members.values(), edges, compared, self.rules.margin, bonds)
        return [sorted((one for item in cluster for one in groups[item.id]), key=_order) for cluster in found_clusters]

    def _neighbours(self, item: Item, grouped: Grouped, verdicts: Verdicts) -> Iterable[list[Item]]:
        """What shares a block with an item, and what people say is the same thing."""
        found = {group[0].id: group for key in self._sought(item) for group in grouped(key)}
        found |= {name: [verdicts.item(name)] for name, same in verdicts.decided(item).items() if same and name not in found}
        return found.values()

    def _sought(self, item: Item) -> tuple[str, ...]:
        rule = self.rule(item.kind)
        return () if rule is None else self._blocking.sought(item, rule)

    def _grouped(self, mates: Mates, verdicts: Verdicts) -> Grouped:
        """Blocks with like items taken together: a name said a thousand times is compared once."""
        cache: dict[str, list[list[Item]]] = {}

        def grouped(key: str) -> list[list[Item]]:
            if key not in cache:
                groups: dict[object, list[Item]] = defaultdict(list)
                for item in sorted(mates(key), key=_order):
                    groups[self._like(item, verdicts)].append(item)
                cache[key] = list(groups.values())
            return cache[key]

        return grouped

    def _like(self, item: Item, verdicts: Verdicts) -> object:
        """What is equal for items taken together; nobody who was decided on is."""
        return item.id if verdicts.decided(item) else self._sameness(item)

    def _sameness(self, item: Item) -> object:
        """Equal for persons whose equal mentions are certainly one; a bare family name alone is not certain."""
        rule = self.rule(item.kind)
        if rule is None or not isinstance(item, Person) or not self.certain(item):
            return item.id
        return item.signature

    def _compared(self, rule: Rule, verdicts: Verdicts = UNDECIDED) -> Callable[[Item, Item], Comparison]:
        cache: dict[Pair, Comparison] = {}

        def compared(one: Item, other: Item) -> Comparison:
            ends = pair(one, other)
            if ends not in cache:
                cache[ends] = verdict(one, other, verdicts) or self.comparer.joined(one, other, rule)
            return cache[ends]

        return compared


def is_session(item: Item) -> bool:
    """Whether a claim on a commission tells of a session: it counts it, or dates something other than the founding."""
    return item.fields.get("session") is not None or (item.date() is not None and item.text("status") != "established")


def _spoken_for(group: Sequence[Item], unsettled: Container[str]) -> Iterator[Item]:
    """The first of like items that is sure to stay, and those before it."""
    for item in group:
        yield item
        if item.source not in unsettled:
            return


def _order(item: Item) -> tuple[str, str]:
    return item.order
