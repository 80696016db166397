"""From likenesses of pairs to things: connected components, never holding two members that are known to differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from graph.resolution.comparing import Comparison
from graph.resolution.items import Item
from graph.resolution.verdicts import Bonds, Undecided

Pair = tuple[str, str]
Compare = Callable[[Item, Item], Comparison]
Cluster = list[Item]


def pair(one: Item, other: Item) -> Pair:
    """The two ids in order."""
    return (one.id, other.id) if one.id < other.id else (other.id, one.id)


def clusters(
    items: Iterable[Item], edges: Mapping[Pair, float], compare: Compare, margin: float, bonds: Bonds | None = None
) -> list[Cluster]:
    """Split a component of alike items into things; members in founding order, clusters by their founder.

    The most precise items form things first. The vaguer ones are joined among themselves, then to the one thing they fit;
    where they fit several about equally well they stay apart, so that an undated claim never ties two dated ones together.
    Items that people say are one (`bonds`) are one from the start, at the level of the most precise of them.
    """
    every = list(items)
    bonds = bonds or Bonds(every, Undecided())
    guard = _Guard(compare, bonds)
    by_level: dict[int, list[Item]] = defaultdict(list)
    for item in every:
        by_level[max(each.level for each in bonds.of(item))].append(item)
    formed: list[Cluster] = []
    for level in sorted(by_level, reverse=True):
        joined = _agglomerated(sorted(by_level[level], key=lambda item: item.order), edges, guard)
        formed = _attached(formed, joined, edges, guard, margin)
    return sorted((sorted(cluster, key=lambda item: item.order) for cluster in formed), key=lambda cluster: cluster[0].order)


class _Guard:
    """Whether two clusters may be one: no member of the one differs from any of the other."""

    def __init__(self, compare: Compare, bonds: Bonds) -> None:
        self._compare, self.bonds = compare, bonds

    def may_join(self, mine: Cluster, theirs: Cluster) -> bool:
        """What people say differs never is; what only comparing keeps apart may be, where they say that its likes are one."""
        return not any(self._apart(one, other) for one in mine for other in theirs)

    def _apart(self, one: Item, other: Item) -> bool:
        if self.bonds.apart(one, other):
            return True
        return all(self._compare(mine, theirs).apart for mine in self.bonds.of(one) for theirs in self.bonds.of(other))


def _agglomerated(items: Sequence[Item], edges: Mapping[Pair, float], guard: _Guard) -> list[Cluster]:
    """Join along the strongest likenesses first; a join that would hold two differing members is not made."""
    home: dict[str, Cluster] = {}
    for item in items:
        if item.id not in home:
            together = list(guard.bonds.of(item))
            home.update((each.id, together) for each in together)
    within = [(ends, score) for ends, score in edges.items() if ends[0] in home and ends[1] in home]
    for (one, other), _ in sorted(within, key=lambda edge: (-edge[1], edge[0])):
        mine, theirs = home[one], home[other]
        if mine is not theirs and guard.may_join(mine, theirs):
            mine += theirs
            home.update((item.id, mine) for item in theirs)
    return list({id(cluster): cluster for cluster in home.values()}.values())


def _attached(
    formed: list[Cluster], vaguer: list[Cluster], edges: Mapping[Pair, float], guard: _Guard, margin: float
) -> list[Cluster]:
    offers = [(cluster, _candidates(cluster, formed, edges)) for cluster in vaguer]
    offers.sort(key=lambda offer: (-offer[1][0][0] if offer[1] else 0.0, min(item.order for item in offer[0])))
    alone = []
    for cluster, candidates in offers:
        fitting = [(score, target) for score, target in candidates if guard.may_join(cluster, target)]
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
