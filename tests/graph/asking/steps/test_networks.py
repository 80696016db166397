"""Centrality by matrices is what networkx says."""

import networkx
import pytest

from graph.asking.steps import networks
from graph.asking.steps.gathered import Gathered
from graph.asking.steps.networks import betweenness, centrality, eigenvector

GRAPHS = {
    "alone": networkx.empty_graph(1),
    "two": networkx.path_graph(2),
    "path": networkx.path_graph(30),
    "star": networkx.star_graph(8),
    "club": networkx.karate_club_graph(),
    "in pieces": networkx.gnp_random_graph(60, 0.03, seed=2),
    "dense": networkx.gnp_random_graph(120, 0.2, seed=3),
}
each_graph = pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)


@each_graph
def test_betweenness_is_that_of_networkx(graph: networkx.Graph) -> None:
    ties = networkx.to_numpy_array(graph, weight=None) > 0
    expected = networkx.betweenness_centrality(graph)
    assert betweenness(ties) == pytest.approx([expected[node] for node in graph], abs=1e-6)


@each_graph
def test_the_eigenvector_is_that_of_the_largest_component_in_networkx(graph: networkx.Graph) -> None:
    largest = min(networkx.connected_components(graph), key=lambda nodes: (-len(nodes), min(nodes)))
    expected = networkx.eigenvector_centrality(graph.subgraph(largest), max_iter=5000, tol=1e-10, weight="weight")
    most = max(expected.values())
    scores = eigenvector(networkx.to_numpy_array(graph, weight="weight"))
    assert scores == pytest.approx([expected.get(node, 0) / most for node in graph], abs=1e-5)


def test_a_year_that_no_new_source_tells_of_is_not_reckoned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    networks._ranked.cache_clear()
    reckoned: list[int] = []
    monkeypatch.setattr(networks, "betweenness", lambda ties: reckoned.append(len(ties)) or betweenness(ties))
    rows = ((2001, None, "FRA", "MAR", 2), (2001, None, "FRA", "TUN", 1), (2002, None, "FRA", "MAR", 3))
    more = ((2002, None, "MAR", "TUN", 1),)
    columns, asked = ("year", "ended", "one", "other", "weight"), {"state": "", "years": 1, "since": "", "until": ""}
    first, same, grown = (
        list(centrality(Gathered(columns, told), asked)) for told in (rows, tuple(reversed(rows)), rows + more)
    )
    networks._ranked.cache_clear()
    assert first == same
    assert reckoned == [3, 2, 3]
    assert [row[1] for row in grown] == ["FRA", "MAR", "TUN", "MAR", "FRA", "TUN"]
