"""Snapshots: read-only checkpoints of record and view, published by an atomic pointer and kept while anybody reads them."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from pyoxigraph import Store

from graph.errors import NotFound, StoreUnavailable
from graph.record import holds
from graph.record.failures import explained
from graph.record.history import remember

_KEPT = 3
_TRIES = 50


@dataclass(frozen=True, slots=True)
class Changes:
    """What a snapshot changed; `previous` None means: compare everything. Entities are IRIs, sorted."""

    previous: str | None
    changed: tuple[str, ...]
    removed: tuple[str, ...]


class Snapshot:
    """An open snapshot. Use it in a `with` block, or call `close`: until then its folder is kept."""

    def __init__(self, folder: Path, hold: holds.Hold) -> None:
        self.folder, self.id = folder, folder.name
        self._hold = hold
        try:
            self.changes = _read_changes(folder)
            with explained(folder, "opening the snapshot"):
                self.store = Store.read_only(str((folder / "store").resolve()))
        except BaseException:
            hold.release()
            raise

    @property
    def previous(self) -> str | None:
        """The id of the snapshot that `changes` is counted from."""
        return self.changes.previous

    def close(self) -> None:
        """Let the writer remove this snapshot; a second call does nothing."""
        self._hold.release()

    def __enter__(self) -> Snapshot:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def current_id(data: Path) -> str | None:
    """The id of the newest snapshot of a data folder; None before the first commit."""
    with explained(data, "looking for the snapshot"):
        try:
            return (data / "snapshots" / "current").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None


def current(data: Path) -> Snapshot | None:
    """The newest snapshot of a data folder, open and held; None before the first commit."""
    for _ in range(_TRIES):
        name = current_id(data)
        if name is None:
            return None
        with explained(data, "opening the snapshot"):
            hold = holds.share(data / "snapshots" / name)
        if hold is not None:
            return Snapshot(data / "snapshots" / name, hold)
        time.sleep(0.01)  # it was replaced and pruned between the two looks: look again
    raise StoreUnavailable(f"{data}/snapshots/current names a snapshot that is not there; run `diplograph sync`")


def open_snapshot(data: Path, name: str) -> Snapshot:
    """A snapshot by id, open and held; NotFound once it has been pruned."""
    hold = holds.share(data / "snapshots" / name)
    if hold is None:
        raise NotFound(f"snapshot {name} is no longer kept; ask without a snapshot id for the newest")
    return Snapshot(data / "snapshots" / name, hold)


def publish(data: Path, store: Store, name: str, changes: Changes) -> None:
    """Make a checkpoint of the store the current snapshot; readers see the old one or the new one, nothing between."""
    root = data / "snapshots"
    root.mkdir(parents=True, exist_ok=True)
    target = root / name
    if not (target / "store").is_dir():
        _checkpoint(root, store, name)
    _write(target / "changes.json", json.dumps(_as_json(changes), indent=1))
    if current_id(data) != name:
        remember(data, name, changes.previous, changes.changed, changes.removed)
    _write(root / "current", name + "\n")


def _checkpoint(root: Path, store: Store, name: str) -> None:
    draft = root / f".draft-{name}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        store.flush()
        store.backup(str(draft / "store"))
        holds.prepare(draft)
        shutil.rmtree(root / name, ignore_errors=True)
        draft.replace(root / name)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def prune(data: Path) -> list[str]:
    """Remove drafts, and snapshots that nobody holds beyond the newest three; returns the ids of those removed."""
    root = data / "snapshots"
    if not root.is_dir():
        return []
    for draft in root.glob(".*"):
        _remove(draft)
    newest = sorted((folder for folder in root.iterdir() if folder.is_dir()), key=_age, reverse=True)
    keep = {current_id(data), *(folder.name for folder in newest[:_KEPT])}
    return [folder.name for folder in newest if folder.name not in keep and _discard(folder)]


def _age(folder: Path) -> tuple[int, str]:
    changes = folder / "changes.json"
    return (changes.stat().st_mtime_ns if changes.exists() else 0, folder.name)


def _discard(folder: Path) -> bool:
    hold = holds.claim(folder)
    if hold is None:
        return False
    gone = folder.with_name(f".gone-{folder.name}")
    folder.replace(gone)
    hold.release()
    _remove(gone)
    return True


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _as_json(changes: Changes) -> dict[str, str | Sequence[str] | None]:
    return {"previous": changes.previous, "changed": changes.changed, "removed": changes.removed}


def _read_changes(folder: Path) -> Changes:
    try:
        found = json.loads((folder / "changes.json").read_text(encoding="utf-8"))
        return Changes(found["previous"], tuple(found["changed"]), tuple(found["removed"]))
    except (OSError, ValueError, KeyError) as error:
        raise StoreUnavailable(f"{folder}/changes.json cannot be read ({error}); run `diplograph sync`") from error


def _write(path: Path, content: str) -> None:
    draft = path.with_name(f".{path.name}-new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
