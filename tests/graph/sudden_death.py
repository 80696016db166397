"""Runs work in forked children and kills them at chosen moments; see `SuddenDeath` in conftest.py.

One JSON request a line on standard input, one answer a line on standard output. This process itself opens no store:
RocksDB's threads do not survive a fork.
"""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path.cwd()))
FUNCTIONS: dict[tuple[str, str], Callable[..., object]] = {}


def function_of(file: str, name: str) -> Callable[..., object]:
    if (file, name) not in FUNCTIONS:
        spec = importlib.util.spec_from_file_location("work_to_be_killed", file)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        FUNCTIONS[file, name] = getattr(module, name)
    return FUNCTIONS[file, name]


def run(request: dict[str, Any]) -> dict[str, Any]:
    work = function_of(request["file"], request["function"])
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        die_at(work, request["arguments"], request["moment"], writer)
    os.close(writer)
    with os.fdopen(reader) as file:
        said = file.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return {"died": os.WTERMSIG(status) == signal.SIGKILL}
    return {"died": False, "calls": said} if status == 0 else {"failed": said}


def die_at(work: Callable[..., object], arguments: list[str], moment: int, pipe: int) -> None:
    calls = 0

    def seen(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        if event in ("call", "c_call"):
            if calls == moment:
                os.kill(os.getpid(), signal.SIGKILL)
            calls += 1

    try:
        sys.setprofile(seen)
        work(*arguments)
        sys.setprofile(None)
        os.write(pipe, str(calls).encode())
        os._exit(0)
    except BaseException:
        sys.setprofile(None)
        os.write(pipe, traceback.format_exc().encode())
        os._exit(3)


for line in sys.stdin:
    sys.stdout.write(json.dumps(run(json.loads(line))) + "\n")
    sys.stdout.flush()
