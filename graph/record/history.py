"""What each snapshot changed, kept longer than the snapshots: for those who follow the graph rather than fetch it anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from graph.errors import DiplomacyError
from graph.record.failures import explained

_KEPT = 1000


class HistoryForgotten(DiplomacyError):
    """It is no longer known what has changed since that snapshot; everything has to be fetched again."""


def remember(data: Path, name: str, previous: str | None, changed: Sequence[str], removed: Sequence[str]) -> None:
    """Note what a snapshot changed; called by the one writer, once for each that is published."""
    folder = data / "changes"
    folder.mkdir(exist_ok=True)
    kept = _kept(folder)
    number = int(kept[-1].name.partition("-")[0]) + 1 if kept else 1
    note = {"previous": previous, "changed": list(changed), "removed": list(removed)}
    draft = folder / ".draft"
    draft.write_text(json.dumps(note), encoding="utf-8")
    draft.replace(folder / f"{number:08}-{name}.json")
    for old in kept[: len(kept) + 1 - _KEPT]:
        old.unlink(missing_ok=True)


def changed_since(data: Path, current: str, since: str) -> tuple[list[str], list[str]]:
    """IRIs that are new or differ, and IRIs that are gone, between two snapshots, sorted.

    HistoryForgotten where one is unknown, `since` is the later one, or they are older than the thousand that are remembered.
    """
    if since == current:
        return [], []
    with explained(data, "reading what has changed"):
        later: list[Path] = []
        for path in reversed(_kept(data / "changes")):
            name = path.stem.partition("-")[2]
            if name == since and later:
                return _joined(reversed(later), since)
            if later or name == current:
                later.append(path)
    raise _forgotten(since)


def _joined(notes: Iterable[Path], since: str) -> tuple[list[str], list[str]]:
    changed: set[str] = set()
    removed: set[str] = set()
    for path in notes:
        note = json.loads(path.read_text(encoding="utf-8"))
        if note["previous"] is None:  # it was made anew: whatever it holds may differ
            raise _forgotten(since)
        changed = (changed - set(note["removed"])) | set(note["changed"])
        removed = (removed - set(note["changed"])) | set(note["removed"])
    return sorted(changed), sorted(removed)


def _forgotten(since: str) -> HistoryForgotten:
    return HistoryForgotten(f"it is not known any more what changed since {since}; fetch a release, and follow from there")


def _kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9]*-*.json")) if folder.is_dir() else []
