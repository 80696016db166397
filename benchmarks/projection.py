"""How fast a view is projected, against the raw driver writing the same rows: `python -m benchmarks.projection`.

Both engines, each empty at first and warmed up; the best of three rounds by turns.
The ratio is what counts: machines differ, and both figures are of the same run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from neo4j import GraphDatabase
from pydantic import SecretStr

from benchmarks.made_view import MadeChanges, MadeView, made_view
from graph.model.terms import load_ontology
from graph.property.bolt import PropertyGraph, open_graph
from graph.property.neo4j_server import Neo4jServer
from graph.property.nodes import Node, NodeReader
from graph.property.projection import project
from graph.property.schema_file import statements
from graph.settings import Settings

BATCH, ROUNDS = 1000, 3


def main() -> None:
    """Measure and print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--accords", type=int, default=4000)
    options.add_argument("--engines", nargs="+", default=["embedded", "neo4j"], choices=["embedded", "neo4j"])
    chosen = options.parse_args()
    view = made_view(chosen.accords)
    reader = NodeReader(view.store, load_ontology())
    nodes = [node for label in reader.labels for iri in reader.ids(label) if (node := reader.node(iri)) is not None]
    size = len(nodes) + sum(len(node.relationships) for node in nodes)
    _say(f"{len(nodes)} nodes, {size - len(nodes)} relationships")
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen.engines:
            with _engine(name, Path(folder)) as settings, open_graph(settings) as graph:
                _measure(name, graph, view, nodes, size)


def _measure(name: str, graph: PropertyGraph, view: MadeView, nodes: list[Node], size: int) -> None:
    for command in statements():
        graph.schema(command)
    ways = (lambda: _raw(graph, nodes), lambda: project(view, graph))
    rounds = [[_timed(graph, way) for way in ways] for _ in range(1 + ROUNDS)][1:]  # the first one warms up
    raw, ours = (min(times) for times in zip(*rounds, strict=True))
    unknown = MadeView("another", view.store, MadeChanges(None, (), ()))
    began = time.perf_counter()
    project(unknown, graph)
    compared = time.perf_counter() - began
    _say(
        f"{name}: raw driver {size / raw:,.0f}/s, project {size / ours:,.0f}/s, ratio {raw / ours:.2f}; "
        f"comparing an unchanged graph {size / compared:,.0f}/s"
    )


def _timed(graph: PropertyGraph, work: Callable[[], object]) -> float:
    graph.clear()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _raw(graph: PropertyGraph, nodes: list[Node]) -> None:
    """The driver alone: MERGE of nodes, CREATE of relationships, batches of 1,000, rows prepared beforehand."""
    by_label: dict[str, list[dict[str, Any]]] = defaultdict(list)
    by_type: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for node in nodes:
        by_label[node.label].append({"id": node.id, "properties": {**node.properties, "id": node.id}})
        for each in node.relationships:
            row = {"start": node.id, "end": each.target, "properties": dict(each.properties)}
            by_type[node.label, each.type, each.target_label].append(row)
    connection = graph.connection
    with (
        GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver,
        driver.session(database=connection.database) as session,
    ):
        for label, rows in by_label.items():
            query = f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row.properties"
            for start in range(0, len(rows), BATCH):
                session.run(query, rows=rows[start : start + BATCH]).consume()
        for (label, kind, target), rows in by_type.items():
            query = (
                f"UNWIND $rows AS row MATCH (n:{label} {{id: row.start}}) MATCH (m:{target} {{id: row.end}}) "
                f"CREATE (n)-[r:{kind}]->(m) SET r = row.properties"
            )
            for start in range(0, len(rows), BATCH):
                session.run(query, rows=rows[start : start + BATCH]).consume()


@contextmanager
def _engine(name: str, folder: Path) -> Iterator[Settings]:
    if name == "embedded":
        yield Settings(data=folder / name, engine_linger=0, neo4j_uri=None)
        return
    server = Neo4jServer(folder / name, heap_mb=1024, page_cache_mb=256)
    address = server.start()
    try:
        yield Settings(data=folder / "data", neo4j_uri=address.uri, neo4j_password=SecretStr(address.password))
    finally:
        server.stop()


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
