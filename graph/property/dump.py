"""The whole property graph as text that is the same wherever the graph is: for comparing engines, runs and crashes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from graph.property.bolt import PropertyGraph


def dump(graph: PropertyGraph) -> str:
    """Every node and relationship as a line of JSON, sorted; no engine's own id. Needs memory for the whole graph."""
    lines = [*_nodes(graph), *_relationships(graph)]
    return "".join(f"{line}\n" for line in sorted(lines))


def _nodes(graph: PropertyGraph) -> Iterator[str]:
    query = "MATCH (node) RETURN labels(node) AS labels, properties(node) AS properties"
    for labels, properties in graph.read(query).rows:
        yield _line({"node": sorted(labels), "properties": properties})


def _relationships(graph: PropertyGraph) -> Iterator[str]:
    query = (
        "MATCH (one)-[relationship]->(other) "
        "RETURN one.id AS start, type(relationship) AS type, other.id AS end, properties(relationship) AS properties"
    )
    for start, kind, end, properties in graph.read(query).rows:
        yield _line({"relationship": kind, "start": start, "end": end, "properties": properties})


def _line(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True)
