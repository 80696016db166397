"""A whole graph into the embedded engine's files: by its batch writer, in a process of its own, while the engine is stopped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from graph.errors import StoreUnavailable
from graph.model.files import ROOT
from graph.property import address, leases
from graph.property.embedded import folder_of
from graph.property.engine import DATABASE
from graph.property.supervisor import LEASES, LIFE_LOCK, START_LOCK
from graph.release.lines import Layout
from graph.settings import Settings


def check(settings: Settings) -> None:
    """StoreUnavailable where somebody uses the engine."""
    folder = folder_of(settings)
    if leases.held(folder / LEASES):
        raise StoreUnavailable(f"the engine of {settings.data} is in use: stop the server and other commands, and try again")


def load(settings: Settings, draft: Path, layout: Layout) -> None:
    """Replace what the engine holds by the lines in `draft`; the engine starts anew when it is next used."""
    folder = folder_of(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _stopped(settings, folder):
        _write(draft, draft / DATABASE, settings.engine_heap_mb)
        place = folder / "databases" / DATABASE
        place.parent.mkdir(exist_ok=True)
        shutil.rmtree(place, ignore_errors=True)  # cut off here there is no graph, which the next `sync` makes
        (draft / DATABASE).replace(place)


@contextmanager
def _stopped(settings: Settings, folder: Path) -> Iterator[None]:
    """No engine runs and none starts meanwhile."""
    patience = settings.engine_start_seconds
    try:
        with FileLock(folder / START_LOCK, timeout=patience):
            check(settings)
            if (lingering := address.read(folder)) is not None:
                psutil.Process(lingering.pid).terminate()
            with FileLock(folder / LIFE_LOCK, timeout=patience):
                yield
    except Timeout:
        raise StoreUnavailable(f"the engine of {settings.data} did not stop in {patience:.0f} s; stop who uses it") from None


def _write(draft: Path, database: Path, heap_mb: int) -> None:
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    words = [sys.executable, "-m", "graph.bulk.embedded_writer", str(draft), str(database), str(heap_mb)]
    result = subprocess.run(  # noqa: S603 our own module
        words, capture_output=True, text=True, cwd=draft, env={**os.environ, "PYTHONPATH": path}, check=False
    )
    if result.returncode != 0:
        said = (result.stdout + result.stderr).strip()[-800:]
        raise StoreUnavailable(
            f"the embedded engine did not take the graph: {said}; where memory was short raise DIPLOGRAPH_ENGINE_HEAP_MB, "
            "or run `diplograph sync`"
        )
