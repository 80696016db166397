"""A network as what vis-network draws: pyvis makes nodes and edges, networkx their places; nothing moves on its own."""

from __future__ import annotations

import json
from typing import Any

from graph.asking.network import Network, Node
from graph.model.iri import short
from graph.model.terms import Ontology, load_ontology

_SEED = 1648
_ITERATIONS = 100
_SLOW_ABOVE = 400  # nodes; from there on fewer rounds, so that a view of 5,000 nodes takes seconds
_SPREAD = 60.0  # pixels between neighbours, about
_SHORT = 40

_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "keyboard": {"enabled": True, "bindToWindow": False}, "tooltipDelay": 150},
    "edges": {"arrows": {"to": {"enabled": True, "scaleFactor": 0.5}}, "smooth": False, "color": {"inherit": "from"}},
    "nodes": {"font": {"size": 14}, "borderWidth": 1},
}


def drawn(network: Network, language: str = "fr") -> dict[str, Any]:
    """`{centre, nodes, edges, options, legend, truncated}` of JSON's kinds.

    A node has id (IRI), label, title (both plain text), kind, date, color, shape, size, x, y; an edge has id, from, to, label,
    title and `fact`, the short id of the fact whose evidence says so. The same network gives the same places.
    """
    from pyvis.network import Network as Drawing  # slow to import, and seldom needed

    ontology = load_ontology()
    drawing = Drawing(directed=True)
    places = _places(network)
    degree = _degrees(network)
    for node in network.nodes:
        x, y = places[node.iri]
        drawing.add_node(
            node.iri,
            label=_cut(node.labels[language]),
            title=_title(node, ontology, language),
            color=ontology.colour(node.kind),
            shape=ontology.shape(node.kind),
            size=12 + min(18, 2 * degree[node.iri] ** 0.5) + (8 if node.iri == network.centre else 0),
            x=x,
            y=y,
            physics=False,
            kind=node.kind,
            date=node.date,
            disputed=node.disputed,
            borderWidth=3 if node.disputed else 1,
        )
    names = {ontology.relationship_type(name): name for name in ontology.properties if ontology.is_relationship(name)}
    for tie in network.ties:
        label = ontology.labels(names[tie.type])[language]
        drawing.add_edge(tie.fact, tie.other, id=tie.id, title=label, fact=short(tie.fact), type=tie.type)
    drawing.set_options(json.dumps(_OPTIONS))
    nodes, edges, _, _, _, options = drawing.get_network_data()
    kinds = sorted({node.kind for node in network.nodes})
    return {
        "centre": network.centre,
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options),
        "legend": [_legend(kind, ontology, language) for kind in kinds],
        "truncated": network.truncated,
    }


def _legend(kind: str, ontology: Ontology, language: str) -> dict[str, str]:
    label = ontology.labels(kind)[language]
    return {"kind": kind, "label": label, "color": ontology.colour(kind), "shape": ontology.shape(kind)}


def _title(node: Node, ontology: Ontology, language: str) -> str:
    parts = [ontology.labels(node.kind)[language], node.labels[language], node.date]
    return "\n".join(part for part in parts if part)


def _cut(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1].rstrip() + "…"


def _degrees(network: Network) -> dict[str, int]:
    degrees = dict.fromkeys((node.iri for node in network.nodes), 0)
    for tie in network.ties:
        degrees[tie.fact] += 1
        degrees[tie.other] += 1
    return degrees


def _places(network: Network) -> dict[str, tuple[float, float]]:
    """Whole pixels around the origin, from a seeded layout of the network as an undirected graph."""
    import networkx

    if not network.nodes:
        return {}
    plain = networkx.Graph()
    plain.add_nodes_from(node.iri for node in network.nodes)
    plain.add_edges_from((tie.fact, tie.other) for tie in network.ties)
    rounds = (
        _ITERATIONS if len(network.nodes) <= _SLOW_ABOVE else max(10, _ITERATIONS * _SLOW_ABOVE // (2 * len(network.nodes)))
    )
    places = networkx.forceatlas2_layout(plain, max_iter=rounds, seed=_SEED, scaling_ratio=2.0)
    reach = max(max(abs(float(x)), abs(float(y))) for x, y in places.values()) or 1.0
    scale = _SPREAD * len(network.nodes) ** 0.5 / reach
    return {name: (round(float(x) * scale, 1), round(float(y) * scale, 1)) for name, (x, y) in places.items()}
