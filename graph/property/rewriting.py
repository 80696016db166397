"""Writes of nodes and relationships in batches, each idempotent: a batch that is run again leaves the same graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from graph.property.bolt import PropertyGraph, Step
from graph.property.nodes import Node

NODES_AT_ONCE = 1000
RELATIONSHIPS_AT_ONCE = 2000


def write_nodes(graph: PropertyGraph, label: str, nodes: Sequence[Node]) -> None:
    """Make or replace nodes of one label, without their digest: it is set with the relationships, when all is there."""
    rows = [{"id": node.id, "properties": {**node.properties, "id": node.id}} for node in nodes]
    graph.write_batch(f"UNWIND $rows AS row MERGE (node:`{label}` {{id: row.id}}) SET node = row.properties", rows)


def write_relationships(graph: PropertyGraph, nodes: Sequence[Node]) -> None:
    """Replace what leaves these nodes, and set their digests, in one transaction. All targets exist."""
    groups = _by_label(nodes)
    forget = [_forget(label, some) for label, some in groups]
    seal = [_seal(label, some) for label, some in groups]
    graph.write_together([*forget, *_relate(nodes), *seal])


def delete_nodes(graph: PropertyGraph, label: str, ids: Sequence[str]) -> int:
    """Delete nodes with all that leaves or reaches them; how many there were."""
    query = f"UNWIND $rows AS row MATCH (node:`{label}` {{id: row.id}}) DETACH DELETE node RETURN count(*) AS deleted"
    deleted = 0
    for start in range(0, len(ids), NODES_AT_ONCE):
        deleted += graph.write_batch(query, [{"id": each} for each in ids[start : start + NODES_AT_ONCE]]).single() or 0
    return deleted


def in_batches(nodes: Iterable[Node]) -> Iterator[list[Node]]:
    """Nodes in lists that carry few enough relationships for one transaction (a single node may carry more)."""
    batch: list[Node] = []
    size = 0
    for node in nodes:
        weight = 1 + len(node.relationships)
        if batch and (size + weight > RELATIONSHIPS_AT_ONCE or len(batch) >= NODES_AT_ONCE):
            yield batch
            batch, size = [], 0
        batch.append(node)
        size += weight
    if batch:
        yield batch


def _by_label(nodes: Iterable[Node]) -> list[tuple[str, list[Node]]]:
    groups: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        groups[node.label].append(node)
    return sorted(groups.items())


def _forget(label: str, nodes: Sequence[Node]) -> Step:
    query = f"UNWIND $rows AS row MATCH (node:`{label}` {{id: row.id}})-[relationship]->() DELETE relationship"
    return query, {"rows": [{"id": node.id} for node in nodes]}


def _relate(nodes: Iterable[Node]) -> Iterator[Step]:
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for node in nodes:
        for each in node.relationships:
            row = {"start": node.id, "end": each.target, "properties": each.properties}
            groups[node.label, each.type, each.target_label].append(row)
    for (label, kind, target), rows in sorted(groups.items()):
        query = (
            f"UNWIND $rows AS row MATCH (node:`{label}` {{id: row.start}}) MATCH (other:`{target}` {{id: row.end}}) "
            f"CREATE (node)-[relationship:`{kind}`]->(other) SET relationship = row.properties"
        )
        yield query, {"rows": rows}


def _seal(label: str, nodes: Sequence[Node]) -> Step:
    rows = [{"id": node.id, "digest": node.digest} for node in nodes]
    return f"UNWIND $rows AS row MATCH (node:`{label}` {{id: row.id}}) SET node.digest = row.digest", {"rows": rows}
