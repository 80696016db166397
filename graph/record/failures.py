"""What the operating system and the store refuse, said in words of ours."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import FolderInUse, StorageFull, StoreUnavailable

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_WORDS = ("no space left", "quota exceeded", "file too large")
_FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}
_FORBIDDEN_WORDS = ("read-only file system", "permission denied")
_LOCKED_WORDS = ("lock file", "lock hold", "resource temporarily unavailable")


@contextmanager
def explained(folder: Path, doing: str) -> Iterator[None]:
    """Turn an OSError met while `doing` something in a data folder into StorageFull, FolderInUse or StoreUnavailable."""
    try:
        yield
    except OSError as error:
        words = str(error).lower()
        if error.errno in _FULL or any(word in words for word in _FULL_WORDS):
            raise StorageFull(
                f"the disk of {folder} is full: {doing} failed and nothing of it is visible; "
                "free some space and run `diplograph sync`"
            ) from error
        if any(word in words for word in _LOCKED_WORDS):
            raise FolderInUse(
                f"{folder}/record is open in another process; stop it, or set DIPLOGRAPH_DATA to another folder"
            ) from error
        if error.errno in _FORBIDDEN or any(word in words for word in _FORBIDDEN_WORDS):
            raise StoreUnavailable(
                f"{doing} in {folder} failed: {error}; "
                "give yourself the right to read and write there, or set DIPLOGRAPH_DATA to another folder"
            ) from error
        raise StoreUnavailable(f"{doing} in {folder} failed: {error}; run `diplograph check`") from error
