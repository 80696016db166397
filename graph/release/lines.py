"""The property graph of a snapshot as JSON Lines: the one pass over the store that all other forms are made from."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from graph.errors import BadData
from graph.model.terms import Ontology
from graph.property.nodes import Node, NodeReader
from graph.record.snapshots import Snapshot

NAME = "graph.jsonl.gz"

ValueType = Literal["string", "long", "double", "boolean"]
_TYPES: dict[type, ValueType] = {str: "string", int: "long", float: "double", bool: "boolean"}


@dataclass(frozen=True, slots=True)
class Column:
    """A property: what its values are, and whether it holds a list of them."""

    type: ValueType
    is_list: bool

    def merged(self, other: Column) -> Column:
        """What holds the values of both; whole numbers and others together are `double`."""
        if self.is_list != other.is_list:
            raise BadData("a property is a list in one place and a single value in another: run `diplograph check`")
        kinds = {self.type, other.type}
        kind: ValueType = self.type if len(kinds) == 1 else "double" if kinds == {"long", "double"} else "string"
        return Column(kind, self.is_list)


@dataclass(slots=True)
class Layout:
    """The columns of each node label and relationship type, in order of name, and how many of each there are."""

    nodes: dict[str, dict[str, Column]] = field(default_factory=dict)
    relationships: dict[str, dict[str, Column]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, node: Node) -> None:
        """Take account of a node and of its relationships."""
        _widen(self.nodes.setdefault(node.label, {}), node.properties)
        self.counts[node.label] = self.counts.get(node.label, 0) + 1
        for going in node.relationships:
            _widen(self.relationships.setdefault(going.type, {}), going.properties)
            self.counts[going.type] = self.counts.get(going.type, 0) + 1


def write_lines(snapshot: Snapshot, ontology: Ontology, folder: Path) -> tuple[Layout, dict[str, str]]:
    """Write `graph.jsonl.gz`, node by node in the order of labels and ids; the layout, and each node's digest by its id.

    A node is `{"id", "label", "properties"}`, a relationship `{"start", "type", "end", "properties"}`, after its start.
    """
    digests: dict[str, str] = {}

    def noted() -> Iterator[Node]:
        for node in all_nodes(NodeReader(snapshot.store, ontology)):
            digests[node.id] = node.digest
            yield node

    return write_nodes(noted(), folder), digests


def write_nodes(nodes: Iterable[Node], folder: Path) -> Layout:
    """Write these nodes, in their order, as `graph.jsonl.gz`."""
    layout = Layout()
    with packed(folder / NAME) as target:
        for node in nodes:
            layout.add(node)
            target.write(_line({"id": node.id, "label": node.label, "properties": node.properties}))
            for going in node.relationships:
                told = {"start": node.id, "type": going.type, "end": going.target, "properties": going.properties}
                target.write(_line(told))
    for columns in (*layout.nodes.values(), *layout.relationships.values()):
        ordered = sorted(columns.items())
        columns.clear()
        columns.update(ordered)
    return layout


def read_lines(folder: Path) -> Iterator[dict[str, Any]]:
    """The lines of `graph.jsonl.gz`, one at a time."""
    with gzip.open(folder / NAME, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


@contextmanager
def packed(path: Path) -> Iterator[gzip.GzipFile]:
    """A gzip file to write to, whose bytes depend on its content alone: no name and no time in its header."""
    with (
        path.open("wb") as target,
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=target, mtime=0) as file,
    ):
        yield file


def all_nodes(reader: NodeReader) -> Iterator[Node]:
    """Every node of a view, in the order of labels and ids."""
    for label in sorted(reader.labels):
        for iri in reader.ids(label):
            node = reader.node(iri)
            if node is not None:
                yield node


def _widen(columns: dict[str, Column], properties: Mapping[str, Any]) -> None:
    for name, value in properties.items():
        column = _column(value)
        if column is not None:
            columns[name] = columns[name].merged(column) if name in columns else column


def _column(value: Any) -> Column | None:
    """None for an empty list, which says nothing of what it would hold."""
    if not isinstance(value, list):
        return Column(_TYPES[type(value)], False)
    return Column(_TYPES[type(value[0])], True) if value else None


def _line(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, sort_keys=True) + "\n").encode()
