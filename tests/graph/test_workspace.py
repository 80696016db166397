"""What a data folder says when the property graph cannot be written."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import graph.workspace
from graph.errors import DiplomacyError, StorageFull, StoreUnavailable
from graph.settings import Settings
from graph.workspace import Workspace


@contextmanager
def _failing(settings: Settings) -> Iterator[None]:
    raise StoreUnavailable("the engine failed: UnknownError")
    yield


@pytest.mark.parametrize(
    ("free", "uri", "kind"),
    [(0, None, StorageFull), (10**12, None, StoreUnavailable), (0, "bolt://elsewhere:7687", StoreUnavailable)],
)
def test_a_full_disk_is_named_where_the_engine_only_says_that_it_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, uri: str | None, kind: type[DiplomacyError]
) -> None:
    monkeypatch.setattr(graph.workspace, "open_graph", _failing)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**12, 10**12 - free, free))
    with pytest.raises(kind) as raised:
        Workspace(Settings(data=tmp_path / "data", neo4j_uri=uri)).load([])
    assert type(raised.value) is kind
    assert ("diplograph sync" in str(raised.value)) == (kind is StorageFull)
