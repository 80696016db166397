"""Bring the property graph up to a snapshot: only what differs is rewritten, and a crash at any moment is caught up."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import Store

from graph.model.claims import digest
from graph.model.terms import load_ontology
from graph.property import rewriting
from graph.property.bolt import PropertyGraph
from graph.property.nodes import Node, NodeReader
from graph.property.schema_file import statements

log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]
"""Called with the nodes written so far and those to be written in all."""

_READ_AT_ONCE = 10_000
FORM = 2
"""Which nodes a view makes: raised where `NodeReader` reads the same view otherwise, so that each node is looked at again."""
MARK: Mapping[str, str | int] = {"name": "view", "form": FORM}
"""What the node that says which snapshot is shown holds in a graph that was imported, beside the snapshot's id."""
SHOWN = (
    "MATCH (view:Snapshot {name: 'view'}) "
    "RETURN view.id AS id, view.towards AS towards, view.schema AS schema, view.form AS form"
)
"""Asks which snapshot the graph shows; `towards` is there while it is on its way to another."""


class Changed(Protocol):
    """What `graph.record.snapshots.Changes` offers."""

    @property
    def previous(self) -> str | None:
        """The snapshot that the changes are counted from; None: unknown."""

    @property
    def changed(self) -> tuple[str, ...]:
        """Entities that are new or differ."""

    @property
    def removed(self) -> tuple[str, ...]:
        """Entities that are gone."""


class Viewed(Protocol):
    """What `graph.record.snapshots.Snapshot` offers."""

    @property
    def id(self) -> str:
        """The snapshot's id."""

    @property
    def store(self) -> Store:
        """The view in the default graph, the record in named graphs."""

    @property
    def changes(self) -> Changed:
        """What the snapshot changed."""


@dataclass(frozen=True, slots=True)
class Projected:
    """What a projection did: nodes and relationships written (again), nodes removed, nodes that were right already."""

    snapshot: str
    nodes: int = 0
    relationships: int = 0
    removed: int = 0
    unchanged: int = 0


def shown(graph: PropertyGraph) -> str | None:
    """The id of the snapshot that the property graph shows; None where it shows none, or is on its way to one."""
    rows = graph.read(SHOWN).dictionaries()
    return rows[0]["id"] if rows and rows[0]["towards"] is None else None


def project(snapshot: Viewed, graph: PropertyGraph, progress: Progress | None = None) -> Projected:
    """Make the property graph show the snapshot.

    Nothing is done where it does already; only the snapshot's own changes are applied where it shows the one before;
    otherwise each node's digest is compared. The Snapshot node is stamped last, so a projection that was
    cut off is done again by the next one, with the same outcome. One process at a time may project.
    """
    at, towards, schema, form = next(iter(graph.read(SHOWN).rows), (None, None, None, None))
    wanted = _make_schema(graph, schema)
    if at == snapshot.id and towards is None and form == FORM:
        if schema != wanted:  # loaded at once, from tables that hold no constraints
            _stamp(graph, at, None, wanted, form)
        return Projected(snapshot.id)
    reader = NodeReader(snapshot.store, load_ontology())
    previous = snapshot.changes.previous
    known = form == FORM and previous is not None and at == previous and towards in (None, snapshot.id)
    plan = _changes(snapshot.changes, reader) if known else _differences(graph, reader)
    _stamp(graph, at, snapshot.id, wanted, form)
    done = _apply(plan, graph, reader, progress)
    _stamp(graph, snapshot.id, None, wanted, FORM)
    log.info("the property graph shows snapshot %s: %s", snapshot.id, done)
    return Projected(snapshot.id, *done)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be written and deleted, by label, and how many nodes are right already."""

    write: Mapping[str, list[str]]
    delete: Mapping[str, list[str]]
    unchanged: int


def _changes(changes: Changed, reader: NodeReader) -> _Plan:
    """The plan for what a snapshot says it changed. What is gone has no label any more: it is looked for under each."""
    write: dict[str, list[str]] = {}
    gone = list(changes.removed)
    for iri in sorted(changes.changed):
        label = reader.label(iri)
        if label is None:
            gone.append(iri)  # a claim, say, or what has ceased to be a node
        else:
            write.setdefault(label, []).append(iri)
    return _Plan(write, dict.fromkeys(reader.labels, sorted(gone)) if gone else {}, 0)


def _differences(graph: PropertyGraph, reader: NodeReader) -> _Plan:
    """The plan from a comparison of all digests, one label in memory at a time."""
    write, delete, same = {}, {}, 0
    for label in reader.labels:
        there = dict(_digests(graph, label))
        ids = reader.ids(label)
        write[label] = [iri for iri in ids if (mark := there.pop(iri, None)) is None or mark != _digest(reader, iri)]
        delete[label] = sorted(there)
        same += len(ids) - len(write[label])
    return _Plan(write, delete, same)


def _digest(reader: NodeReader, iri: str) -> str | None:
    node = reader.node(iri)
    return None if node is None else node.digest


def _digests(graph: PropertyGraph, label: str) -> Iterator[tuple[str, str | None]]:
    """Id and digest of every node of a label, read page by page along the index of ids."""
    query = (
        f"MATCH (node:`{label}`) WHERE node.id > $after RETURN node.id AS id, node.digest AS digest "
        f"ORDER BY id LIMIT {_READ_AT_ONCE}"
    )
    after = ""
    while rows := graph.read(query, {"after": after}).rows:
        yield from ((str(iri), digest) for iri, digest in rows)
        after = rows[-1][0]


def _apply(plan: _Plan, graph: PropertyGraph, reader: NodeReader, progress: Progress | None) -> tuple[int, int, int, int]:
    """Nodes first, then relationships, for a relationship needs both its ends; what is gone goes last."""
    total = sum(map(len, plan.write.values()))
    for label, ids in plan.write.items():
        for some in rewriting.in_batches(_nodes(reader, ids)):
            rewriting.write_nodes(graph, label, some)
    nodes = relationships = removed = 0
    for ids in plan.write.values():
        for batch in rewriting.in_batches(_nodes(reader, ids)):
            rewriting.write_relationships(graph, batch)
            nodes += len(batch)
            relationships += sum(len(node.relationships) for node in batch)
            if progress is not None:
                progress(nodes, total)
    for label, ids in plan.delete.items():
        removed += rewriting.delete_nodes(graph, label, ids)
    return nodes, relationships, removed, plan.unchanged


def _nodes(reader: NodeReader, ids: Iterable[str]) -> Iterator[Node]:
    return (node for iri in ids if (node := reader.node(iri)) is not None)


def _make_schema(graph: PropertyGraph, there: str | None) -> str:
    """Make the constraints and indexes, unless the graph says that it has these; what it is to say from now on."""
    wanted = statements()
    mark = digest(wanted)[:32]
    if there != mark:
        for statement in wanted:
            graph.schema(statement)
    return mark


def _stamp(graph: PropertyGraph, at: str | None, towards: str | None, schema: str, form: int | None) -> None:
    """Say what the graph shows, or that it is on its way: until `towards` is gone again, it may be between two snapshots."""
    query = (
        "MERGE (view:Snapshot {name: 'view'}) "
        "SET view.id = $at, view.towards = $towards, view.schema = $schema, view.form = $form"
    )
    graph.write(query, {"at": at, "towards": towards, "schema": schema, "form": form})
