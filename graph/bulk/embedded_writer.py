"""Write a graph's lines as a database of the embedded engine: `python -m graph.bulk.embedded_writer LINES DATABASE HEAP_MB`.

In a process of its own, for a Java machine cannot be started twice in one, nor with other memory.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.property.schema_file import statements
from graph.release.lines import NAME

_NODES_AT_ONCE = 5_000
_RELATIONSHIPS_AT_ONCE = 10_000


class Batches:
    """The engine's batch writer, fed through its bridge for Python: rows as one text of JSON, which may hold lists."""

    def __init__(self, database: Any, batch: Any) -> None:
        import jpype

        self._schema, self._batch = database._java_db.getSchema(), batch._java_graph_batch
        self._vertices = jpype.JClass("com.arcadedb.python.VertexBatcher")
        self._edges = jpype.JClass("com.arcadedb.python.EdgeBatcher")
        self._address: dict[str, str] = {}

    def nodes(self, label: str, lines: list[dict[str, Any]]) -> None:
        """Write nodes of one label, and keep where they are."""
        self._schema.getOrCreateVertexType(label)
        rows = json.dumps([{**line["properties"], "id": line["id"]} for line in lines])
        places = str(self._vertices.createVerticesJson(self._batch, label, rows)).split(";")
        self._address.update(zip((line["id"] for line in lines), places, strict=True))

    def relationships(self, kind: str, lines: list[dict[str, Any]]) -> None:
        """Write relationships of one type between nodes that are there."""
        self._schema.getOrCreateEdgeType(kind)
        place = self._address
        rows = [{**line["properties"], "_src": place[line["start"]], "_dst": place[line["end"]]} for line in lines]
        self._edges.newEdgesJson(self._batch, kind, json.dumps(rows))


def write(lines: Path, folder: Path, heap_mb: int) -> None:
    """Make the database: nodes, relationships, then constraints and indexes, which are quicker to make of what is there."""
    os.environ["ARCADEDB_JVM_ARGS"] = f"-Xmx{heap_mb}m {os.environ.get('ARCADEDB_JVM_ARGS', '')}"
    from arcadedb_embedded import create_database

    database = create_database(str(folder))
    with database.graph_batch() as batch:
        batches = Batches(database, batch)
        for label, some in _grouped(_of(lines, '{"id"'), "label", _NODES_AT_ONCE):
            batches.nodes(label, some)
        for kind, some in _grouped(_of(lines, '{"end"'), "type", _RELATIONSHIPS_AT_ONCE):
            batches.relationships(kind, some)
    for statement in statements():
        database.command("opencypher", statement)
    database.close()


def _of(lines: Path, beginning: str) -> Iterator[dict[str, Any]]:
    """The lines that are nodes, or those that are relationships: their names are in alphabetical order."""
    with gzip.open(lines / NAME, "rt", encoding="utf-8") as all_lines:
        yield from (json.loads(line) for line in all_lines if line.startswith(beginning))


def _grouped(lines: Iterator[dict[str, Any]], by: str, most: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Lines of one label or type in lists of a bounded length."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        group = groups.setdefault(line[by], [])
        group.append(line)
        if len(group) == most:
            yield line[by], groups.pop(line[by])
    yield from sorted(groups.items())


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
