"""States as a weighted network by period: who is central, who forms a bloc with whom. By networkx and numpy, seeded."""

from __future__ import annotations

import itertools
import os
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graph.asking.steps.gathered import Gathered, Row, Values
from graph.errors import BadQuery

if TYPE_CHECKING:
    import networkx

# Of matrices of some hundred states, threads of the linear algebra only wait for each other, and for other requests.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

_SEED = 1648
_DIGITS = 6


def centrality(gathered: Gathered, values: Values) -> list[Row]:
    """One row a period and state, the most central first.

    degree: number of partners. strength: facts shared with them (Barrat and others, PNAS 101:11, 2004). eigenvector: of the
    weighted adjacency matrix of the largest component, 0 outside it, scaled so that the greatest is 1 (Bonacich, 1972).
    betweenness: share of the shortest paths, unweighted, between two others that run through it (Freeman, 1977; Brandes, 2001).
    """
    state = _code(values)
    rows: list[Row] = []
    for period, graph in _periods(gathered, values):
        vector, between = _eigenvector(graph), betweenness(graph)
        ranks = {score: 1 + sum(other > score for other in vector.values()) for score in set(vector.values())}
        for node in sorted(graph, key=lambda node: (-vector[node], node)):
            if state in ("", node):
                strength = sum(data["weight"] for _, _, data in graph.edges(node, data=True))
                found = (graph.degree[node], strength, vector[node], between[node], ranks[vector[node]])
                rows.append((period, node, *found, tuple(sorted(graph[node]))))
    return rows


def communities(gathered: Gathered, values: Values) -> list[Row]:
    """One row a period and state: its bloc by Louvain's method (Blondel and others, 2008), seeded, on facts shared.

    A bloc is named after its member of greatest strength (then the first by code); it is the bloc of the period before with
    which it shares most members relative to their union (Jaccard), each matched once, the best match first, and keeps its name.
    """
    state = _code(values)
    rows: list[Row] = []
    before: dict[str, frozenset[str]] = {}
    for period, graph in _periods(gathered, values):
        blocs, modularity = _blocs(graph, before)
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


def _periods(gathered: Gathered, values: Values) -> Iterator[tuple[int, networkx.Graph[str]]]:
    """Networks of periods of `years` years; the first starts in a year that `years` divides."""
    import networkx

    years = int(values["years"])
    if not 1 <= years <= 1000:
        raise BadQuery(f"years: {years} is no length of a period; choose 1 to 1000")
    weights: dict[int, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for row in gathered:
        weights[row["year"] // years * years][row["one"], row["other"]] += row["weight"]
    for period, edges in sorted(weights.items()):
        graph = networkx.Graph()
        graph.add_nodes_from(sorted({node for edge in edges for node in edge}))
        graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in sorted(edges.items()))
        yield period, graph


def _eigenvector(graph: networkx.Graph[str]) -> dict[str, float]:
    import networkx
    import numpy

    largest = min(networkx.connected_components(graph), key=lambda nodes: (-len(nodes), min(nodes)))
    nodes = sorted(largest)
    _, vectors = numpy.linalg.eigh(networkx.to_numpy_array(graph, nodelist=nodes))
    leading = numpy.abs(vectors[:, -1])
    scaled = dict(zip(nodes, (leading / leading.max()).tolist(), strict=True))
    return {node: round(scaled.get(node, 0.0), _DIGITS) for node in graph}


def betweenness(graph: networkx.Graph[str]) -> dict[str, float]:
    """Brandes's sums for all sources at once, as products of matrices: what networkx says, some thirty times as fast."""
    import networkx
    import numpy

    nodes, size = list(graph), len(graph)
    ties = networkx.to_numpy_array(graph, nodelist=nodes, weight=None)
    paths = reached = numpy.eye(size)
    levels = [reached]
    while reached.any():
        reached = (reached @ ties) * (paths == 0)
        paths = paths + reached
        levels.append(reached)
    depends = numpy.zeros((size, size))
    for nearer, farther in reversed(list(itertools.pairwise(levels[1:]))):
        shares = numpy.divide(1 + depends, farther, out=numpy.zeros_like(farther), where=farther > 0)
        depends += (shares @ ties) * nearer
    pairs = max(1, (size - 1) * (size - 2))
    return {node: round(total / pairs, _DIGITS) for node, total in zip(nodes, depends.sum(axis=0).tolist(), strict=True)}


def _blocs(graph: networkx.Graph[str], before: dict[str, frozenset[str]]) -> tuple[dict[str, frozenset[str]], float]:
    import networkx

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
        ranked = sorted(bloc, key=lambda node: (-sum(data["weight"] for _, _, data in graph.edges(node, data=True)), node))
        named[next((node for node in ranked if node not in named and node not in before), f"{ranked[0]}′")] = bloc
    return named, modularity
