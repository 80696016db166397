"""Leases: who uses the embedded engine. A lease is a locked file, so it vanishes with its holder, even by kill -9."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from filelock import FileLock, Timeout


class Lease:
    """One user's hold on the engine; `release()` may be called twice."""

    def __init__(self, lock: FileLock, path: Path) -> None:
        self._lock, self._path = lock, path

    def release(self) -> None:
        """Give the lease back."""
        self._path.unlink(missing_ok=True)
        self._lock.release()


def take(folder: Path) -> Lease:
    """A new lease in the folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        path = folder / f"{os.getpid()}-{secrets.token_hex(4)}.lease"
        lock = FileLock(path, thread_local=False)
        lock.acquire()
        if path.exists():  # else the supervisor swept the file away between its making and its locking
            return Lease(lock, path)
        lock.release()


def held(folder: Path) -> int:
    """How many leases have a living holder; the files of the dead are swept away."""
    return sum(_alive(path) for path in sorted(folder.glob("*.lease")))


def _alive(path: Path) -> bool:
    lock = FileLock(path, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        return True
    path.unlink(missing_ok=True)
    lock.release()
    return False
