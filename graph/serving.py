"""Who serves a data folder: one server a folder, and a clear word about who that is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from graph.errors import FolderInUse
from graph.record.failures import explained


@contextmanager
def serving(folder: Path, host: str, port: int) -> Iterator[None]:
    """Hold a folder as its server; FolderInUse names the process and address that already serve it.

    The lock is the operating system's, so it goes with its process, however that ends.
    """
    lock, note = FileLock(folder / "serve.lock"), folder / "serve.json"
    with explained(folder, "taking the server's lock"):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            holder = _holder(folder)
            raise FolderInUse(f"{folder} is already served by {holder}; stop it, or choose another --data folder") from error
    try:
        with explained(folder, "noting the server's address"):
            note.write_text(json.dumps({"pid": os.getpid(), "host": host, "port": port}), encoding="utf-8")
        yield
    finally:
        with suppress(OSError):  # a full or read-only disk; the lock is what counts
            note.unlink(missing_ok=True)
        lock.release()


def _holder(folder: Path) -> str:
    try:
        note = json.loads((folder / "serve.json").read_text(encoding="utf-8"))
        return f"process {note['pid']} on http://{note['host']}:{note['port']}"
    except (OSError, ValueError, KeyError):
        return "another process that is just starting"
