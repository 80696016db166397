"""The fixture graph: a small whole, in RDF and in both engines of the property graph."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Store

from graph.record.snapshots import Changes

if TYPE_CHECKING:
    from graph.property.bolt import PropertyGraph


@dataclass(frozen=True)
class Fixed:
    """A snapshot that lies in no folder."""

    id: str
    store: Store
    changes: Changes


@pytest.fixture(scope="session")
def snapshot() -> Fixed:
    """The view and the record of `fixture.trig`."""
    store = Store()
    store.load(path=str(Path(__file__).with_name("fixture.trig")))
    return Fixed("fixture", store, Changes(None, (), ()))


@pytest.fixture
def graph(snapshot: Fixed, store: PropertyGraph) -> PropertyGraph:
    """The same graph on each engine."""
    from graph.property.projection import project

    project(snapshot, store)
    return store
