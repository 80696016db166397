"""States as a weighted network by period: who is central, who forms a bloc with whom. By networkx and numpy, seeded."""

from __future__ import annotations

import functools
import itertools
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graph.asking.steps.gathered import Gathered, Row, Values
from graph.errors import BadQuery

if TYPE_CHECKING:
    import networkx
    from numpy.typing import NDArray

    Matrix = NDArray[Any]

# Of matrices of some hundred states, threads of the linear algebra only wait for each other, and for other requests.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

Edges = tuple[tuple[str, str, int], ...]
"""The codes of two ends, in alphabetical order, and how many facts they share; sorted."""

_SEED = 1648
_DIGITS = 6
_OPEN = 9999
"""The year in which what is not told to have ended ends."""
_KEPT = 128  # networks whose figures are kept: a year that no new source tells of is not reckoned again; some 50 MB at most


def centrality(gathered: Gathered, values: Values) -> Iterator[Row]:
    """One row a period and state, the most central first.

    degree: number of partners. strength: facts shared with them (Barrat and others, PNAS 101:11, 2004). eigenvector: of the
    weighted adjacency matrix of the largest component, 0 outside it, scaled so that the greatest is 1 (Bonacich, 1972).
    betweenness: share of the shortest paths, unweighted, between two others that run through it (Freeman, 1977; Brandes, 2001).
    """
    state = _code(values)
    for period, edges in _periods(gathered, values):
        yield from ((period, *row) for row in _ranked(edges) if state in ("", row[0]))


@functools.lru_cache(maxsize=_KEPT)
def _ranked(edges: Edges) -> tuple[Row, ...]:
    """The rows of a period, but for the period."""
    nodes, weights = _matrix(edges)
    degrees, strengths = (weights > 0).sum(axis=0).tolist(), weights.sum(axis=0).astype(int).tolist()
    vector, between = eigenvector(weights), betweenness(weights > 0)
    ranks = {score: place for place, score in reversed(list(enumerate(sorted(vector, reverse=True), start=1)))}
    partners = [tuple(itertools.compress(nodes, ties)) for ties in weights > 0]
    told = zip(nodes, degrees, strengths, vector, between, (ranks[score] for score in vector), partners, strict=True)
    return tuple(sorted(told, key=lambda row: (-row[3], row[0])))


def communities(gathered: Gathered, values: Values) -> list[Row]:
    """One row a period and state: its bloc by Louvain's method (Blondel and others, 2008), seeded, on facts shared.

    A bloc is named after its member of greatest strength (then the first by code); it is the bloc of the period before with
    which it shares most members relative to their union (Jaccard), each matched once, the best match first, and keeps its name.
    """
    state = _code(values)
    rows: list[Row] = []
    before: dict[str, frozenset[str]] = {}
    for period, edges in _periods(gathered, values):
        found, modularity = _partition(edges)
        blocs = _named(found, edges, before)
        names = {member: name for name, members in before.items() for member in members}
        for name, members in sorted(blocs.items()):
            for member in sorted(members):
                change = "new" if member not in names else "stayed" if names[member] == name else "moved"
                if state in ("", member):
                    others = tuple(sorted(members - {member}))
                    rows.append((period, member, name, len(members), names.get(member), change, modularity, others))
        before = blocs
    return rows


def _code(values: Values) -> str:
    return str(values["state"]).rpartition("/")[2]


