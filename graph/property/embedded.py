"""The embedded engine for its users: find it in the data folder, or start it, and hold a lease as long as it is used."""

from __future__ import annotations

import errno
import importlib.util
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from graph.errors import StorageFull, StoreUnavailable
from graph.property import address, detached, leases
from graph.property.address import Address
from graph.property.supervisor import LEASES, START_LOCK
from graph.settings import Settings

LOG = "engine.log"
_LOG_BYTES = 1_000_000
_POLL = 0.05
_ELSEWHERE = "or set DIPLOGRAPH_NEO4J_URI to a Neo4j server (`diplograph neo4j start` gives one)"


def folder_of(settings: Settings) -> Path:
    """Where the engine of these settings keeps its files."""
    return settings.data / "property"


def address_of(settings: Settings) -> Address | None:
    """The engine that runs now; None when none does. Nothing is started."""
    return address.read(folder_of(settings))


@contextmanager
def engine(settings: Settings) -> Iterator[Address]:
    """A running engine, started where none is; it stays up as long as this context is open.

    Raises StoreUnavailable, with the log's last lines, when it does not start in `engine_start_seconds`.
    """
    folder = folder_of(settings)
    with _disk(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lease = leases.take(folder / LEASES)
    try:
        yield ensure(settings)
    finally:
        lease.release()


def ensure(settings: Settings) -> Address:
    """The address of the running engine, started where none is. The caller holds a lease, or the engine may go again."""
    folder = folder_of(settings)
    patience = 2 * settings.engine_start_seconds + 10  # another user's start, then our own
    try:
        with FileLock(folder / START_LOCK, timeout=patience, thread_local=False):
            return address.read(folder) or _start(folder, settings)
    except Timeout:
        raise StoreUnavailable(
            f"another process has been starting the engine for {patience:.0f} s; {_log_says(folder)}; {_ELSEWHERE}"
        ) from None


def _start(folder: Path, settings: Settings) -> Address:
    if importlib.util.find_spec("arcadedb_embedded") is None:
        raise StoreUnavailable(
            f"the embedded engine has no package for this system ({sys.platform}, Python {sys.version.split()[0]}): "
            "set DIPLOGRAPH_NEO4J_URI to a Neo4j server (`diplograph neo4j start` gives one)"
        )
    pid = _spawn(folder, settings)
    deadline = time.monotonic() + settings.engine_start_seconds
    while time.monotonic() < deadline:
        if found := address.read(folder):
            return found
        if not address.running(pid):
            raise _failed(folder, "the embedded engine did not start")
        time.sleep(_POLL)
    raise _failed(
        folder,
        f"the embedded engine gave no answer in {settings.engine_start_seconds:.0f} s (DIPLOGRAPH_ENGINE_START_SECONDS)",
    )


def _spawn(folder: Path, settings: Settings) -> int:
    options = {
        "--folder": folder.resolve(),
        "--heap-mb": settings.engine_heap_mb,
        "--query-seconds": settings.query_seconds,
        "--linger": settings.engine_linger,
        "--wait": settings.engine_start_seconds,
    }
    words = [str(word) for pair in options.items() for word in pair]
    log = folder / LOG
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    with _disk(folder):
        return detached.spawn([sys.executable, "-m", "graph.property.supervisor", *words], log)


def _failed(folder: Path, what: str) -> StoreUnavailable:
    says = _log_says(folder)
    if os.strerror(errno.ENOSPC) in says:
        return StorageFull(f"{what}: no space left in {folder}; free some and try again")
    return StoreUnavailable(f"{what}; {says}; mend that, {_ELSEWHERE}")


def _log_says(folder: Path, lines: int = 8) -> str:
    path = folder / LOG
    try:
        last = path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
    except FileNotFoundError:
        return f"it wrote no log at {path}"
    return f"the last lines of {path}:\n  " + "\n  ".join(last) + "\n"


@contextmanager
def _disk(folder: Path) -> Iterator[None]:
    """Turn a refused write in the data folder into an error with its remedy."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT) or os.strerror(errno.ENOSPC) in str(error):
            raise StorageFull(f"no space left in {folder}: free some and try again") from error
        raise StoreUnavailable(f"the folder {folder} cannot be written: {error}; set DIPLOGRAPH_DATA to another") from error
