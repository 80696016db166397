"""The process that owns a folder's embedded engine: starts it, publishes its address, stops it when nobody holds a lease.

Run as `python -m graph.property.supervisor`. The engine's Java machine lives in this process, so both end together.
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import time
from pathlib import Path
from threading import Event

import psutil
from filelock import FileLock, Timeout

from graph.property import address, leases
from graph.property.engine import Engine

START_LOCK = "engine.lock"  # held by whoever starts or stops the engine
LIFE_LOCK = "supervisor.lock"  # held by the supervisor as long as it lives
LEASES = "leases"
_TICK = 0.25

log = logging.getLogger("graph.property.supervisor")


def main(arguments: list[str] | None = None) -> int:
    """Supervise the engine of `--folder` until told to stop or left alone; exit code 0, or 1 when it could not start."""
    options = _options(sys.argv[1:] if arguments is None else arguments)
    os.umask(0o077)
    os.chdir(options.folder)  # the engine writes its own logs below the working directory
    logging.basicConfig(level=logging.INFO, format="%(asctime)s supervisor %(levelname)s %(message)s")
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    try:
        with FileLock(LIFE_LOCK, timeout=options.wait):
            _supervise(options, stop)
    except Timeout:
        log.error("another supervisor holds %s", Path(LIFE_LOCK).resolve())
        return 1
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="graph.property.supervisor", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--heap-mb", type=int, required=True)
    parser.add_argument("--query-seconds", type=float, required=True)
    parser.add_argument("--linger", type=float, required=True)
    parser.add_argument("--wait", type=float, default=60.0, help="seconds to wait for a predecessor to stop")
    return parser.parse_args(arguments)


def _supervise(options: argparse.Namespace, stop: Event) -> None:
    folder = Path()
    address.withdraw(folder)
    engine = Engine(folder.resolve(), options.heap_mb, options.query_seconds)
    try:
        reach = engine.start()
        me = psutil.Process()
        address.write(folder, address.Address(**reach, pid=me.pid, started=me.create_time()))
        log.info("engine answers at %s", reach["uri"])
        _wait_until_unused(folder, engine, options.linger, stop)
    finally:
        address.withdraw(folder)
        engine.stop()
        log.info("engine stopped")


def _wait_until_unused(folder: Path, engine: Engine, linger: float, stop: Event) -> None:
    """Return when told to stop, when the engine has died, or when no lease was held for `linger` seconds."""
    used = time.monotonic()
    while not stop.wait(_TICK):
        if not (folder / address.FILE).exists() or not engine.healthy:
            log.error("the engine's files are gone or it has failed: stopping")
            return
        if leases.held(folder / LEASES):
            used = time.monotonic()
        elif time.monotonic() - used >= linger and _retire(folder):
            return


def _retire(folder: Path) -> bool:
    """Withdraw the address, unless somebody is just taking a lease: whoever comes next starts a new engine."""
    try:
        with FileLock(folder / START_LOCK, timeout=0):
            if leases.held(folder / LEASES):
                return False
            address.withdraw(folder)
            return True
    except Timeout:
        return False


if __name__ == "__main__":
    sys.exit(main())
