"""Start a program that outlives its starter: run as `python -m graph.property.detached LOG COMMAND…`, it prints the number.

The program becomes nobody's child, so nobody has to wait for it, and it holds none of the starter's files.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from graph.model.files import ROOT


def spawn(command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None) -> int:
    """Start the command with its output appended to `log` (0600); its process number. OSError when it cannot be started."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    words = [sys.executable, "-m", "graph.property.detached", str(log.resolve()), *command]
    result = subprocess.run(  # noqa: S603 our own module
        words, capture_output=True, text=True, env={**os.environ, **(environment or {}), "PYTHONPATH": path}, check=False
    )
    if result.returncode != 0:
        raise OSError(result.stderr.strip()[-500:])
    return int(result.stdout)


def _main(log: str, command: Sequence[str]) -> None:
    apart: dict[str, int | bool] = {"start_new_session": True}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP}
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    process = subprocess.Popen(  # type: ignore[call-overload]  # noqa: S603 the command of our caller
        list(command), stdin=subprocess.DEVNULL, stdout=descriptor, stderr=subprocess.STDOUT, **apart
    )
    sys.stdout.write(f"{process.pid}\n")
    sys.stdout.flush()
    os._exit(0)  # leaves the process behind without waiting for it


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2:])
