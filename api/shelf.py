"""The snapshots a server reads: the newest, replaced as soon as another is published, and a few before it for cursors."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import OrderedDict
from pathlib import Path

from api.problems import CursorExpired
from graph.asking.index import index
from graph.errors import DiplomacyError, StoreUnavailable
from graph.record import snapshots
from graph.record.snapshots import Snapshot

log = logging.getLogger(__name__)

KEPT = 3
LOOK_SECONDS = 0.5


class Shelf:
    """Open snapshots of one data folder, newest last. May be used by several threads."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._open: OrderedDict[str, Snapshot] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def current(self) -> Snapshot:
        """The newest snapshot; StoreUnavailable before anything was loaded."""
        with self._lock:
            if self._open:
                return next(reversed(self._open.values()))
        raise StoreUnavailable(
            "nothing has been loaded into this data folder yet; run `diplograph load FOLDER` or `diplograph demo`"
        )

    def named(self, name: str) -> Snapshot:
        """The snapshot a cursor was made from; CursorExpired once it is no longer kept."""
        with self._lock:
            if name in self._open:
                return self._open[name]
        raise CursorExpired("the graph has changed since this listing began; start it again without a cursor")

    def refresh(self) -> bool:
        """Open the newest snapshot where it is not open yet and let go of the oldest; True when there was a new one."""
        name = snapshots.current_id(self._data)
        with self._lock:
            if name is None or (self._open and name == next(reversed(self._open))):
                return False
        found = snapshots.current(self._data)
        if found is None:
            return False
        with self._lock:
            before = self._open.pop(found.id, None)
            self._open[found.id] = found
            dropped = [before] if before else []
            while len(self._open) > KEPT:
                dropped.append(self._open.popitem(last=False)[1])
        for snapshot in dropped:
            # Requests that still read it keep its store alive; its folder may go, for its files are open.
            snapshot.close()
        return True

    async def watch(self) -> None:
        """Refresh now and again until cancelled; a snapshot that cannot be opened is logged and tried again.

        The index of each is made at once, so that no visitor waits for it.
        """
        await asyncio.to_thread(self._prepare)
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                if await asyncio.to_thread(self.refresh):
                    log.info("now serving snapshot %s", self.current.id)
                    await asyncio.to_thread(self._prepare)
            except DiplomacyError as error:
                log.error("the newest snapshot cannot be served: %s", error)

    def _prepare(self) -> None:
        with self._lock:
            newest = next(reversed(self._open.values()), None)
        if newest is not None:
            try:
                index(newest)
            except DiplomacyError as error:
                log.error("the newest snapshot cannot be indexed: %s", error)

    def close(self) -> None:
        """Let go of every snapshot."""
        with self._lock:
            for snapshot in self._open.values():
                snapshot.close()
            self._open.clear()
