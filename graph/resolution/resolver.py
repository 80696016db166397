"""Resolution of items: the component each belongs to, by comparing those that share a block, and the things in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from graph.resolution.blocking import keys
from graph.resolution.clustering import Cluster, Pair, clusters, pair
from graph.resolution.comparing import Comparer, Comparison
from graph.resolution.items import Item
from graph.resolution.rules import Rule

Mates = Callable[[str], Iterable[Item]]
"""The items that have a block's key."""


class Resolver:
    """Resolves items of any kind under one set of rules; the result depends on the set of items alone."""

    def __init__(self, comparer: Comparer) -> None:
        self.comparer, self.rules = comparer, comparer.rules

    def rule(self, kind: str) -> Rule | None:
        """The rule of a kind; None for what is never joined across sources."""
        return self.rules.by_kind.get(kind)

    def keys(self, item: Item) -> tuple[str, ...]:
        """The blocks of an item; none for a kind that is never joined."""
        rule = self.rule(item.kind)
        return () if rule is None else keys(item, rule, self.comparer.names, self.rules.names.single_offices)

    def resolve(self, seeds: Sequence[Item], mates: Mates) -> list[Cluster]:
        """The clusters of every component that holds a seed: alike items, directly or through others, and nothing else."""
        found: list[Cluster] = []
        seen: set[str] = set()
        for seed in sorted(seeds, key=lambda item: item.order):
            if seed.id not in seen:
                component = self._component(seed, mates)
                seen |= {cluster_item.id for cluster in component for cluster_item in cluster}
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

    def _component(self, seed: Item, mates: Mates) -> list[Cluster]:
        rule = self.rule(seed.kind)
        if rule is None:
            return [[seed]]
        compared = self._compared(rule)
        members, edges, queue = {seed.id: seed}, dict[Pair, float](), [seed]
        while queue:
            item = queue.pop()
            for mate in self._mates(item, mates):
                found = compared(item, mate)
                if found.score < rule.threshold or found.apart:
                    continue
                edges[pair(item, mate)] = found.score
                if mate.id not in members:
                    members[mate.id] = mate
                    queue.append(mate)
        return clusters(members.values(), edges, compared, self.rules.margin)

    def _mates(self, item: Item, mates: Mates) -> Iterable[Item]:
        found = {mate.id: mate for key in self.keys(item) for mate in mates(key)}
        found.pop(item.id, None)
        return found.values()

    def _compared(self, rule: Rule) -> Callable[[Item, Item], Comparison]:
        cache: dict[Pair, Comparison] = {}

        def compared(one: Item, other: Item) -> Comparison:
            ends = pair(one, other)
            if ends not in cache:
                cache[ends] = self.comparer.compare(one, other, rule)
            return cache[ends]

        return compared


def is_session(item: Item) -> bool:
    """Whether a claim on a commission tells of a session: it counts it, or dates something other than the founding."""
    return item.fields.get("session") is not None or (item.date() is not None and item.text("status") != "established")
