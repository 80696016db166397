"""A made or recorded world in a data folder, and the engines that show it: made once, found again by the next run."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr

from benchmarks.made_nodes import made_nodes
from benchmarks.made_world import made_world
from graph.bulk.loading import load_at_once, load_nodes
from graph.property.bolt import open_graph
from graph.property.neo4j_server import Neo4jServer
from graph.property.projection import shown
from graph.record import snapshots
from graph.record.snapshots import Changes, Snapshot
from graph.settings import Settings


def kept_world(claims: int, folder: Path) -> Snapshot:
    """The snapshot of a world of about so many claims, made where the data folder does not have it; any API can serve it."""
    name = f"made-{claims}"
    if snapshots.current_id(folder) != name:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as draft:
            snapshots.publish(folder, made_world(claims, Path(draft) / "store"), name, Changes(None, (), ()))
    found = snapshots.current(folder)
    assert found is not None
    return found


def recorded_world(folder: Path) -> Snapshot:
    """The newest snapshot of a data folder, as `benchmarks.record --folder` or `diplograph load` made it."""
    found = snapshots.current(folder)
    if found is None:
        raise SystemExit(f"{folder} holds no snapshot: make one by `python -m benchmarks.record CLAIMS --folder FOLDER`")
    return found


def show(name: str, world: Snapshot, folder: Path, *, made: int = 0, heap_mb: int = 1024) -> str:
    """Make an engine of the data folder show the world, in bulk where it does not; says how long that took.

    `made`: of about how many claims a made world is; without it the nodes are read from the snapshot.
    """
    began = time.perf_counter()
    with running(name, folder, heap_mb=heap_mb) as settings:
        with open_graph(settings) as graph:
            if shown(graph) == world.id:
                return f"{name}: shows the world"
        done = load_nodes(made_nodes(made), world, settings) if made else load_at_once(world, settings)
    seconds = time.perf_counter() - began
    return f"{name}: {done.nodes:,} nodes, {done.relationships:,} relationships loaded at once in {seconds:,.0f} s"


@contextmanager
def running(name: str, folder: Path, *, heap_mb: int = 1024, seconds: float = 120) -> Iterator[Settings]:
    """An engine whose files stay in the data folder, and the settings that reach it; stopped at the end."""
    if name == "embedded":
        yield Settings(data=folder, engine_linger=0, neo4j_uri=None, engine_heap_mb=heap_mb, query_seconds=seconds)
        return
    server = Neo4jServer(folder / "neo4j", heap_mb=heap_mb, page_cache_mb=heap_mb // 2)
    address = server.start()
    try:
        password = SecretStr(address.password)
        yield Settings(data=folder, neo4j_uri=address.uri, neo4j_password=password, query_seconds=seconds)
    finally:
        server.stop()
