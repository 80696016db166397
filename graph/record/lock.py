"""The lock that makes a process the one writer of a data folder."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

import filelock

from graph.errors import FolderInUse
from graph.record.failures import explained


class WriterLock:
    """`writer.lock`, held by at most one process; `writer.json` beside it names the holder."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._lock = filelock.FileLock(data / "writer.lock")

    def acquire(self, since: str, timeout: float) -> None:
        """Take the lock, waiting at most `timeout` seconds; FolderInUse names who has it."""
        with explained(self._data, "taking the writer's lock"):
            self._data.mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire(timeout=timeout)
            except filelock.Timeout:
                raise FolderInUse(
                    f"{self._data} is being written by {self._holder()}; wait until it has finished, stop it, "
                    "or set DIPLOGRAPH_DATA to another folder"
                ) from None
            self._path.write_text(json.dumps({"pid": os.getpid(), "since": since}), encoding="utf-8")

    def release(self) -> None:
        """Give the lock back."""
        with suppress(FileNotFoundError):
            self._path.unlink()
        self._lock.release()

    @property
    def _path(self) -> Path:
        return self._data / "writer.json"

    def _holder(self) -> str:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            return f"process {found['pid']} since {found['since']}"
        except (OSError, ValueError, KeyError):
            return "another process"
