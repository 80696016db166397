"""Who serves a data folder: one server a folder, and a clear word about who that is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from graph.errors import FolderInUse


@contextmanager
def serving(folder: Path, host: str, port: int) -> Iterator[None]:
    """Hold a folder as its server; FolderInUse names the process and address that already serve it.

    The lock is the operating system's, so it goes with its process, however that ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "serve.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        holder = _holder(folder)
        raise FolderInUse(f"{folder} is already served by {holder}; stop it, or choose another --data folder") from error
    try:
        note = folder / "serve.json"
        note.write_text(json.dumps({"pid": os.getpid(), "host": host, "port": port}), encoding="utf-8")
        yield
        note.unlink(missing_ok=True)
    finally:
        lock.release()


def _holder(folder: Path) -> str:
    try:
        note = json.loads((folder / "serve.json").read_text(encoding="utf-8"))
        return f"process {note['pid']} on http://{note['host']}:{note['port']}"
    except (OSError, ValueError, KeyError):
        return "another process that is just starting"
