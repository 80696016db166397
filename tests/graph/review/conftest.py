"""A folder with the eight small sources, and everything that people can do to it, without a property graph."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from graph.errors import StoreUnavailable
from graph.model.claims import SourceClaims
from graph.property.projection import Projected
from graph.record import snapshots
from graph.record.snapshots import Snapshot
from graph.record.writer import Writer
from graph.review.corrections import Corrections
from graph.settings import Settings

Open = Callable[[Path], Writer]


class Folder:
    """A data folder: load into it, correct it, look at it."""

    def __init__(self, data: Path, open_at: Open) -> None:
        self.data, self._open_at = data, open_at
        self.do = Corrections(Settings(data=data), self.snapshot, lambda: Projected(""))

    def load(self, *sources: SourceClaims) -> str:
        with self._open_at(self.data) as writer:
            writer.add(sources)
            return writer.commit().snapshot

    def open(self) -> Writer:
        return self._open_at(self.data)

    def snapshot(self) -> Snapshot:
        found = snapshots.current(self.data)
        if found is None:
            raise StoreUnavailable("nothing was loaded")
        return found


@pytest.fixture
def folder(open_at: Open, tmp_path: Path) -> Callable[..., Folder]:
    """Makes a folder with some sources in it."""
    made: list[Folder] = []

    def make(*sources: SourceClaims) -> Folder:
        made.append(Folder(tmp_path / f"d{len(made)}", open_at))
        made[-1].load(*sources)
        return made[-1]

    return make


@pytest.fixture(scope="session")
def loaded_few(blank: Path, few: Sequence[SourceClaims], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The eight sources in a folder, to be copied."""
    from graph.view.writing import open_writer

    data = tmp_path_factory.mktemp("few") / "data"
    shutil.copytree(blank, data)
    with open_writer(Settings(data=data)) as writer:
        writer.add(few)
        writer.commit()
    return data


@pytest.fixture
def few_folder(loaded_few: Path, open_at: Open, tmp_path: Path) -> Folder:
    """A copy of the folder with the eight sources."""
    shutil.copytree(loaded_few, tmp_path / "few")
    return Folder(tmp_path / "few", open_at)
