"""The fixture graph of `tests/queries`, as a snapshot in a data folder and on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Store

from graph.model.files import ROOT
from graph.record.snapshots import Changes, Snapshot, current, publish

if TYPE_CHECKING:
    from graph.property.bolt import PropertyGraph

FIXTURE = ROOT / "tests" / "queries" / "fixture.trig"


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose newest snapshot is the fixture graph."""
    folder = tmp_path_factory.mktemp("asking")
    store = Store(str(folder / "record"))
    store.load(path=str(FIXTURE))
    publish(folder, store, "fixture", Changes(None, (), ()))
    return folder


@pytest.fixture
def snapshot(data: Path) -> Iterator[Snapshot]:
    """That snapshot, open."""
    found = current(data)
    assert found is not None
    with found:
        yield found


@pytest.fixture
def graph(snapshot: Snapshot, store: PropertyGraph) -> PropertyGraph:
    """The fixture graph on each engine."""
    from graph.property.projection import project

    project(snapshot, store)
    return store
