"""Centrality by matrices is what networkx says."""

import networkx
import pytest

from graph.asking.steps.networks import betweenness


@pytest.mark.parametrize(
    "graph",
    [
        networkx.empty_graph(1),
        networkx.path_graph(2),
        networkx.path_graph(30),
        networkx.star_graph(8),
        networkx.karate_club_graph(),
        networkx.gnp_random_graph(60, 0.03, seed=2),
        networkx.gnp_random_graph(120, 0.2, seed=3),
    ],
    ids=["alone", "two", "path", "star", "club", "in pieces", "dense"],
)
def test_betweenness_is_that_of_networkx(graph: networkx.Graph) -> None:
    networkx.set_edge_attributes(graph, 5, "weight")  # it is of the ties, not of their weights
    assert betweenness(graph) == pytest.approx(networkx.betweenness_centrality(graph), abs=1e-6)
