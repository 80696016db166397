"""From likenesses of pairs to things: connected components, never holding two members that are known to differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from graph.resolution.comparing import Comparison
from graph.resolution.items import Item

Pair = tuple[str, str]
Compare = Callable[[Item, Item], Comparison]
Cluster = list[Item]


def pair(one: Item, other: Item) -> Pair:
    """The two ids in order."""
    return (one.id, other.id) if one.id < other.id else (other.id, one.id)


def clusters(items: Iterable[Item], edges: Mapping[Pair, float], compare: Compare, margin: float) -> list[Cluster]:
    """Split a component of alike items into things; members in founding order, clusters by their founder.

    The most precise items form things first. The vaguer ones are joined among themselves, then to the one thing they fit;
    where they fit several about equally well they stay apart, so that an undated claim never ties two dated ones together.
    """
    by_level: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        by_level[item.level].append(item)
    formed: list[Cluster] = []
    for level in sorted(by_level, reverse=True):
        joined = _agglomerated(sorted(by_level[level], key=lambda item: item.order), edges, compare)
        formed = _attached(formed, joined, edges, compare, margin)
    return sorted((sorted(cluster, key=lambda item: item.order) for cluster in formed), key=lambda cluster: cluster[0].order)


def _agglomerated(items: Sequence[Item], edges: Mapping[Pair, float], compare: Compare) -> list[Cluster]:
    """Join along the strongest likenesses first; a join that would hold two differing members is not made."""
    home = {item.id: [item] for item in items}
    within = [(ends, score) for ends, score in edges.items() if ends[0] in home and ends[1] in home]
    for (one, other), _ in sorted(within, key=lambda edge: (-edge[1], edge[0])):
        mine, theirs = home[one], home[other]
        if mine is not theirs and _may_join(mine, theirs, compare):
            mine += theirs
            home.update((item.id, mine) for item in theirs)
    return list({id(cluster): cluster for cluster in home.values()}.values())


def _attached(
    formed: list[Cluster], vaguer: list[Cluster], edges: Mapping[Pair, float], compare: Compare, margin: float
) -> list[Cluster]:
    offers = [(cluster, _candidates(cluster, formed, edges)) for cluster in vaguer]
    offers.sort(key=lambda offer: (-offer[1][0][0] if offer[1] else 0.0, min(item.order for item in offer[0])))
    alone = []
    for cluster, candidates in offers:
        fitting = [(score, target) for score, target in candidates if _may_join(cluster, target, compare)]
        if fitting and (len(fitting) == 1 or fitting[0][0] - fitting[1][0] >= margin):
            fitting[0][1].extend(cluster)
        else:
            alone.append(cluster)
    return formed + alone


def _candidates(cluster: Cluster, formed: list[Cluster], edges: Mapping[Pair, float]) -> list[tuple[float, Cluster]]:
    found = []
    for target in formed:
        scores = [edges[ends] for one in cluster for other in target if (ends := pair(one, other)) in edges]
        if scores:
            found.append((max(scores), target))
    return sorted(found, key=lambda offer: (-offer[0], min(item.order for item in offer[1])))


def _may_join(mine: Cluster, theirs: Cluster, compare: Compare) -> bool:
    return not any(compare(one, other).apart for one in mine for other in theirs)
