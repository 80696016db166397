"""Views derived on demand, each in a folder like a snapshot's; the one asked for least recently goes first."""

from __future__ import annotations

import gc
import itertools
import json
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import filelock
from pyoxigraph import Quad, Store

from graph.errors import QueryTimeout
from graph.record import holds, ledger
from graph.record.failures import explained
from graph.record.snapshots import Snapshot
from graph.record.viewing import View

_AT_ONCE = 100_000  # quads of one transaction


class Shelf:
    """Keeps at most `kept` views beside those that somebody reads; one derivation runs at a time, others wait for it."""

    def __init__(self, folder: Path, kept: int, seconds: float) -> None:
        self._folder, self._kept, self._seconds = folder, kept, seconds

    def get(self, stamp: ledger.Stamp, record: Callable[[], Iterable[Quad]], view: View) -> Snapshot:
        """The view of a record, open and held: one that is kept, or one derived now from the record's quads."""
        return self._opened(stamp.snapshot) or self._made(stamp, record, view)

    def _opened(self, name: str) -> Snapshot | None:
        hold = holds.share(self._folder / name)
        if hold is None:
            return None
        os.utime(self._folder / name / "changes.json")
        return Snapshot(self._folder / name, hold)

    def _made(self, stamp: ledger.Stamp, record: Callable[[], Iterable[Quad]], view: View) -> Snapshot:
        with explained(self._folder, "deriving the view of an earlier day"):
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                with filelock.FileLock(self._folder / ".lock", timeout=self._seconds):
                    found = self._opened(stamp.snapshot)
                    if found is None:
                        self._derive(stamp, record, view)
                        found = self._opened(stamp.snapshot)
                        self._prune()
            except filelock.Timeout:
                raise QueryTimeout(
                    f"the view of another day is still being derived after {self._seconds:g} s; ask again"
                ) from None
        if found is None:
            raise QueryTimeout("the view was removed before it could be read; ask again")
        return found

    def _derive(self, stamp: ledger.Stamp, record: Callable[[], Iterable[Quad]], view: View) -> None:
        draft = self._folder / f".draft-{stamp.snapshot}"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        store = Store(str(draft / "store"))
        _fill(store, record())
        _fill(store, view.index(store))
        _fill(store, view.rebuild(store))
        _fill(store, stamp.quads())
        store.flush()
        del store
        gc.collect()  # the store closes when its last reference goes
        changes: dict[str, object] = {"previous": None, "changed": [], "removed": []}
        (draft / "changes.json").write_text(json.dumps(changes), encoding="utf-8")
        holds.prepare(draft)
        draft.replace(self._folder / stamp.snapshot)

    def _prune(self) -> None:
        for left in (*self._folder.glob(".draft-*"), *self._folder.glob(".gone-*")):
            shutil.rmtree(left, ignore_errors=True)
        views = [path for path in self._folder.iterdir() if path.is_dir() and not path.name.startswith(".")]
        views.sort(key=lambda path: ((path / "changes.json").stat().st_mtime_ns, path.name), reverse=True)
        for path in views[self._kept :]:
            hold = holds.claim(path)
            if hold is not None:
                gone = path.with_name(f".gone-{path.name}")
                path.replace(gone)
                hold.release()
                shutil.rmtree(gone, ignore_errors=True)


def _fill(store: Store, quads: Iterable[Quad]) -> None:
    remaining = iter(quads)
    while part := list(itertools.islice(remaining, _AT_ONCE)):
        store.extend(part)
