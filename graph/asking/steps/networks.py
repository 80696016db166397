"""States as a weighted network by period: who is central, who forms a bloc with whom. By networkx and numpy, seeded."""

from __future__ import annotations

import itertools
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from graph.asking.steps.gathered import Gathered, Row, Values
from graph.errors import BadQuery

if TYPE_CHECKING:
    import networkx
    from numpy.typing import NDArray

    Matrix = NDArray[Any]

# Of matrices of some hundred states, threads of the linear algebra only wait for each other, and for other requests.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

Edges = Mapping[tuple[str, str], int]
"""By the codes of the two ends, in alphabetical order: the facts that they share."""

_SEED = 1648
_DIGITS = 6


def centrality(gathered: Gathered, values: Values) -> Iterator[Row]:
    """One row a period and state, the most central first.

    degree: number of partners. strength: facts shared with them (Barrat and others, PNAS 101:11, 2004). eigenvector: of the
    weighted adjacency matrix of the largest component, 0 outside it, scaled so that the greatest is 1 (Bonacich, 1972).
    betweenness: share of the shortest paths, unweighted, between two others that run through it (Freeman, 1977; Brandes, 2001).
    """
    state = _code(values)
    for period, edges in _periods(gathered, values):
        nodes, weights = _matrix(edges)
        degrees, strengths = (weights > 0).sum(axis=0).tolist(), weights.sum(axis=0).astype(int).tolist()
        vector, between = eigenvector(weights), betweenness(weights > 0)
        ranks = {score: place for place, score in reversed(list(enumerate(sorted(vector, reverse=True), start=1)))}
        for place in sorted(range(len(nodes)), key=lambda place: (-vector[place], nodes[place])):
            if state in ("", nodes[place]):
                found = (degrees[place], strengths[place], vector[place], between[place], ranks[vector[place]])
                yield (period, nodes[place], *found, tuple(itertools.compress(nodes, weights[place] > 0)))


def communities(gathered: Gathered, values: Values) -> list[Row]:
    """One row a period and state: its bloc by Louvain's method (Blondel and others, 2008), seeded, on facts shared.

    A bloc is named after its member of greatest strength (then the first by code); it is the bloc of the period before with
    which it shares most members relative to their union (Jaccard), each matched once, the best match first, and keeps its name.
    """
    state = _code(values)
    rows: list[Row] = []
    before: dict[str, frozenset[str]] = {}
    for period, edges in _periods(gathered, values):
        blocs, modularity = _blocs(edges, before)
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
    """Networks of periods of `years` years; the first starts in a year that `years` divides."""
    years = int(values["years"])
    if not 1 <= years <= 1000:
        raise BadQuery(f"years: {years} is no length of a period; choose 1 to 1000")
    weights: dict[int, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for year, one, other, weight in gathered.picked("year", "one", "other", "weight"):
        weights[year // years * years][one, other] += weight
    yield from sorted(weights.items())


def _nodes(edges: Edges) -> list[str]:
    return sorted(set(itertools.chain.from_iterable(edges)))


def _matrix(edges: Edges) -> tuple[list[str], Matrix]:
    """The nodes in order, and the weights between them, in both directions."""
    import numpy

    nodes = _nodes(edges)
    places = {node: place for place, node in enumerate(nodes)}
    ones, others = ([places[edge[end]] for edge in edges] for end in (0, 1))
    weights = numpy.zeros((len(nodes), len(nodes)))
    weights[ones, others] = weights[others, ones] = list(edges.values())
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


def _blocs(edges: Edges, before: dict[str, frozenset[str]]) -> tuple[dict[str, frozenset[str]], float]:
    import networkx

    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(_nodes(edges))
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in sorted(edges.items()))
    found: Any = networkx.community.louvain_communities(graph, weight="weight", seed=_SEED)
    blocs = sorted((frozenset(bloc) for bloc in found), key=min)
    modularity = round(networkx.community.modularity(graph, blocs, weight="weight"), _DIGITS)
    named: dict[str, frozenset[str]] = {}
    left = list(blocs)
    matches = ((len(bloc & old) / len(bloc | old), name, bloc) for name, old in before.items() for bloc in blocs if bloc & old)
    for _, name, bloc in sorted(matches, key=lambda match: (-match[0], match[1], min(match[2]))):
        if name not in named and bloc in left:
            named[name] = bloc
            left.remove(bloc)
    for bloc in left:
        ranked = sorted(bloc, key=lambda node: (-graph.degree(node, weight="weight"), node))
        named[next((node for node in ranked if node not in named and node not in before), f"{ranked[0]}′")] = bloc
    return named, modularity