def _periods(gathered: Gathered, values: Values) -> Iterator[tuple[int, Edges]]:
    """Networks of periods of `years` years; the first starts in a year that `years` divides.

    What stands (a mission) ties its ends in each period at the end of a year of which it is still there, others once.
    """
    years = int(values["years"])
    if not 1 <= years <= 1000:
        raise BadQuery(f"years: {years} is no length of a period; choose 1 to 1000")
    weights: dict[int, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for year, last, one, other, weight in _spans(gathered, values):
        for period in range(year // years * years, last + 1, years):
            weights[period][one, other] += weight
    for period, shared in sorted(weights.items()):
        yield period, tuple(sorted((sys.intern(one), sys.intern(other), weight) for (one, other), weight in shared.items()))


def _spans(gathered: Gathered, values: Values) -> Iterator[tuple[int, int, str, str, int]]:
    """Of each row the first and the last year in which it counts, its ends and its weight; until the last year told of."""
    since, until = (int(str(values[name])[:4]) if values[name] else None for name in ("since", "until"))
    told = [year for years in gathered.picked("year", "ended") for year in years if year is not None and year != _OPEN]
    horizon = until if until is not None else max(told, default=0)
    for year, ended, one, other, weight in gathered.picked("year", "ended", "one", "other", "weight"):
        if ended is None:
            yield year, year, one, other, weight
        else:
            yield max(year, since or year), min(ended - 1, horizon), one, other, weight


def _matrix(edges: Edges) -> tuple[list[str], Matrix]:
    """The nodes in order, and the weights between them, in both directions."""
    import numpy

    nodes = sorted({node for edge in edges for node in edge[:2]})
    places = {node: place for place, node in enumerate(nodes)}
    ones, others = [places[one] for one, _, _ in edges], [places[other] for _, other, _ in edges]
    weights = numpy.zeros((len(nodes), len(nodes)))
    weights[ones, others] = weights[others, ones] = [weight for *_, weight in edges]
    return nodes, weights


def eigenvector(weights: Matrix) -> list[float]:
    """The leading eigenvector of the largest component, of equals that of the first node; 0 outside it, 1 at most."""
    import numpy

    places = _largest(weights > 0)
    _, vectors = numpy.linalg.eigh(weights[numpy.ix_(places, places)])
    leading = numpy.abs(vectors[:, -1])
    scores = numpy.zeros(len(weights))
    scores[places] = leading / leading.max()
    return [round(score, _DIGITS) for score in scores.tolist()]


def _largest(ties: Matrix) -> list[int]:
    """The places of the largest component, in order."""
    import numpy

    left, largest = set(range(len(ties))), set[int]()
    while len(left) > len(largest):
        component, edge = set[int](), {min(left)}
        while edge:
            component |= edge
            edge = set(numpy.flatnonzero(ties[sorted(edge)].any(axis=0)).tolist()) - component
        left -= component
        largest = max(largest, component, key=len)
    return sorted(largest)


def betweenness(ties: Matrix) -> list[float]:
    """Brandes's sums for all sources at once, as products of matrices: what networkx says, some thirty times as fast."""
    import numpy

    size, near = len(ties), ties.astype(float)
    levels = [near]
    paths = numpy.eye(size) + near
    while (farther := (levels[-1] @ near) * (paths == 0)).any():
        paths += farther
        levels.append(farther)
    depends = numpy.zeros((size, size))
    for nearer, farther in reversed(list(itertools.pairwise(levels))):
        depends += ((1 + depends) / numpy.where(farther, farther, numpy.inf) @ near) * nearer
    pairs = max(1, (size - 1) * (size - 2))
    return [round(total / pairs, _DIGITS) for total in depends.sum(axis=0).tolist()]


@functools.lru_cache(maxsize=_KEPT)
def _partition(edges: Edges) -> tuple[tuple[frozenset[str], ...], float]:
    """The blocs of a period, by their first members, and the modularity of that partition."""
    import networkx

    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(sorted({node for edge in edges for node in edge[:2]}))
    graph.add_weighted_edges_from(edges)
    found: Any = networkx.community.louvain_communities(graph, weight="weight", seed=_SEED)
    blocs = tuple(sorted((frozenset(bloc) for bloc in found), key=min))
    return blocs, round(networkx.community.modularity(graph, blocs, weight="weight"), _DIGITS)


def _named(blocs: tuple[frozenset[str], ...], edges: Edges, before: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    named: dict[str, frozenset[str]] = {}
    left = list(blocs)
    matches = ((len(bloc & old) / len(bloc | old), name, bloc) for name, old in before.items() for bloc in blocs if bloc & old)
    for _, name, bloc in sorted(matches, key=lambda match: (-match[0], match[1], min(match[2]))):
        if name not in named and bloc in left:
            named[name] = bloc
            left.remove(bloc)
    strengths: Counter[str] = Counter()
    for one, other, weight in edges:
        strengths[one] += weight
        strengths[other] += weight
    for bloc in left:
        ranked = sorted(bloc, key=lambda node: (-strengths[node], node))
        named[next((node for node in ranked if node not in named and node not in before), f"{ranked[0]}′")] = bloc
    return named
