"""A shared hold on a snapshot's folder, so that it is not removed while somebody reads it."""

from __future__ import annotations

import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: a folder with open files cannot be removed there anyway
    fcntl = None  # type: ignore[assignment]

_NAME = "hold"


class Hold:
    """An open file of the snapshot's folder, locked for sharing while readers have it, exclusively for its removal."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Give the folder up; a second call does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def share(folder: Path) -> Hold | None:
    """Hold a snapshot for reading; None where it is gone or just being removed."""
    return _hold(folder, exclusive=False)


def claim(folder: Path) -> Hold | None:
    """Hold a snapshot for removal; None while anybody reads it."""
    return _hold(folder, exclusive=True)


def _hold(folder: Path, *, exclusive: bool) -> Hold | None:
    path = folder / _NAME
    try:  # a reader's hold writes nothing, so that a graph on a read-only disk can be asked
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT if exclusive else os.O_RDONLY, 0o666)
    except FileNotFoundError:
        return None
    try:
        if fcntl is not None:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        # The folder may have been removed and made anew between opening and locking.
        same = os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        os.close(descriptor)
        return None
    if same:
        return Hold(descriptor)
    os.close(descriptor)
    return None


def prepare(folder: Path) -> None:
    """Make a new snapshot's folder ready to be held."""
    (folder / _NAME).touch()
