"""Make the property graph anew from a snapshot: the view is read once, and the engine's importer does the rest."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.bulk import into_embedded, into_neo4j
from graph.bulk.sweeping import Sweep
from graph.model.terms import load_ontology
from graph.property.bolt import open_graph
from graph.property.nodes import Node
from graph.property.projection import MARK, Projected, Viewed, project
from graph.record.failures import explained
from graph.release.lines import Layout, write_nodes
from graph.settings import Settings

log = logging.getLogger(__name__)
Counted = Callable[[int], None]
"""Called with how many more nodes were read."""


def load_at_once(snapshot: Viewed, settings: Settings, advance: Counted | None = None) -> Projected:
    """Replace the property graph by what `project` would make of the snapshot, much faster where the graph is large.

    Works on the embedded engine and on the Neo4j of `diplograph neo4j start`, which nobody else may be using: StoreUnavailable
    says what to do otherwise. What the engine showed before stays until the new graph is whole.
    """
    return load_nodes(Sweep(snapshot.store, load_ontology()).nodes(), snapshot, settings, advance)


def load_nodes(nodes: Iterable[Node], snapshot: Viewed, settings: Settings, advance: Counted | None = None) -> Projected:
    """As `load_at_once`, of nodes that are those of the snapshot."""
    into = into_embedded if settings.neo4j_uri is None else into_neo4j
    into.check(settings)
    settings.data.mkdir(parents=True, exist_ok=True)
    with explained(settings.data, "loading the property graph at once"), TemporaryDirectory(dir=settings.data) as folder:
        draft = Path(folder)
        layout = write_nodes(itertools.chain(_sealed(nodes, advance), [_shown(snapshot.id)]), draft)
        log.info("the view is read: %s", layout.counts)
        into.load(settings, draft, layout)
    with open_graph(settings) as graph:
        project(snapshot, graph)
    return Projected(snapshot.id, *_size(layout))


def _sealed(nodes: Iterable[Node], advance: Counted | None) -> Iterator[Node]:
    """The nodes with their digests, by which later projections see what differs."""
    for node in nodes:
        yield replace(node, properties={**node.properties, "digest": node.digest})
        if advance is not None:
            advance(1)


def _shown(name: str) -> Node:
    """The node that says what the graph shows; the projection that follows adds constraints and indexes."""
    return Node("Snapshot", name, {**MARK}, ())


def _size(layout: Layout) -> tuple[int, int]:
    nodes, going = (sum(layout.counts[name] for name in part) for part in (layout.nodes, layout.relationships))
    return nodes - 1, going
