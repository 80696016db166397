"""The review queue as the server keeps it: made once for each snapshot and language."""

from __future__ import annotations

import threading

from graph.record.snapshots import Snapshot
from graph.review.queue import Entry, queue


class Desk:
    """Holds the queue of the newest snapshot; may be used by several threads. `writing`: who holds it may correct."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.writing = threading.Lock()
        self._kept: dict[tuple[str, str], list[Entry]] = {}

    def entries(self, snapshot: Snapshot, language: str) -> list[Entry]:
        """What is worth deciding, the weightiest first."""
        key = (snapshot.id, language)
        with self._lock:
            if key not in self._kept:
                self._kept = {other: kept for other, kept in self._kept.items() if other[0] == snapshot.id}
                self._kept[key] = queue(snapshot, language)
            return self._kept[key]
